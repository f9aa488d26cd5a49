import { z } from 'zod';
import { COUNTY_SLUGS } from '../counties.ts';
import { startOfDay } from '../time.ts';
import { MISCONDUCT_KEYS } from './misconduct.ts';
import { BOARD_KEYS, SUBJECT_TYPE_KEYS } from './registry.ts';

const calendarDay = z.string().refine(
  (value) => {
    try {
      return Boolean(startOfDay(value));
    } catch {
      return false;
    }
  },
  { error: '应为存在的日期，格式 YYYY-MM-DD' },
);

const PAGE_LENGTH = { error: '应为 1 到 200 的整数' };

/** The filter of the exposure board and the blacklist, pages and API. Unknown parameters are refused. */
export const exposureFilterSchema = z.strictObject({
  q: z.string().trim().max(100, { error: '搜索词最多 100 个字' }).optional(),
  board: z.enum(BOARD_KEYS, { error: '应为 exposure（曝光台）或 blacklist（黑名单）' }).optional(),
  subject: z.enum(SUBJECT_TYPE_KEYS, { error: '没有这种主体' }).optional(),
  county: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }).optional(),
  misconduct: z.enum(MISCONDUCT_KEYS, { error: '没有这种行为' }).optional(),
  body: z.string().trim().min(1).max(100, { error: '最多 100 个字' }).optional(),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  cursor: z.string().max(200, { error: '翻页标记无效' }).optional(),
  limit: z.coerce.number(PAGE_LENGTH).int(PAGE_LENGTH).min(1, PAGE_LENGTH).max(200, PAGE_LENGTH).optional(),
});

export type ExposureFilter = z.output<typeof exposureFilterSchema>;
export type ExposureFilterKey = keyof ExposureFilter;

/** Names of the filter's parameters for people. */
export const EXPOSURE_FILTER_LABELS: Record<ExposureFilterKey, string> = {
  q: '名称、代码或文号',
  board: '名单',
  subject: '主体类型',
  county: '县（市、区）',
  misconduct: '行为类型',
  body: '决定机关',
  from: '决定日期自',
  to: '决定日期至',
  cursor: '翻页标记',
  limit: '每页条数',
};
