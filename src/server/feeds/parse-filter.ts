import { InputError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { parseListQuery } from '../notices/parse-filter.ts';

/**
 * The filter of a feed: that of the lists, but feeds have one order, one page and a length of their own.
 * @throws InputError naming the parameters.
 */
export function parseFeedFilter(parameters: URLSearchParams): NoticeFilter {
  const filter = parseListQuery(parameters);
  const faults = (['sort', 'cursor', 'limit'] as const)
    .filter((name) => filter[name] !== undefined)
    .map((name) => ({ name, message: '订阅的顺序和条数是固定的，请去掉这个参数' }));
  if (faults.length > 0) throw new InputError(faults);
  return filter;
}
