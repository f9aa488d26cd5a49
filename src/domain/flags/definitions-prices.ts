import type { FlagDefinition } from './definition.ts';

const AVERAGE = '以评标基准价、平均价或者综合评分定标时，报价本来就会向预期的均值集中';
const P = { kind: 'price', audience: 'public', quartiles: null } as const;

/** Indicators of prices: F10 to F17. */
export const PRICE_FLAGS = {
  F10: {
    ...P,
    title: '中标价接近最高限价',
    formula: '（最高限价 − 中标金额）÷ 最高限价 小于 1%',
    inputs: '最高限价（招标控制价）、中标金额',
    threshold: '1%（审计常用，待确认）',
    source: '经合组织指南；审计通行做法',
    innocent: '限价编制较紧；中标金额按限价乘固定系数；中标金额高于限价的按数据错误处理，不在其内',
  },
  F11: {
    ...P,
    title: '中标价明显低于次低报价',
    formula: '（次低有效报价 − 中标报价）÷ 中标报价，不低于全部可计算标段的上界',
    inputs: '全部有效报价、中标人（中标人不是最低报价、有几个中标人的除外）',
    threshold: '上四分位 + 1.5 倍四分位距，且高于上四分位；可计算标段至少 5 个',
    source: '开放合同伙伴关系 R058',
    ocp: 'R058',
    quartiles: 'R-8',
    innocent: '企业有库存、设备就近、成本较低；次低报价本身偏高',
  },
  F12: {
    ...P,
    title: '中标价与次低报价很接近',
    formula: '（次低有效报价 − 中标报价）÷ 中标报价，不高于全部可计算标段的下界',
    inputs: '全部有效报价、中标人（中标人不是最低报价、有几个中标人的除外）',
    threshold: '下四分位 − 1.5 倍四分位距，且低于下四分位；可计算标段至少 5 个',
    source: '开放合同伙伴关系 R024；Tóth 等',
    ocp: 'R024',
    quartiles: 'R-8',
    innocent: AVERAGE,
  },
  F13: {
    ...P,
    title: '报价相同',
    formula: '同一标段两家以上的报价分毫不差',
    inputs: '开标记录的报价；只公开候选人的，只能发现相同，不能排除',
    threshold: '2 家',
    source: '开放合同伙伴关系 R028',
    ocp: 'R028',
    innocent: '价格由招标人给定，或者按限价、政府指导价报价',
  },
  F14: {
    ...P,
    title: '报价呈规律性差异',
    formula:
      '有效报价从低到高，相邻差额或相邻比值的标准差 ÷ 均值小于 0.05（与最高限价之比等差即为差额相等）；或者末尾数字全部相同',
    inputs: '4 家以上的有效报价',
    threshold: '0.05；末位（千元以下，至分）全部相同',
    source: '《招标投标法实施条例》第四十条第四项（统计方法待确认）',
    innocent: AVERAGE,
  },
  F15: {
    ...P,
    title: '报价离散程度低',
    formula: '有效报价的标准差 ÷ 均值，低于同类别的百分之五分位；附偏度、峰度',
    inputs: '4 家以上的有效报价',
    threshold: '同类别百分之五分位，同类至少 20 个标段',
    source: 'Imhof、Karagök、Rutz（2018）',
    quartiles: 'type 7',
    innocent: AVERAGE,
  },
  F16: {
    ...P,
    title: '最低报价与其余报价拉开',
    formula: '（次低 − 最低）÷ 其余报价的标准差 大于 1',
    inputs: '4 家以上的有效报价',
    threshold: '大于 1',
    source: 'Imhof 等（相对距离）',
    innocent: '一家成本确实较低；其余报价受同一基准价影响而集中',
  },
  F17: {
    ...P,
    title: '报价集中在中位数附近',
    formula: '在中位数 ±0.5% 以内的报价占比，高于同类（同类别、同方式）的上界；评标基准价未公开，以中位数代替',
    inputs: '4 家以上的有效报价、采购（招标）方式',
    threshold: '±0.5%；上四分位 + 1.5 倍四分位距',
    source: '推导（待确认）',
    quartiles: 'type 7',
    innocent: AVERAGE,
  },
} as const satisfies Record<string, FlagDefinition>;
