import { isGrant } from '../../categories.ts';
import type { LotOutcome } from '../lot-outcome.ts';
import { LOTS, type MeasureDefinition, type Observation, type Omission, OWN_DEFINITION } from '../measure.ts';
import { awardedAt, awardPrice, priceOf } from './price.ts';

type Found = (Observation | Omission)[];

/** How far a price is above a baseline. */
function above(lot: LotOutcome, baseline: ReturnType<typeof priceOf>): Found {
  const at = awardedAt(lot);
  if (!at) return [];
  if (lot.method?.includes('协议')) return [{ at, because: 'agreement' }];
  const price = awardPrice(lot);
  if (typeof price !== 'number') return [{ at, because: price }];
  if (typeof baseline !== 'number') return [{ at, because: baseline }];
  return [{ at, numerator: price - baseline, denominator: baseline }];
}

/** A price by area. */
function perArea(lot: LotOutcome, area: number | null, missing: 'noArea' | 'noPlotRatio'): Found {
  const at = awardedAt(lot);
  if (lot.category !== 'land' || !at) return [];
  const price = awardPrice(lot);
  if (typeof price !== 'number') return [{ at, because: price }];
  if (!lot.landArea) return [{ at, because: 'noArea' }];
  // Areas in hundredths of a square metre, so that sums are exact.
  return [area ? { at, numerator: price * 100, denominator: Math.round(area * 100) } : { at, because: missing }];
}

/** The one upper limit of the plot ratio 容积率 that is told; null for a lower limit alone, several, and for industry. */
export function plotRatioCap({ plotRatio, landUse }: Pick<LotOutcome, 'plotRatio' | 'landUse'>): number | null {
  if (!plotRatio || landUse?.includes('工业')) return null;
  const caps = new Set(
    [...plotRatio.matchAll(/(?:[≤<]|不大于|不高于|不超过)\s*=?\s*(\d+(?:\.\d+)?)/g)].map(([, cap]) => Number(cap)),
  );
  const [only, ...others] = caps;
  return only && others.length === 0 ? only : null;
}

const grants = { countOf: '宗地（矿业权）', minimum: 1, parts: null, hasSpread: true } as const;
const unitPrice = { countOf: '宗地', minimum: 3, parts: null, hasSpread: true } as const;

/** Land, mining rights and state property. */
export const DISPOSALS = {
  premiumRate: {
    ...grants,
    title: '溢价率',
    unit: 'percent',
    shape: 'ratio',
    words: '土地使用权、矿业权的成交价超出起始价的部分的合计，除以起始价的合计。',
    predicate: '土地使用权或矿业权，已成交，不是协议出让',
    numerator: 'Σ（成交价 − 起始价）',
    denominator: 'Σ 起始价',
    baseline: '起始价（起拍价）',
    exclusions: ['noPrice', 'noBaseline', 'rateBid', 'severalAwards', 'agreement'],
    source: `${OWN_DEFINITION}；限价加竞配建的，溢价受限价约束`,
    observe: (lot) => (isGrant(lot.category) ? above(lot, priceOf(lot.money.ceiling, 'noBaseline')) : []),
  },
  unsoldRate: {
    ...grants,
    title: '流拍率',
    unit: 'percent',
    shape: 'ratio',
    hasSpread: false,
    words: '流拍（流标）的宗地数，除以程序已经结束的宗地数。出让方中途终止的单列，不计入。',
    predicate: '土地使用权或矿业权，最后一轮已成交或流拍',
    numerator: '流拍宗数',
    denominator: '成交宗数 + 流拍宗数',
    baseline: null,
    exclusions: ['withdrawn'],
    source: OWN_DEFINITION,
    observe: (lot) => {
      const { category, end, endedAt: at } = lot;
      if (!isGrant(category) || !end || !at) return [];
      return [
        end === 'terminated'
          ? { at, because: 'withdrawn' }
          : { at, numerator: end === 'failed' ? 1 : 0, denominator: 1 },
      ];
    },
  },
  landUnitPrice: {
    ...unitPrice,
    title: '土地成交单价',
    unit: 'fenPerSquareMetre',
    shape: 'ratio',
    words: '成交价的合计除以土地面积的合计。',
    predicate: '土地使用权，已成交',
    numerator: 'Σ 成交价',
    denominator: 'Σ 土地面积（㎡）',
    baseline: null,
    exclusions: ['noPrice', 'rateBid', 'severalAwards', 'noArea'],
    source: OWN_DEFINITION,
    observe: (lot) => perArea(lot, lot.landArea, 'noArea'),
  },
  floorPrice: {
    ...unitPrice,
    title: '楼面价',
    unit: 'fenPerSquareMetre',
    shape: 'ratio',
    words: '成交价的合计除以规划建筑面积（土地面积 × 容积率上限）的合计。工业用地只有容积率下限，不计算。',
    predicate: '土地使用权，已成交，有唯一的容积率上限',
    numerator: 'Σ 成交价',
    denominator: 'Σ（土地面积 × 容积率上限）（㎡）',
    baseline: null,
    exclusions: ['noPrice', 'rateBid', 'severalAwards', 'noArea', 'noPlotRatio'],
    source: OWN_DEFINITION,
    observe: (lot) => perArea(lot, (lot.landArea ?? 0) * (plotRatioCap(lot) ?? 0), 'noPlotRatio'),
  },
  appreciationRate: {
    ...{ title: '增值率', unit: 'percent', shape: 'ratio', countOf: LOTS, minimum: 1, parts: null, hasSpread: true },
    words:
      '产权交易的成交价超出评估值的部分的合计，除以评估值的合计。只有转让底价、没有评估值的不计入，见“溢价率（底价）”。',
    predicate: '产权交易，已成交',
    numerator: 'Σ（成交价 − 评估值）',
    denominator: 'Σ 评估值',
    baseline: '评估值',
    exclusions: ['noPrice', 'noBaseline', 'rateBid', 'severalAwards', 'agreement'],
    source: '国资委、财政部令第32号；公式为本站定义',
    observe: (lot) => {
      if (lot.category !== 'property') return [];
      return above(lot, priceOf({ noticeId: '', price: lot.appraised, suppliers: [], rank: null }, 'noBaseline'));
    },
  },
  reservePremiumRate: {
    ...{
      title: '溢价率（底价）',
      unit: 'percent',
      shape: 'ratio',
      countOf: LOTS,
      minimum: 1,
      parts: null,
      hasSpread: true,
    },
    words: '产权交易的成交价超出转让底价（挂牌价）的部分的合计，除以转让底价的合计。与增值率不是同一个序列。',
    predicate: '产权交易，已成交',
    numerator: 'Σ（成交价 − 转让底价）',
    denominator: 'Σ 转让底价',
    baseline: '转让底价（挂牌价）',
    exclusions: ['noPrice', 'noBaseline', 'rateBid', 'severalAwards', 'agreement'],
    source: OWN_DEFINITION,
    observe: (lot) => (lot.category === 'property' ? above(lot, priceOf(lot.money.ceiling, 'noBaseline')) : []),
  },
} as const satisfies Record<string, MeasureDefinition>;
