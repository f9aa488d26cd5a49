import { z } from 'zod';
import { COUNTIES, COUNTY_SLUGS } from '../counties/counties.ts';
import {
  calendarDay,
  cursorParameter,
  type FormParameter,
  limitParameter,
  type ParametersOf,
  parameterNames,
  toQuerySchema,
} from '../notices/filter-definition.ts';
import { MISCONDUCT_KEYS, MISCONDUCT_TYPES } from './misconduct.ts';
import { BOARD_KEYS, SUBJECT_TYPE_KEYS, SUBJECT_TYPES } from './registry.ts';

/** The one table of filters of the exposure board and the blacklist, pages and API, in the order in which they stand in addresses. */
export const EXPOSURE_FILTERS = {
  q: {
    schema: z.string().trim().max(100, { error: '搜索词最多 100 个字' }),
    label: '名称、代码或文号',
    note: '单位名称的一部分（含曾用名全称）、统一社会信用代码或决定书文号；不按自然人姓名查找',
    example: '示例建设',
    control: { label: '单位名称、统一社会信用代码或文号', input: 'search', maxLength: 100 },
  },
  board: {
    schema: z.enum(BOARD_KEYS, { error: '应为 exposure（曝光台）或 blacklist（黑名单）' }),
    label: '名单',
    note: '不给时两份名单都在内',
    example: 'exposure',
    control: 'kept',
  },
  subject: {
    schema: z.enum(SUBJECT_TYPE_KEYS, { error: '没有这种主体' }),
    label: '主体类型',
    note: '一种主体',
    example: 'supplier',
    control: {
      label: '主体类型',
      input: 'select',
      options: SUBJECT_TYPE_KEYS.map((key) => [key, SUBJECT_TYPES[key].label] as const),
    },
  },
  county: {
    schema: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }),
    label: '县（市、区）',
    note: '一个县（市、区）',
    example: 'qufu',
    control: {
      label: '县（市、区）',
      input: 'select',
      options: COUNTY_SLUGS.map((key) => [key, COUNTIES[key].label] as const),
    },
  },
  misconduct: {
    schema: z.enum(MISCONDUCT_KEYS, { error: '没有这种行为' }),
    label: '行为类型',
    note: '一种行为',
    example: 'bidRiggingAmongBidders',
    control: {
      label: '行为类型',
      input: 'select',
      options: MISCONDUCT_KEYS.map((key) => [key, MISCONDUCT_TYPES[key].label] as const),
    },
  },
  body: {
    schema: z.string().trim().min(1).max(100, { error: '最多 100 个字' }),
    label: '决定机关',
    note: '名称的一部分',
    example: '财政局',
    control: { label: '决定机关', input: 'text', maxLength: 100 },
  },
  from: {
    schema: calendarDay,
    label: '决定日期自',
    note: '含当日，YYYY-MM-DD',
    example: '2026-01-01',
    control: { label: '决定日期自', input: 'date' },
  },
  to: {
    schema: calendarDay,
    label: '决定日期至',
    note: '含当日，YYYY-MM-DD',
    example: '2026-12-31',
    control: { label: '决定日期至', input: 'date' },
  },
  limit: { ...limitParameter, control: 'kept' },
  cursor: { ...cursorParameter('WyIyMDI2LTA1LTEwIiwiazN2cTdtenQyZjVhIl0'), control: 'kept' },
} as const satisfies Record<string, FormParameter>;

/** The schema of a list's whole query. */
export const exposureFilterSchema = toQuerySchema(EXPOSURE_FILTERS);

export type ExposureFilter = ParametersOf<typeof EXPOSURE_FILTERS>;
export type ExposureFilterKey = keyof ExposureFilter;
/** What narrows a list: every filter but where a page begins and how long it is. */
export type ExposureCondition = Exclude<ExposureFilterKey, 'limit' | 'cursor'>;
export const EXPOSURE_FILTER_KEYS = parameterNames(EXPOSURE_FILTERS);
