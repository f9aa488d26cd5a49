import type { Exclusion } from '../exclusions.ts';
import type { LotOutcome } from '../lot-outcome.ts';
import { LOTS, type MeasureDefinition, type Observation, type Omission } from '../measure.ts';
import { awardedAt, awardPrice, priceOf } from './price.ts';

const EXCLUDED = ['noBaseline', 'noPrice', 'rateBid', 'severalAwards', 'framework', 'aboveBaseline'] as const;

/** Baseline and award in fen, or why a lot does not count; null for what no saving is computed of. */
function savingOf(lot: LotOutcome): { baseline: number; award: number } | Exclusion | null {
  if (lot.category !== 'construction' && lot.category !== 'procurement') return null;
  if (lot.method?.includes('框架')) return 'framework';
  const award = awardPrice(lot);
  if (typeof award !== 'number') return award;
  const baseline = priceOf(lot.category === 'construction' ? lot.money.ceiling : lot.money.budget, 'noBaseline');
  if (typeof baseline !== 'number') return baseline;
  return award > baseline ? 'aboveBaseline' : { baseline, award };
}

function observe(
  lot: LotOutcome,
  toObservation: (found: { baseline: number; award: number }) => Omit<Observation, 'at'>,
) {
  const at = awardedAt(lot);
  const found = at && savingOf(lot);
  if (!at || !found) return [];
  const row: Observation | Omission =
    typeof found === 'string' ? { at, because: found } : { at, ...toObservation(found) };
  return [row];
}

const common = {
  predicate: '工程建设或政府采购，最后一轮已有中标（成交）结果',
  countOf: LOTS,
  baseline: '工程建设为招标控制价（最高投标限价），政府采购为预算金额',
  exclusions: EXCLUDED,
  minimum: 1,
  source:
    '本站定义；高于控制价的投标应当否决（《招标投标法实施条例》第五十一条），高于预算的应予废标（《政府采购法》第三十六条），因此列为数据错误',
  parts: null,
} as const;

/** 节资: how far awards are below what they were limited to. */
export const SAVING = {
  savingAmount: {
    ...common,
    title: '节资额',
    unit: 'fen',
    shape: 'sum',
    words: '控制价（预算）减中标（成交）价，各标段之和。',
    numerator: 'Σ（控制价或预算 − 成交价）',
    denominator: '—',
    hasSpread: true,
    observe: (lot) => observe(lot, ({ baseline, award }) => ({ numerator: baseline - award, denominator: 1 })),
  },
  savingRate: {
    ...common,
    title: '节资率',
    unit: 'percent',
    shape: 'ratio',
    words:
      '控制价（预算）与中标（成交）价之差的合计，除以控制价（预算）的合计；不是各标段比率的平均数。四分位数为各标段自己的比率。',
    numerator: 'Σ（控制价或预算 − 成交价）',
    denominator: 'Σ 控制价或预算',
    hasSpread: true,
    observe: (lot) => observe(lot, ({ baseline, award }) => ({ numerator: baseline - award, denominator: baseline })),
  },
} as const satisfies Record<string, MeasureDefinition>;
