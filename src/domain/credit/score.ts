/** What a credit score is computed from: facts that the credit file shows, each with its source. */
export interface CreditFacts {
  /** Entries of the blacklist in force. */
  blacklist: number;
  /** Entries of the exposure board in force. */
  exposures: number;
  /** Commendations that are valid. */
  honours: number;
}

const START = 100;
const HIGHEST = 120;
const POINTS = { blacklist: -50, exposures: -10, honours: 2 } as const satisfies Record<keyof CreditFacts, number>;

/** The formula in words, as it is published beside every score. */
export const CREDIT_FORMULA =
  '以 100 分为基础：在列的黑名单每条减 50 分，在公示的曝光台条目每条减 10 分，有效的表彰每项加 2 分；最低 0 分，最高 120 分。期满、修复、撤销的条目不计。';

/** A score by the published formula, 0 to 120. */
export function scoreCredit(facts: CreditFacts): number {
  const keys = Object.keys(POINTS) as (keyof CreditFacts)[];
  const sum = keys.reduce((score, key) => score + POINTS[key] * facts[key], START);
  return Math.min(HIGHEST, Math.max(0, sum));
}
