import { InputError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { findExcess } from '#src/domain/search/limits.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';

/**
 * The filter of an API list. Stricter than pages: an empty value is a client's mistake, not a form field left alone,
 * and would quietly widen the answer; an order that cannot be kept is refused, as is a text with more parts than a search
 * looks for. Only `q` may be empty.
 * @throws InputError naming the parameters.
 */
export function parseListQuery(parameters: URLSearchParams): NoticeFilter {
  const filter = parseNoticeFilter(parameters);
  const faults = [...parameters]
    .filter(([name, value]) => name !== 'q' && value.trim() === '')
    .map(([name]) => ({ name, message: '不能为空；不筛选请去掉这个参数' }));
  if (filter.sort === 'relevance' && !filter.q) faults.push({ name: 'sort', message: '没有搜索词，不能按相关度排序' });
  const excess = findExcess(filter.q ?? '');
  if (excess) faults.push({ name: 'q', message: excess });
  if (faults.length > 0) throw new InputError(faults);
  return filter;
}

/** A blank value is a client's mistake and would quietly widen the answer. @throws InputError naming the parameters. */
export function refuseBlank(parameters: URLSearchParams): void {
  const blank = [...parameters].filter(([, value]) => value.trim() === '');
  if (blank.length > 0)
    throw new InputError(blank.map(([name]) => ({ name, message: '不能为空；不用请去掉这个参数' })));
}

/** For addresses without parameters. @throws InputError naming every parameter given. */
export function refuseParameters(parameters: URLSearchParams): void {
  const names = [...new Set(parameters.keys())];
  if (names.length > 0) throw new InputError(names.map((name) => ({ name, message: '没有这个参数' })));
}
