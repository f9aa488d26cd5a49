import type { MoneyCell } from '../../deals/lot-money.ts';
import type { Fen } from '../../money/money.ts';
import type { Exclusion } from '../exclusions.ts';
import type { LotOutcome } from '../lot-outcome.ts';

/** The one certain price of an awarded lot in fen, or why there is none. A consortium's award counts once. */
export function awardPrice({ money }: LotOutcome): Fen | Exclusion {
  if (money.awards.length > 1) return 'severalAwards';
  return priceOf(money.awards[0] ?? null, 'noPrice');
}

/** The certain sum of a cell in fen, or why there is none. */
export function priceOf(cell: MoneyCell | null, missing: Exclusion): Fen | Exclusion {
  const price = cell?.price;
  if (price?.form) return 'rateBid';
  if (!price || price.doubt || price.fen === undefined || price.fen <= 0) return missing;
  return price.fen;
}

/** An awarded lot, with when it counts. */
export const awardedAt = ({ end, endedAt }: LotOutcome): string | null => (end === 'awarded' ? endedAt : null);
