import { BUILDING_LABELS, buildingType } from '../floor-area.ts';
import type { LotOutcome } from '../lot-outcome.ts';
import type { MeasureDefinition, Observation, Omission } from '../measure.ts';
import { OWN_DEFINITION } from '../measure.ts';
import { awardedAt, awardPrice, priceOf } from './price.ts';

/** Only lots with both prices count in either series, so that the pair can be compared. */
function unitCost(lot: LotOutcome, which: 'award' | 'ceiling'): (Observation | Omission)[] {
  const at = awardedAt(lot);
  const part = lot.category === 'construction' && buildingType(lot.title);
  if (!at || !part) return [];
  const [award, ceiling] = [awardPrice(lot), priceOf(lot.money.ceiling, 'noBaseline')];
  if (typeof award !== 'number') return [{ at, part, because: award }];
  if (typeof ceiling !== 'number') return [{ at, part, because: ceiling }];
  if (!lot.floorArea) return [{ at, part, because: 'noArea' }];
  const price = which === 'award' ? award : ceiling;
  return [{ at, part, numerator: price * 100, denominator: Math.round(lot.floorArea * 100) }];
}

const cost = {
  unit: 'fenPerSquareMetre',
  shape: 'ratio',
  predicate:
    '工程建设，标题为房屋建筑新建，不含市政、道路、装修改造、设计监理、设备和总承包；中标价、控制价、建筑面积都已公开',
  countOf: '标段',
  exclusions: ['noPrice', 'noBaseline', 'rateBid', 'severalAwards', 'noArea'],
  minimum: 3,
  source: `${OWN_DEFINITION}；公告未说明是否含暂列金额、暂估价和税金的，按公告的价格计`,
  parts: { label: '建筑类型', labels: BUILDING_LABELS },
  hasSpread: true,
} as const;

const MATERIAL = {
  shape: 'ratio',
  countOf: '标段',
  baseline: null,
  exclusions: ['noPricedBill'],
  minimum: 3,
  source:
    '本站定义：材料费单价，不是综合单价，不含暂估价和甲供材料；以中标人的已标价工程量清单为准，清单未公开的不估算',
  parts: null,
  hasSpread: false,
  predicate: '工程建设，最后一轮已有中标结果',
  unit: 'mean',
  denominator: 'Σ 数量',
  numerator: 'Σ（单价 × 数量）',
  // No portal of the city publishes priced bills; a measure says so rather than guess.
  observe: (lot: LotOutcome): Omission[] => {
    const at = lot.category === 'construction' ? awardedAt(lot) : null;
    return at ? [{ at, because: 'noPricedBill' }] : [];
  },
} as const;
const words = (material: string, unit: string) =>
  `${material}在中标已标价工程量清单中的单价按数量加权的平均数，${unit}。`;

/** Unit costs of buildings, and prices of materials. */
export const BUILDING = {
  awardUnitCost: {
    ...cost,
    title: '中标价平方米造价',
    words: '房屋建筑工程中标价的合计除以建筑面积的合计。',
    numerator: 'Σ 中标价',
    denominator: 'Σ 建筑面积（㎡）',
    baseline: null,
    observe: (lot) => unitCost(lot, 'award'),
  },
  ceilingUnitCost: {
    ...cost,
    title: '招标控制价平方米造价',
    words: '房屋建筑工程招标控制价的合计除以建筑面积的合计，与中标价平方米造价是同一批标段。',
    numerator: 'Σ 招标控制价',
    denominator: 'Σ 建筑面积（㎡）',
    baseline: null,
    observe: (lot) => unitCost(lot, 'ceiling'),
  },
  steelPrice: { ...MATERIAL, title: '钢材中标均价', words: words('钢材（如 HRB400E）', '元/吨') },
  cementPrice: { ...MATERIAL, title: '水泥中标均价', words: words('水泥（如 P·O 42.5）', '元/吨') },
  concretePrice: { ...MATERIAL, title: '商品混凝土中标均价', words: words('商品混凝土（如 C30）', '元/立方米') },
} as const satisfies Record<string, MeasureDefinition>;
