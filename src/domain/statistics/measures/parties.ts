import { isPurchase } from '../../categories.ts';
import { looksLikePerson } from '../../organizations/person-name.ts';
import type { LotOutcome } from '../lot-outcome.ts';
import { LOTS, type MeasureDefinition, type Observation, type Omission, OWN_DEFINITION } from '../measure.ts';
import { awardedAt, awardPrice } from './price.ts';

/** Awards under a name; a price that is not certain does not count. */
function under(lot: LotOutcome, name: string | undefined | null, by: 'count' | 'amount'): (Observation | Omission)[] {
  const at = awardedAt(lot);
  if (!at) return [];
  if (!name) return [{ at, because: 'noName' }];
  if (looksLikePerson(name)) return [{ at, because: 'person' }];
  if (by === 'count') return [{ at, part: name, numerator: 1, denominator: 1 }];
  const price = awardPrice(lot);
  return [typeof price === 'number' ? { at, part: name, numerator: price, denominator: 1 } : { at, because: price }];
}

/** The lead member stands for a consortium: what the others get is not published. */
const leadOf = ({ winners }: LotOutcome) => winners[0];

const common = {
  shape: 'sum',
  predicate: '最后一轮已有中标（成交）结果',
  denominator: '—',
  countOf: LOTS,
  baseline: null,
  minimum: 1,
  source: `${OWN_DEFINITION}；按公告中的名称统计，自然人不逐人统计`,
  hasSpread: false,
} as const;
const byCount = { ...common, unit: 'count', numerator: '标段数', exclusions: ['noName', 'person'] } as const;
const byAmount = {
  ...common,
  unit: 'fen',
  numerator: 'Σ 成交价',
  exclusions: ['noName', 'person', 'noPrice', 'rateBid', 'severalAwards'],
} as const;
const SUPPLIER = { label: '成交单位', labels: {} } as const;

/** Who wins, who buys, who acts for them. */
export const PARTIES = {
  supplierAwards: {
    ...byCount,
    title: '成交单位（数量）',
    words: '各成交单位的成交标段数；联合体计入牵头人。',
    parts: SUPPLIER,
    observe: (lot) => under(lot, leadOf(lot), 'count'),
  },
  supplierAmount: {
    ...byAmount,
    title: '成交单位（金额）',
    words: '各成交单位的成交金额；联合体计入牵头人。',
    parts: SUPPLIER,
    observe: (lot) => under(lot, leadOf(lot), 'amount'),
  },
  buyerAmount: {
    ...byAmount,
    title: '采购（招标、出让）人',
    words: '各采购（招标、出让）人的成交金额。',
    parts: { label: '采购（招标、出让）人', labels: {} },
    observe: (lot) => under(lot, lot.buyer, 'amount'),
  },
  agencyAwards: {
    ...byCount,
    title: '代理机构',
    words: '各代理机构代理的成交标段数。',
    parts: { label: '代理机构', labels: {} },
    observe: (lot) => (isPurchase(lot.category) ? under(lot, lot.agency, 'count') : []),
  },
} as const satisfies Record<string, MeasureDefinition>;
