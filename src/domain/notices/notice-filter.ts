/** Long as its table is: whoever adds a filter reads and writes this file alone. */
import { z } from 'zod';
import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import { COUNTIES, COUNTY_SLUGS } from '../counties/counties.ts';
import { ID_PATTERN } from '../identifiers/ids.ts';
import { type Fen, formatAmount, parseTypedAmount, toYuanText } from '../money/money.ts';
import { STAGE_SLUGS } from '../stages.ts';
import { addDays, type Instant, startOfDay } from '../time/time.ts';
import {
  calendarDay,
  cursorParameter,
  limitParameter,
  type ParameterDefinition,
  type ParametersOf,
  parameterNames,
  toQuerySchema,
} from './filter-definition.ts';
import { stageLabel } from './stage-label.ts';

/** Orders of notice lists. `relevance` exists only where there is a search text. */
export const NOTICE_SORTS = ['relevance', 'published', 'arrived', 'deadline', 'amount'] as const;
export type NoticeSort = (typeof NOTICE_SORTS)[number];

/** What a notice can be held against, by whoever holds notices: tables, indexes, memory. */
export const NOTICE_FIELDS = [
  'category',
  'stage',
  'county',
  'publishedAt',
  'closesAt',
  'amountFen',
  'projectId',
  'buyer',
  'agency',
  'supplier',
  'tenderer',
] as const;
export type NoticeField = (typeof NOTICE_FIELDS)[number];

/** A condition on one field. A notice that has no such field does not meet it; of several suppliers one is enough. */
export interface NoticeClause {
  field: NoticeField;
  is: '=' | '<' | '<=' | '>' | '>=';
  /** Instants of times, fen of amounts, slugs and names otherwise. */
  value: string | number;
}

/** How the form of a list asks for a value; `facet`: by links with counts; `kept`: it goes along unseen. */
type FormControl =
  | 'facet'
  | 'kept'
  | { label: string; input: 'text' | 'search' | 'date'; maxLength?: number; placeholder?: string; group?: string };

/** What else a filter's value is told by. */
export interface FilterContext {
  /** The category of the same filter. */
  category?: (typeof CATEGORY_SLUGS)[number] | undefined;
  /** The title of the project that the filter names by its id. */
  projectTitle?: string | undefined;
}

/** One filter of notices: everything that lists, searches, feeds, exports, subscriptions, forms and the API know of it. */
interface NoticeFilterDefinition<Schema extends z.ZodType = z.ZodType> extends ParameterDefinition<Schema> {
  control: FormControl;
  /** The value as it stands in an address; as it is when absent. */
  toParameter?: (value: z.output<Schema>) => string;
  /** Whether it narrows a list: such a filter is told in words and can be taken away. */
  narrows?: {
    /** The value in words; with its label in front when absent. */
    describe?: (value: z.output<Schema>, context: FilterContext) => string;
    /** What a notice must meet; absent for words, which are searched for. `at` is the instant that "open" is judged by. */
    clause?: (value: z.output<Schema>, at: Instant) => NoticeClause;
    /** False where it makes no sense for what is yet to come. */
    isSubscribable: boolean;
  };
}

const define = <Schema extends z.ZodType>(definition: NoticeFilterDefinition<Schema>) => definition;

const amount = z
  .string()
  .refine((value) => parseTypedAmount(value) !== undefined, { error: '应为以元计的金额，例如 5000000 或 500万' })
  .transform((value): Fen => parseTypedAmount(value) ?? 0);
/** `5000000`, not `5000000.00`: what a reader would type. */
const toYuanParameter = (fen: Fen) => toYuanText(fen).replace(/\.00$/, '');
const AMOUNT_NOTE = '含，最多两位小数；没有金额的公告不在其内';
const AMOUNT_FIELD = { input: 'text', group: '金额（元，可写 500万）' } as const;
const DATE_NOTE = '含当日，北京时间，YYYY-MM-DD';
const DATE_FIELD = { input: 'date', group: '发布日期' } as const;
const name = z.string().trim().min(1).max(100, { error: '最多 100 个字' });

/**
 * The one table of filters of every notice list, page, search and API call, in the order in which they stand in addresses and are
 * told. Amounts are yuan in the address and fen here.
 */
export const NOTICE_FILTERS = {
  q: define({
    schema: z.string().trim().max(500, { error: '搜索词最多 500 个字' }),
    label: '关键词',
    note: '空格分隔的词都须包含；引号内原样匹配；词前加减号排除；可输入项目编号、拼音或简称',
    example: '污水处理',
    control: { label: '关键词', input: 'search', maxLength: 500 },
    narrows: { isSubscribable: true },
  }),
  category: define({
    schema: z.enum(CATEGORY_SLUGS, { error: '没有这个交易类别' }),
    label: '交易类别',
    note: '一个类别',
    example: 'construction',
    control: 'facet',
    narrows: {
      describe: (slug) => CATEGORIES[slug].label,
      clause: (value) => ({ field: 'category', is: '=', value }),
      isSubscribable: true,
    },
  }),
  stage: define({
    schema: z.enum(STAGE_SLUGS, { error: '没有这个环节' }),
    label: '环节',
    note: '一个环节',
    example: 'tenderNotice',
    control: 'facet',
    narrows: {
      describe: (slug, { category }) => stageLabel(slug, category),
      clause: (value) => ({ field: 'stage', is: '=', value }),
      isSubscribable: true,
    },
  }),
  county: define({
    schema: z.enum(COUNTY_SLUGS, { error: '没有这个县（市、区）' }),
    label: '县（市、区）',
    note: '一个县（市、区）',
    example: 'qufu',
    control: 'facet',
    narrows: {
      describe: (slug) => COUNTIES[slug].label,
      clause: (value) => ({ field: 'county', is: '=', value }),
      isSubscribable: true,
    },
  }),
  status: define({
    schema: z.enum(['open', 'closed'], { error: '应为 open（正在进行）或 closed（已截止）' }),
    label: '状态',
    note: 'open 尚未截止，closed 已截止；没有截止时间的公告不在其内',
    example: 'open',
    control: 'kept',
    narrows: {
      describe: (status) => (status === 'open' ? '正在进行' : '已截止'),
      clause: (status, at) => ({ field: 'closesAt', is: status === 'open' ? '>' : '<=', value: at }),
      isSubscribable: true,
    },
  }),
  from: define({
    schema: calendarDay,
    label: '发布日期自',
    note: DATE_NOTE,
    example: '2026-01-01',
    control: { ...DATE_FIELD, label: '发布日期自' },
    narrows: {
      describe: (day) => `${day} 起`,
      clause: (day) => ({ field: 'publishedAt', is: '>=', value: startOfDay(day) }),
      isSubscribable: false,
    },
  }),
  to: define({
    schema: calendarDay,
    label: '发布日期至',
    note: DATE_NOTE,
    example: '2026-12-31',
    control: { ...DATE_FIELD, label: '发布日期至' },
    narrows: {
      describe: (day) => `至 ${day}`,
      clause: (day) => ({ field: 'publishedAt', is: '<', value: addDays(startOfDay(day), 1) }),
      isSubscribable: false,
    },
  }),
  min: define({
    schema: amount,
    label: '金额不低于（元）',
    note: AMOUNT_NOTE,
    example: '1000000',
    control: { ...AMOUNT_FIELD, label: '金额不低于（元）', placeholder: '不低于' },
    toParameter: toYuanParameter,
    narrows: {
      describe: (fen) => `不低于 ${formatAmount(fen)}`,
      clause: (value) => ({ field: 'amountFen', is: '>=', value }),
      isSubscribable: true,
    },
  }),
  max: define({
    schema: amount,
    label: '金额不高于（元）',
    note: AMOUNT_NOTE,
    example: '5000000',
    control: { ...AMOUNT_FIELD, label: '金额不高于（元）', placeholder: '不高于' },
    toParameter: toYuanParameter,
    narrows: {
      describe: (fen) => `不高于 ${formatAmount(fen)}`,
      clause: (value) => ({ field: 'amountFen', is: '<=', value }),
      isSubscribable: true,
    },
  }),
  project: define({
    schema: z.string().regex(ID_PATTERN, { error: '应为项目页地址中的编号' }),
    label: '项目',
    note: '项目页地址中的编号',
    example: 'abcdefghijkl',
    control: 'kept',
    narrows: {
      describe: (_, { projectTitle }) => `项目：${projectTitle ?? '所选项目'}`,
      clause: (value) => ({ field: 'projectId', is: '=', value }),
      isSubscribable: true,
    },
  }),
  buyer: define({
    schema: name,
    label: '招标（采购）人',
    note: '全称',
    example: '某某县教育和体育局',
    control: { label: '招标（采购）人全称', input: 'text', maxLength: 100 },
    narrows: { clause: (value) => ({ field: 'buyer', is: '=', value }), isSubscribable: true },
  }),
  agency: define({
    schema: name,
    label: '代理机构',
    note: '全称',
    example: '某某项目管理有限公司',
    control: { label: '代理机构全称', input: 'text', maxLength: 100 },
    narrows: { clause: (value) => ({ field: 'agency', is: '=', value }), isSubscribable: true },
  }),
  supplier: define({
    schema: name,
    label: '中标（成交）人',
    note: '全称',
    example: '某某建设有限公司',
    control: { label: '中标（成交）人全称', input: 'text', maxLength: 100 },
    narrows: { clause: (value) => ({ field: 'supplier', is: '=', value }), isSubscribable: true },
  }),
  tenderer: define({
    schema: name,
    label: '候选人、投标人',
    note: '全称；在候选人公示、开标记录中点名的，尚未中标',
    example: '某某建设有限公司',
    control: 'kept',
    narrows: { clause: (value) => ({ field: 'tenderer', is: '=', value }), isSubscribable: true },
  }),
  scope: define({
    schema: z.enum(['subject', 'all'], { error: '应为 subject（题名、单位）或 all（全文）' }),
    label: '查找范围',
    note: 'subject 只在题名、招标（采购）人和地区中找搜索词，all 也在正文中找；不写时按相关排序为 all，其他排序和订阅源在题名、单位中有结果时为 subject',
    example: 'subject',
    control: 'kept',
    narrows: {
      describe: (scope) => (scope === 'all' ? '全文' : '题名、单位'),
      isSubscribable: true,
    },
  }),
  sort: define({
    schema: z.enum(NOTICE_SORTS, { error: '应为 relevance、published、arrived、deadline 或 amount' }),
    label: '排序',
    note: 'published 新发布的在前；arrived 本站新收到的在前；deadline 先截止的在前，其后为已截止和没有截止时间的；amount 金额大的在前；relevance 最相关的在前，只用于有搜索词时',
    example: 'deadline',
    control: 'kept',
  }),
  limit: define({ ...limitParameter, control: 'kept' }),
  cursor: define({
    ...cursorParameter('WyJzZWFyY2giLDIwLCIyMDI2LTA2LTE1VDA0OjAwOjAwLjAwMFoiXQ'),
    control: 'kept',
  }),
};

export type NoticeFilter = ParametersOf<typeof NOTICE_FILTERS>;
export type NoticeFilterKey = keyof NoticeFilter;

/** The schema of a list's whole query. */
export const noticeFilterSchema = toQuerySchema(NOTICE_FILTERS);

/** Every filter, in the order in which it stands in addresses. */
export const NOTICE_FILTER_KEYS = parameterNames(NOTICE_FILTERS);

/** The definition of a filter, without what only the one filter's values could tell. */
export const noticeFilter = (key: NoticeFilterKey): NoticeFilterDefinition<z.ZodType<never>> =>
  NOTICE_FILTERS[key] as unknown as NoticeFilterDefinition<z.ZodType<never>>;

/** Filters that narrow a list, in the order in which they are told. */
export const NARROWING_KEYS = NOTICE_FILTER_KEYS.filter((key) => noticeFilter(key).narrows);

/** What a notice must meet besides the words. `at` is the instant that "open" is judged by. */
export function toClauses(filter: NoticeFilter, at: Instant): NoticeClause[] {
  return listNarrowing(filter).flatMap((key) => noticeFilter(key).narrows?.clause?.(filter[key] as never, at) ?? []);
}

/** The filters in force that narrow, in the order in which they are told. */
export function listNarrowing(filter: { [Key in NoticeFilterKey]?: NoticeFilter[Key] | undefined }): NoticeFilterKey[] {
  return NARROWING_KEYS.filter((key) => filter[key] !== undefined && filter[key] !== '');
}

/** The value of a filter in words, with its label where the value alone does not tell. */
export function describeFilterValue(filter: NoticeFilter, key: NoticeFilterKey, projectTitle?: string): string {
  const { label, narrows } = noticeFilter(key);
  const context = { category: filter.category, projectTitle };
  return narrows?.describe?.(filter[key] as never, context) ?? `${label}：${filter[key]}`;
}

/** A whole filter in words (`工程建设 · 曲阜市`); `全部公告` when nothing is narrowed. */
export function describeFilter(filter: NoticeFilter, projectTitle?: string): string {
  return (
    listNarrowing(filter)
      .map((key) => describeFilterValue(filter, key, projectTitle))
      .join(' · ') || '全部公告'
  );
}
