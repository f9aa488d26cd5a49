import { z } from 'zod';
import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import { COUNTIES, COUNTY_SLUGS } from '../counties/counties.ts';
import {
  cursorParameter,
  type FormParameter,
  limitParameter,
  type ParametersOf,
  type ParameterTable,
  toQuerySchema,
} from '../notices/filter-definition.ts';
import { EXCLUSION_KEYS } from './exclusions.ts';
import { COUNTED } from './observe.ts';

const YEAR = { error: '应为四位年份' };
const MONTH = { error: '应为 1 到 12 的月份' };

/** What figures are narrowed by, in the order in which it stands in addresses. */
export const STATISTIC_FILTERS = {
  year: {
    schema: z.coerce.number(YEAR).int(YEAR).min(1990, YEAR).max(2100, YEAR),
    label: '年度',
    note: '不写为有数据的最近一年',
    example: 2020,
    control: { label: '年度', input: 'text', maxLength: 4 },
  },
  month: {
    schema: z.coerce.number(MONTH).int(MONTH).min(1, MONTH).max(12, MONTH),
    label: '月份',
    note: '1 到 12，不写为全年',
    example: 6,
    control: {
      label: '月份',
      input: 'select',
      options: Array.from({ length: 12 }, (_, at) => [String(at + 1), `${at + 1} 月`] as const),
    },
  },
  county: {
    schema: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }),
    label: '县（市、区）',
    note: COUNTY_SLUGS.map((county) => `${county} ${COUNTIES[county].label}`).join('，'),
    example: 'qufu',
    control: {
      label: '县（市、区）',
      input: 'select',
      options: COUNTY_SLUGS.map((county) => [county, COUNTIES[county].label] as const),
    },
  },
  category: {
    schema: z.enum(CATEGORY_SLUGS, { error: '没有这个类别' }),
    label: '交易类别',
    note: CATEGORY_SLUGS.map((category) => `${category} ${CATEGORIES[category].label}`).join('，'),
    example: 'procurement',
    control: {
      label: '交易类别',
      input: 'select',
      options: CATEGORY_SLUGS.map((category) => [category, CATEGORIES[category].label] as const),
    },
  },
} as const satisfies Record<string, FormParameter>;
export type StatisticFilter = ParametersOf<typeof STATISTIC_FILTERS>;
export const statisticFilterSchema = toQuerySchema(STATISTIC_FILTERS);

const STATUSES = [COUNTED, ...EXCLUSION_KEYS] as const;
/** Further conditions on the rows behind a figure. */
export const ROW_FILTERS = {
  ...STATISTIC_FILTERS,
  part: {
    schema: z.string().max(200, { error: '最多 200 个字' }),
    label: '细分',
    note: '指标细分的一项：建筑类型、期限、单位名称',
    example: 'school',
  },
  status: {
    schema: z.enum(STATUSES, { error: `应为 ${STATUSES.join('、')} 之一` }),
    label: '是否计入',
    note: 'counted 计入，其余为不计入的原因；不写为计入',
    example: COUNTED,
  },
  cursor: cursorParameter('WyIyMDIwLTA2Il0'),
  limit: limitParameter,
} as const satisfies ParameterTable;
export type RowFilter = ParametersOf<typeof ROW_FILTERS>;
export const rowFilterSchema = toQuerySchema(ROW_FILTERS);

/** What charts of a measure are split by. */
export const BREAKDOWNS = {
  year: '年度',
  month: '月份',
  county: '县（市、区）',
  category: '交易类别',
  part: '细分',
} as const;
export type Breakdown = keyof typeof BREAKDOWNS;
export const BREAKDOWN_KEYS = Object.keys(BREAKDOWNS) as [Breakdown, ...Breakdown[]];

/** A chart, and what it is narrowed by. */
export const CHART_FILTERS = {
  by: {
    schema: z.enum(BREAKDOWN_KEYS, { error: `应为 ${BREAKDOWN_KEYS.join('、')} 之一` }),
    label: '按什么分',
    note: `${BREAKDOWN_KEYS.map((by) => `${by} ${BREAKDOWNS[by]}`).join('，')}；不写为县（市、区）`,
    example: 'county',
  },
  ...STATISTIC_FILTERS,
} as const satisfies ParameterTable;
export const chartFilterSchema = toQuerySchema(CHART_FILTERS);
