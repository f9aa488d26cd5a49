import type { Find } from './screen-draft.ts';

/** The source of a part with one find masked: every character of it a `*`, tags between them left. */
export function maskFind(source: string, { start, end }: Pick<Find, 'start' | 'end'>): string {
  const masked = source
    .slice(start, end)
    .replaceAll(/<[^<>]*>|&[a-z]+;|[^\s<>]/gu, (piece) => (piece.startsWith('<') && piece.length > 1 ? piece : '*'));
  return source.slice(0, start) + masked + source.slice(end);
}

type Range = Pick<Find, 'start' | 'end'>;

/** The source of a body with its finds marked where they stand (`<mark>`), tags between them left. It has to be sanitized like any body. */
export function markFinds(source: string, finds: readonly Range[]): string {
  return joined(finds).reduceRight((marked, { start, end }) => {
    const words = marked.slice(start, end).replaceAll(/[^<>]+(?=<|$)/gu, (piece) => `<mark>${piece}</mark>`);
    return marked.slice(0, start) + words + marked.slice(end);
  }, source);
}

/** Ranges from the first on; those that overlap as one. */
function joined(finds: readonly Range[]): Range[] {
  const ranges: Range[] = [];
  for (const { start, end } of [...finds].sort((one, other) => one.start - other.start)) {
    const last = ranges.at(-1);
    if (last && start < last.end) ranges[ranges.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    else ranges.push({ start, end });
  }
  return ranges;
}
