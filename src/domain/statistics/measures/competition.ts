import { isPurchase } from '../../categories.ts';
import type { LotOutcome } from '../lot-outcome.ts';
import { LOTS, type MeasureDefinition, type Observation, type Omission, OWN_DEFINITION } from '../measure.ts';
import { awardedAt, awardPrice } from './price.ts';

type Found = (Observation | Omission)[];

/** What the number of bidders of a lot counts as, when it ended. */
function byBidders(lot: LotOutcome, count: (bidders: number) => number, isAboutAwards: boolean): Found {
  const at = isAboutAwards ? awardedAt(lot) : lot.end && lot.endedAt;
  if (!at || !isPurchase(lot.category)) return [];
  return [lot.bidders === null ? { at, because: 'noOpening' } : { at, numerator: count(lot.bidders), denominator: 1 }];
}

/** Awards under a condition, by number or by amount. */
function shareOf(
  lot: LotOutcome,
  holds: boolean | null,
  missing: 'noMethod' | 'noCode' | 'noDeclaration',
  by: 'count' | 'amount',
): Found {
  const at = awardedAt(lot);
  if (!at || !isPurchase(lot.category)) return [];
  if (holds === null) return [{ at, because: missing }];
  const weight = by === 'count' ? 1 : awardPrice(lot);
  return [
    typeof weight === 'number' ? { at, numerator: holds ? weight : 0, denominator: weight } : { at, because: weight },
  ];
}

const isOpen = ({ method }: LotOutcome) => (method === null ? null : method.includes('公开招标'));
/** Characters 3 to 8 of a code are the division of the office that registered it: 3708 is Jining. */
const isLocal = ({ winnerCode }: LotOutcome) => (winnerCode === null ? null : winnerCode.startsWith('3708', 2));

const bidders = {
  countOf: LOTS,
  baseline: null,
  exclusions: ['noOpening'],
  minimum: 1,
  parts: null,
  hasSpread: false,
  shape: 'ratio',
} as const;
const share = {
  unit: 'percent',
  shape: 'ratio',
  countOf: LOTS,
  baseline: null,
  minimum: 1,
  parts: null,
  hasSpread: false,
} as const;
const awarded = '工程建设、政府采购、医疗器械、综合交易，最后一轮已有中标（成交）结果';

/** How many competed, how, and who won. */
export const COMPETITION = {
  averageBidders: {
    ...bidders,
    title: '平均投标人数',
    unit: 'mean',
    hasSpread: true,
    words: '开标记录中的投标人数的合计，除以有开标记录的标段数。中位数和四分位数为各标段的人数。',
    predicate: '已开标并有结果（成交、流标）的标段',
    numerator: 'Σ 投标人数',
    denominator: '标段数',
    source: OWN_DEFINITION,
    observe: (lot) => byBidders(lot, (count) => count, false),
  },
  exactlyThreeShare: {
    ...bidders,
    title: '恰好三家投标的占比',
    unit: 'percent',
    words: '恰好有三个投标人的标段，除以有开标记录的标段。三家是法定最低数。',
    predicate: '已开标并有结果（成交、流标）的标段',
    numerator: '恰好三家的标段数',
    denominator: '有开标记录的标段数',
    source: '《招标投标法》第二十八条（少于三个的应当重新招标）',
    observe: (lot) => byBidders(lot, (count) => (count === 3 ? 1 : 0), false),
  },
  singleBidderShare: {
    ...bidders,
    title: '只有一家投标而成交的占比',
    unit: 'percent',
    words: '开标记录中只有一个投标人而成交的标段，除以有开标记录的成交标段。',
    predicate: awarded,
    numerator: '只有一个投标人的成交标段数',
    denominator: '有开标记录的成交标段数',
    source: OWN_DEFINITION,
    observe: (lot) => byBidders(lot, (count) => (count === 1 ? 1 : 0), true),
  },
  openTenderRate: {
    ...share,
    title: '公开招标率',
    words: '以公开招标方式成交的标段数，除以已公开方式的成交标段数。',
    predicate: awarded,
    numerator: '公开招标的成交标段数',
    denominator: '已公开方式的成交标段数',
    exclusions: ['noMethod'],
    source: '《政府采购法》第二十六条（公开招标为主要采购方式）；公式为本站定义',
    observe: (lot) => shareOf(lot, isOpen(lot), 'noMethod', 'count'),
  },
  openTenderAmountRate: {
    ...share,
    title: '公开招标率（金额）',
    words: '以公开招标方式成交的金额，除以已公开方式的成交金额。',
    predicate: awarded,
    numerator: 'Σ 公开招标的成交价',
    denominator: 'Σ 已公开方式的成交价',
    exclusions: ['noMethod', 'noPrice', 'rateBid', 'severalAwards'],
    source: '《政府采购法》第二十六条（公开招标为主要采购方式）；公式为本站定义',
    observe: (lot) => shareOf(lot, isOpen(lot), 'noMethod', 'amount'),
  },
  smeShare: {
    ...share,
    title: '中小企业占比',
    words: '授予中小企业的标段数，除以公开了中小企业声明函的成交标段数。声明函未公开的不推测。',
    predicate: awarded,
    numerator: '授予中小企业的标段数',
    denominator: '公开了声明函的成交标段数',
    exclusions: ['noDeclaration'],
    source: '《政府采购促进中小企业发展管理办法》（财库〔2020〕46号）；公式为本站定义',
    // No notice in the formats that are read carries the declaration.
    observe: (lot) => shareOf(lot, null, 'noDeclaration', 'count'),
  },
  localWinnerShare: {
    ...share,
    title: '本地中标率（近似）',
    words:
      '中标人的登记机关在本市（统一社会信用代码第 3 至 6 位为 3708）的标段数，除以公开了代码的成交标段数。登记机关不等于经营地，只是近似。',
    predicate: awarded,
    numerator: '登记在本市的中标标段数',
    denominator: '公开了代码的成交标段数',
    exclusions: ['noCode'],
    source: 'GB 32100-2015；公式为本站定义',
    observe: (lot) => shareOf(lot, isLocal(lot), 'noCode', 'count'),
  },
} as const satisfies Record<string, MeasureDefinition>;
