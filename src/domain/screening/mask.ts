import type { Find } from './screen-draft.ts';

/** The source of a part with one find masked: every character of it a `*`, tags between them left. */
export function maskFind(source: string, { start, end }: Pick<Find, 'start' | 'end'>): string {
  const masked = source
    .slice(start, end)
    .replaceAll(/<[^<>]*>|&[a-z]+;|[^\s<>]/gu, (piece) => (piece.startsWith('<') && piece.length > 1 ? piece : '*'));
  return source.slice(0, start) + masked + source.slice(end);
}
