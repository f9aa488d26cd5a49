import { z } from 'zod';
import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import { COUNTIES, COUNTY_SLUGS } from '../counties/counties.ts';
import { DUTY_STATE_KEYS, DUTY_STATES } from '../disclosure-score/states.ts';
import { type FormParameter, limitParameter, type ParametersOf, toQuerySchema } from '../notices/filter-definition.ts';
import { FLAG_CODES } from './registry.ts';

/** Rows of a page. */
export const FLAG_PAGE = 50;

const county = {
  schema: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }),
  label: '县（市、区）',
  note: '一个县（市、区）',
  example: 'qufu',
  control: {
    label: '县（市、区）',
    input: 'select',
    options: COUNTY_SLUGS.map((key) => [key, COUNTIES[key].label] as const),
  },
} as const satisfies FormParameter;
const category = {
  schema: z.enum(CATEGORY_SLUGS, { error: '没有这个类别' }),
  label: '交易类别',
  note: '一个类别',
  example: 'procurement',
  control: {
    label: '交易类别',
    input: 'select',
    options: CATEGORY_SLUGS.map((key) => [key, CATEGORIES[key].label] as const),
  },
} as const satisfies FormParameter;
const year = {
  schema: z.string().regex(/^(?:19|20)\d{2}$/, { error: '应为四位年份' }),
  label: '年份',
  note: '结果（没有结果的，截止或者公告）所在的年份，北京时间',
  example: '2026',
  control: { label: '年份', input: 'text', maxLength: 4 },
} as const satisfies FormParameter;
const after = {
  schema: z.string().regex(/^[\w.~-]{1,80}$/, { error: '不是本接口给出的游标' }),
  label: '下一页',
  note: '上一页给出的 next',
  example: '2026-05.k3vq7mzt2f5a.1',
  control: 'kept',
} as const satisfies FormParameter;
const limit = { ...limitParameter, control: 'kept' } as const;

/** The filters of indicators and of the lots that they point at. */
export const FLAG_FILTERS = {
  code: {
    schema: z.enum(FLAG_CODES, { error: '没有这个指标' }),
    label: '指标',
    note: '指标的编号；不给时为各指标的计数',
    example: 'F13',
    control: 'kept',
  },
  year,
  county,
  category,
  limit,
  after,
} as const satisfies Record<string, FormParameter>;
export const flagFilterSchema = toQuerySchema(FLAG_FILTERS);
export type FlagFilter = ParametersOf<typeof FLAG_FILTERS>;

/** The filters of disclosure duties. */
export const SCORE_FILTERS = {
  state: {
    schema: z.enum(DUTY_STATE_KEYS, { error: '没有这种状态' }),
    label: '状态',
    note: `${DUTY_STATE_KEYS.map((key) => `${key} ${DUTY_STATES[key].label}`).join('，')}；不给时为各县区的计数`,
    example: 'missing',
    control: 'kept',
  },
  month: {
    schema: z.string().regex(/^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/, { error: '应为 YYYY-MM' }),
    label: '月份',
    note: '到期（没有期限的，公开）所在的月份，YYYY-MM',
    example: '2026-05',
    control: { label: '月份（如 2026-05）', input: 'text', maxLength: 7 },
  },
  year,
  county,
  category,
  limit,
  after: {
    ...after,
    schema: z.string().regex(/^\d{1,6}$/, { error: '不是本接口给出的游标' }),
    example: '50',
  },
} as const satisfies Record<string, FormParameter>;
export const scoreFilterSchema = toQuerySchema(SCORE_FILTERS);
export type ScoreFilter = ParametersOf<typeof SCORE_FILTERS>;
