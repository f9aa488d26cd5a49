const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long the next attempt has to wait after so many failures that count (milliseconds): 1 s, 2 s, 4 s … at most 30 s. Never for
 * ever: an account that somebody else tries to break into stays usable for its owner.
 */
export function delayAfter(failures: number): number {
  return failures <= 0 ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
}
