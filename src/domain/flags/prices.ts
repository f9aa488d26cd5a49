import { clear, flagged, judged, type Outcome, type Process, pricedBids, rounded, unknown } from './process.ts';
import { fencesOf, quantile, spreadOf } from './quantiles.ts';
import { LEAST_CASES, type ProcessRule, type Reference } from './rule.ts';

/** F10: (ceiling − award) / ceiling below this. */
const CLOSE_TO_CEILING = 0.01;
/** F14–F17: bids at least. */
const LEAST_BIDS = 4;
/** F14: standard deviation of the steps over their mean below this. */
const REGULAR = 0.05;
/** F15: lots at least that a fifth percentile may be taken of. */
const LEAST_VARIANCES = 20;
/** F17: how near to the middle. */
const HUDDLE = 0.005;

/** F10: the award is close under the ceiling. */
export const closeToCeiling: ProcessRule = {
  judge({ ceilingFen, awardFen, isAwarded }) {
    if (!isAwarded) return unknown('award');
    if (awardFen === null) return unknown('awardPrice');
    if (ceilingFen === null || ceilingFen === 0) return unknown('ceiling');
    if (awardFen > ceilingFen) return unknown('priceAboveCeiling');
    const below = (ceilingFen - awardFen) / ceilingFen;
    const values = { 最高限价: yuan(ceilingFen), 中标金额: yuan(awardFen), 低于限价比例: rounded(below) };
    return judged(below < CLOSE_TO_CEILING, values);
  },
};

/** (second lowest − winning) / winning among valid bids, as Cardinal's R024 and R058 take it; a reason where it cannot be. */
function gapToRunnerUp(process: Process): { gap: number } | Outcome {
  if (!process.isAwarded) return unknown('award');
  const bids = pricedBids(process);
  if (!bids) return unknown('bids');
  const [lowest, second] = bids;
  if (!lowest || !second) return unknown('fewBids');
  const [winner, ...others] = process.winners;
  if (others.length > 0 || winner === undefined) return unknown('inapplicable');
  const own = bids.find(({ bidder }) => bidder === winner);
  if (!own || own.fen > lowest.fen) return unknown('winnerNotLowest');
  return own.fen === 0 ? unknown('awardPrice') : { gap: rounded((second.fen - own.fen) / own.fen) };
}

function sampleGap(process: Process) {
  const found = gapToRunnerUp(process);
  return 'gap' in found ? { group: 'all', value: found.gap } : null;
}

function judgeGap(process: Process, reference: Reference, side: 'lower' | 'upper'): Outcome {
  const found = gapToRunnerUp(process);
  if (!('gap' in found)) return found;
  const fences = fencesOf(reference('all'), 'R-8');
  if (!fences || fences.n < LEAST_CASES) return unknown('sample');
  const values = {
    差距: found.gap,
    [side === 'upper' ? '上界' : '下界']: rounded(fences[side]),
    可计算标段数: fences.n,
  };
  // Where most gaps are equal the fences are that gap itself, which is nothing unusual.
  const { gap } = found;
  const isBeyond = side === 'upper' ? gap >= fences.upper && gap > fences.q3 : gap <= fences.lower && gap < fences.q1;
  return judged(isBeyond, values);
}

/** F11 (R058): the winner is far below the next. */
export const heavyDiscount: ProcessRule = {
  sample: sampleGap,
  judge: (process, reference) => judgeGap(process, reference, 'upper'),
};

/** F12 (R024): the winner is unusually close to the next. */
export const closeToRunnerUp: ProcessRule = {
  sample: sampleGap,
  judge: (process, reference) => judgeGap(process, reference, 'lower'),
};

/** F13 (R028): two bidders ask the same sum. Of candidates alone only that it is so can be said, not that it is not. */
export const identicalPrices: ProcessRule = {
  judge({ bids, candidates }) {
    const told = (bids ?? candidates).flatMap(({ bidder, fen }) => (fen === null ? [] : [{ bidder, fen }]));
    const bidders = new Map<number, Set<string>>();
    for (const { bidder, fen } of told) bidders.set(fen, (bidders.get(fen) ?? new Set()).add(bidder));
    const same = [...bidders].filter(([, each]) => each.size > 1).sort(([a], [b]) => a - b);
    const [first] = same;
    if (first) return flagged({ 相同报价: yuan(first[0]), 投标人数: first[1].size, 有报价的投标人: told.length });
    if (!bids) return unknown('bids');
    return told.length < 2 ? unknown('fewBids') : clear({ 有报价的投标人: told.length });
  },
};

/** Prices of valid bids in ascending order where there are enough of them. */
function manyPrices(process: Process): number[] | Outcome {
  const bids = pricedBids(process);
  if (!bids) return unknown('bids');
  return bids.length < LEAST_BIDS ? unknown('fewBids') : bids.map(({ fen }) => fen);
}

/** F14: sorted bids go up by equal steps, by equal ratios, or end in the same digits. */
export const regularDifferences: ProcessRule = {
  judge(process) {
    const prices = manyPrices(process);
    if (!Array.isArray(prices)) return prices;
    const pairs = prices.slice(1).map((price, index) => [prices[index] ?? price, price] as const);
    const steps = evenness(pairs.map(([low, high]) => high - low));
    const ratios = evenness(pairs.map(([low, high]) => (low > 0 ? Math.log(high / low) : 0)));
    const endings = new Set(prices.map((price) => price % 100_000));
    const sameEnding = endings.size === 1 && !endings.has(0);
    const values = { 报价数: prices.length, 等差离散: steps ?? '不适用', 等比离散: ratios ?? '不适用' };
    const isRegular = [steps, ratios].some((value) => value !== null && value < REGULAR);
    return judged(isRegular || sameEnding, { ...values, 尾数: sameEnding ? '相同' : '不同' });
  },
};

/** Standard deviation over mean; null where all steps are zero: equal prices are F13. */
function evenness(steps: readonly number[]): number | null {
  const spread = spreadOf(steps);
  return spread && spread.mean > 0 ? rounded(spread.deviation / spread.mean) : null;
}

function variation(process: Process): { value: number; prices: number[] } | Outcome {
  const prices = manyPrices(process);
  if (!Array.isArray(prices)) return prices;
  const spread = spreadOf(prices);
  return spread && spread.mean > 0 ? { value: rounded(spread.deviation / spread.mean), prices } : unknown('fewBids');
}

/** F15: the bids vary less than nineteen of twenty of the category. */
export const lowVariance: ProcessRule = {
  sample(process) {
    const found = variation(process);
    return 'value' in found ? { group: process.category, value: found.value } : null;
  },
  judge(process, reference) {
    const found = variation(process);
    if (!('value' in found)) return found;
    const peers = reference(process.category);
    if (peers.length < LEAST_VARIANCES) return unknown('sample');
    const limit = quantile(peers, 0.05, 'type 7');
    const values = { 变异系数: found.value, 同类百分之五分位: rounded(limit), 同类标段数: peers.length };
    return judged(found.value < limit, { ...values, ...shapeOf(found.prices) });
  },
};

/** Skewness and kurtosis (of the population), which stand beside the variance. */
function shapeOf(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const variance = moment(2);
  if (variance === 0) return { 偏度: '不适用', 峰度: '不适用' };
  return { 偏度: rounded(moment(3) / variance ** 1.5), 峰度: rounded(moment(4) / variance ** 2) };
}

/** F16: the winner stands apart from losing bids that lie close together. */
export const relativeDistance: ProcessRule = {
  judge(process) {
    const prices = manyPrices(process);
    if (!Array.isArray(prices)) return prices;
    const [first = 0, second = 0] = prices;
    const deviation = spreadOf(prices.slice(1))?.deviation ?? 0;
    const values = {
      报价数: prices.length,
      最低与次低之差: yuan(second - first),
      其余报价标准差: yuan(Math.round(deviation)),
    };
    if (deviation === 0) return judged(second > first, { ...values, 相对距离: '其余报价相同' });
    const distance = rounded((second - first) / deviation);
    return judged(distance > 1, { ...values, 相对距离: distance });
  },
};

function huddle(process: Process): { value: number; bids: number; near: number } | Outcome {
  const prices = manyPrices(process);
  if (!Array.isArray(prices)) return prices;
  const middle = quantile(prices, 0.5, 'type 7');
  const near = prices.filter((price) => Math.abs(price - middle) <= middle * HUDDLE).length;
  return { value: rounded(near / prices.length), bids: prices.length, near };
}

const alike = ({ category, method }: Process): string => `${category} ${method ?? ''}`;

/** F17: more bids than elsewhere lie within half a percent of their median. */
export const huddledBids: ProcessRule = {
  sample(process) {
    const found = huddle(process);
    return 'value' in found ? { group: alike(process), value: found.value } : null;
  },
  judge(process, reference) {
    const found = huddle(process);
    if (!('value' in found)) return found;
    const fences = fencesOf(reference(alike(process)), 'type 7');
    if (!fences || fences.n < LEAST_CASES) return unknown('sample');
    const values = {
      中位数附近报价: `${found.near} / ${found.bids}`,
      同类上界: rounded(fences.upper),
      同类标段数: fences.n,
    };
    return judged(found.value > fences.upper, values);
  },
};

/** Fen as yuan with two digits, for people. */
const yuan = (fen: number): string => `${(fen / 100).toFixed(2)} 元`;
