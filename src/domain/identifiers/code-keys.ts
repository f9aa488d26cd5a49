/** Shortest suffix of a code that is kept: shorter ones say too little. */
const MINIMUM_LENGTH = 4;
/** Longest compact code; anything longer is prose in the wrong field. */
export const LONGEST_CODE = 64;

/** A code as it is compared when a person types part of it: half-width upper-case letters, digits and Han characters only. */
export function compactCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The rows of `code_keys` for the codes of one notice: each compact code and all its suffixes of four or more
 * characters, so that "contains" is a look-up of keys that begin with what was typed.
 */
export function codeKeys(codes: readonly (string | null | undefined)[]): { key: string; whole: boolean }[] {
  const keys = new Map<string, boolean>();
  for (const text of codes) {
    const code = [...compactCode(text ?? '')].slice(0, LONGEST_CODE);
    for (let start = 0; start === 0 || code.length - start >= MINIMUM_LENGTH; start++) {
      const key = code.slice(start).join('');
      if (key) keys.set(key, keys.get(key) === true || start === 0);
      if (code.length === 0) break;
    }
  }
  return [...keys].map(([key, whole]) => ({ key, whole }));
}
