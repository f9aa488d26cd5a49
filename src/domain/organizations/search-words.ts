import { toInitials } from '../search/pinyin.ts';
import { toGrams, toPhrase } from '../search/text.ts';
import { nameKey } from './name-key.ts';

/** Stands between two names, so that no piece of one runs on into the next. */
const GAP = ' 0 ';

/** Words under which an organization is found by a piece of one of its names. */
export function nameGrams(names: readonly string[]): string {
  return names.map((name) => toGrams(nameKey(name))).join(GAP);
}

/** Pairs of neighbouring initials of the names: 济宁鼎新 → `jn nd dx`. */
export function initialGrams(names: readonly string[]): string {
  return names.map((name) => pairs(toInitials(name.replace(/[^\p{L}\p{N}]/gu, ''))).join(' ')).join(GAP);
}

function pairs(letters: string): string[] {
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) => letters.slice(at, at + 2));
}

/**
 * What to ask the full-text table for: a piece of a name, or of the initials when only letters were typed.
 * Undefined when the text holds nothing to look for.
 */
export function organizationMatch(text: string): string | undefined {
  const { words, prefix } = toPhrase(nameKey(text));
  if (words.length === 0) return undefined;
  const byName = `names : "${words.join(' ')}"${prefix ? ' *' : ''}`;
  const letters = nameKey(text);
  const initials = /^[a-z]{2,20}$/.test(letters) ? pairs(letters) : [];
  return initials.length > 0 ? `${byName} OR initials : "${initials.join(' ')}"` : byName;
}
