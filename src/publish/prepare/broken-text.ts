import type { Reason } from '../items/reasons.ts';

const LONGEST_NAME = 60;

/** A name that somebody else chose, as far as it helps to find it. */
export const shorten = (name: string): string =>
  (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name).toWellFormed();

/**
 * A reason for every text in a value, names of fields included, that no encoding can write: with half of a character beyond the
 * first 65,536 (a lone surrogate), as when text is cut in the middle of one.
 */
export function findBrokenTexts(value: unknown, path: readonly string[] = []): Reason[] {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return [];
    const field = shorten(path.join('.'));
    const message = `${field || '内容'}中有不成对的代理字符（lone surrogate），多半是文字在表情或生僻字中间被截断`;
    return [{ code: 'text-broken', message, field }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name.isWellFormed() ? [] : findBrokenTexts(name, [...path, name])),
    ...findBrokenTexts(inner, [...path, name]),
  ]);
}
