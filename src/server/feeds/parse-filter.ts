import { InputError } from '#src/domain/errors.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { parseListQuery } from '../notices/parse-filter.ts';

/**
 * The filter of a feed: that of the lists, but feeds have one order and a length of their own, and a calendar is one page.
 * @throws InputError naming the parameters.
 */
export function parseFeedFilter(
  parameters: URLSearchParams,
  refused: readonly ('sort' | 'cursor' | 'limit')[],
): NoticeFilter {
  const filter = parseListQuery(parameters);
  const faults = refused
    .filter((name) => filter[name] !== undefined)
    .map((name) => ({ name, message: '订阅的顺序和条数是固定的，请去掉这个参数' }));
  if (faults.length > 0) throw new InputError(faults);
  return filter;
}
