import { STAGES } from '../../stages.ts';
import { LOTS, type MeasureDefinition, OWN_DEFINITION } from '../measure.ts';
import { awardedAt, awardPrice } from './price.ts';

const stageLabels = Object.fromEntries(Object.entries(STAGES).map(([stage, { label }]) => [stage, label]));

/** Publication volume, and what was traded. */
export const VOLUME = {
  noticeCount: {
    title: '公告数量',
    unit: 'count',
    shape: 'sum',
    words: '已公开的公告，每条计一次；同一公告在市、县两级重复发布的计一次。按发布日期统计。',
    predicate: '公告现行公开（未撤回、不是重复）',
    numerator: '公告条数',
    denominator: '—',
    countOf: '条公告',
    baseline: null,
    exclusions: [],
    minimum: 1,
    source: '发改办法规〔2018〕1156号（类别和环节）',
    parts: { label: '环节', labels: stageLabels },
    hasSpread: false,
    observe: null,
  },
  lotCount: {
    title: '成交数量',
    unit: 'count',
    shape: 'sum',
    words: '有中标（成交）结果的标段（包、宗地、标的），每个计一次；重新招标的只计最后一次。按结果公告日期统计。',
    predicate: '最后一轮已有中标（成交）结果',
    numerator: '标段数',
    denominator: '—',
    countOf: LOTS,
    baseline: null,
    exclusions: [],
    minimum: 1,
    source: OWN_DEFINITION,
    parts: null,
    hasSpread: false,
    observe: (lot) => {
      const at = awardedAt(lot);
      return at ? [{ at, numerator: 1, denominator: 1 }] : [];
    },
  },
  awardAmount: {
    title: '成交金额',
    unit: 'fen',
    shape: 'sum',
    words: '各标段中标（成交）价之和。联合体计一次；费率、单价等不是总价的报价不计入。按结果公告日期统计。',
    predicate: '最后一轮已有中标（成交）结果',
    numerator: 'Σ 成交价',
    denominator: '—',
    countOf: LOTS,
    baseline: null,
    exclusions: ['noPrice', 'rateBid', 'severalAwards'],
    minimum: 1,
    source: OWN_DEFINITION,
    parts: null,
    hasSpread: true,
    observe: (lot) => {
      const at = awardedAt(lot);
      if (!at) return [];
      const price = awardPrice(lot);
      return [typeof price === 'number' ? { at, numerator: price, denominator: 1 } : { at, because: price }];
    },
  },
} as const satisfies Record<string, MeasureDefinition>;
