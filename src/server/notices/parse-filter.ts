import { InputError } from '#src/domain/errors.ts';
import {
  NOTICE_FILTERS,
  type NoticeFilter,
  type NoticeFilterKey,
  noticeFilterSchema,
} from '#src/domain/notices/notice-filter.ts';
import { findExcess } from '#src/domain/search/limits.ts';

type Fault = { name: string; message: string };

/** Parameters that a form sends empty when the reader left them alone. */
const isBlank = (value: string) => value.trim() === '';

/**
 * The filter of a request. `fixed` is what the path says (category, stage, county): the query must not say it again.
 * Blank values, as plain forms send them, count as absent.
 * @throws InputError naming every unknown, repeated, malformed or contradictory parameter.
 */
export function parseNoticeFilter(parameters: URLSearchParams, fixed: Partial<NoticeFilter> = {}): NoticeFilter {
  const faults: Fault[] = [];
  const values: Record<string, string> = {};
  for (const name of new Set(parameters.keys())) {
    const given = parameters.getAll(name);
    if (!Object.hasOwn(NOTICE_FILTERS, name)) faults.push({ name, message: '没有这个参数' });
    else if (Object.hasOwn(fixed, name)) faults.push({ name, message: '地址的路径中已经指定，请勿重复' });
    else if (given.length > 1) faults.push({ name, message: '只能出现一次' });
    else if (!isBlank(given[0] ?? '')) values[name] = given[0] ?? '';
  }
  const result = noticeFilterSchema.safeParse(values);
  if (!result.success) faults.push(...result.error.issues.map(toFault));
  const filter = { ...(result.data ?? {}), ...fixed };
  faults.push(...findContradictions(filter));
  if (faults.length > 0) throw new InputError(faults);
  return filter;
}

function toFault(issue: { path: PropertyKey[]; message: string }): Fault {
  return { name: String(issue.path[0] ?? ''), message: issue.message };
}

function findContradictions(filter: NoticeFilter): Fault[] {
  const faults: Fault[] = [];
  const reject = (name: NoticeFilterKey, message: string) => faults.push({ name, message });
  if (filter.from && filter.to && filter.from > filter.to) reject('to', '结束日期早于开始日期');
  if (filter.min !== undefined && filter.max !== undefined && filter.min > filter.max) {
    reject('max', '最高金额低于最低金额');
  }
  return faults;
}

/**
 * The filter of an API list. Stricter than pages: an empty value is a client's mistake, not a form field left alone,
 * and would quietly widen the answer; an order that cannot be kept is refused, as is a text with more parts than a search
 * looks for. Only `q` may be empty.
 * @throws InputError naming the parameters.
 */
export function parseListQuery(parameters: URLSearchParams): NoticeFilter {
  const filter = parseNoticeFilter(parameters);
  const faults = [...parameters]
    .filter(([name, value]) => name !== 'q' && isBlank(value))
    .map(([name]) => ({ name, message: '不能为空；不筛选请去掉这个参数' }));
  if (filter.sort === 'relevance' && !filter.q) faults.push({ name: 'sort', message: '没有搜索词，不能按相关度排序' });
  const excess = findExcess(filter.q ?? '');
  if (excess) faults.push({ name: 'q', message: excess });
  if (faults.length > 0) throw new InputError(faults);
  return filter;
}

/** True when a plain form sent fields that were left empty: the page then moves to the address without them. */
export function hasBlankParameters(parameters: URLSearchParams): boolean {
  return [...parameters.values()].some(isBlank);
}
