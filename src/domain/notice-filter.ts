import { z } from 'zod';
import { CATEGORY_SLUGS } from './categories.ts';
import { COUNTY_SLUGS } from './counties.ts';
import { type Fen, parseTypedAmount } from './money.ts';
import { STAGE_SLUGS } from './stages.ts';
import { startOfDay } from './time.ts';

/** Orders of notice lists. `relevance` exists only where there is a search text. */
export const NOTICE_SORTS = ['relevance', 'published', 'deadline', 'amount'] as const;
export type NoticeSort = (typeof NOTICE_SORTS)[number];

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

const yuan = z
  .string()
  .refine((value) => parseTypedAmount(value) !== undefined, { error: '应为以元计的金额，例如 5000000 或 500万' })
  .transform((value): Fen => parseTypedAmount(value) ?? 0);

const PAGE_LENGTH = { error: '应为 1 到 200 的整数' };

/**
 * The one filter of every notice list, page, search and API call. Values are the text of query parameters;
 * `min` and `max` are yuan in the address and become fen here. Unknown parameters are refused.
 */
export const noticeFilterSchema = z.strictObject({
  q: z.string().trim().max(200, { error: '搜索词最多 200 个字' }).optional(),
  category: z.enum(CATEGORY_SLUGS, { error: '没有这个交易类别' }).optional(),
  stage: z.enum(STAGE_SLUGS, { error: '没有这个环节' }).optional(),
  county: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }).optional(),
  from: calendarDay.optional(),
  to: calendarDay.optional(),
  min: yuan.optional(),
  max: yuan.optional(),
  status: z.enum(['open', 'closed'], { error: '应为 open（正在进行）或 closed（已截止）' }).optional(),
  buyer: z.string().trim().min(1).max(100, { error: '最多 100 个字' }).optional(),
  supplier: z.string().trim().min(1).max(100, { error: '最多 100 个字' }).optional(),
  sort: z.enum(NOTICE_SORTS, { error: '应为 relevance、published、deadline 或 amount' }).optional(),
  cursor: z.string().max(200, { error: '翻页标记无效' }).optional(),
  limit: z.coerce.number(PAGE_LENGTH).int(PAGE_LENGTH).min(1, PAGE_LENGTH).max(200, PAGE_LENGTH).optional(),
});

export type NoticeFilter = z.output<typeof noticeFilterSchema>;
export type NoticeFilterKey = keyof NoticeFilter;

/** The facets a reader can open and remove, in the order they are shown. */
export const FILTER_LABELS: Record<NoticeFilterKey, string> = {
  q: '关键词',
  category: '交易类别',
  stage: '环节',
  county: '县（市、区）',
  status: '状态',
  from: '发布日期自',
  to: '发布日期至',
  min: '金额不低于（元）',
  max: '金额不高于（元）',
  buyer: '招标（采购）人',
  supplier: '中标（成交）人',
  sort: '排序',
  cursor: '翻页标记',
  limit: '每页条数',
};
