/**
 * Fee for processing 信息处理费 (国办函〔2020〕109号), in fen: by items or by pages, never both, each step of the scale on what lies in it.
 * Most requests are free.
 */
export const FEE_BASES = { items: '按件计收', pages: '按量计收' } as const;

export type FeeBasis = keyof typeof FEE_BASES;
export const FEE_BASIS_KEYS = Object.keys(FEE_BASES) as [FeeBasis, ...FeeBasis[]];

const YUAN = 100;
const FREE_ITEMS = 10;
const SECOND_ITEMS = 30;
const STEP_ITEMS = 10;
const ITEM_FEN = 100 * YUAN;
/** Pages up to which a rate holds, and the rate in fen for a page. */
const PAGE_SCALE = [
  [30, 0],
  [100, 10 * YUAN],
  [200, 20 * YUAN],
  [Number.POSITIVE_INFINITY, 40 * YUAN],
] as const;

/** What the n-th request of somebody in a calendar month costs: from the 31st on every ten more cost 100 yuan more each. */
export function feeOfItem(number: number): number {
  if (number <= FREE_ITEMS) return 0;
  if (number <= SECOND_ITEMS) return ITEM_FEN;
  return ITEM_FEN * (1 + Math.ceil((number - SECOND_ITEMS) / STEP_ITEMS));
}

/** What so many pages cost. */
export function feeOfPages(pages: number): number {
  let from = 0;
  let sum = 0;
  for (const [until, rate] of PAGE_SCALE) {
    sum += Math.max(0, Math.min(pages, until) - from) * rate;
    from = until;
  }
  return sum;
}

/** The fee of a basis: `count` is which request of the month it is, or how many pages are provided. */
export const feeOf = (basis: FeeBasis, count: number): number =>
  basis === 'items' ? feeOfItem(count) : feeOfPages(count);
