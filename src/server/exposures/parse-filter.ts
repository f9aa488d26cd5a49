import { InputError } from '#src/domain/errors.ts';
import { type ExposureFilter, exposureFilterSchema } from '#src/domain/exposures/filter.ts';
import type { Board } from '#src/domain/exposures/registry.ts';
import { parseParameters } from '../parameters.ts';

/**
 * The filter of a request. `board` is what the page's address says: the query must not say it again.
 * @throws InputError naming every faulty parameter.
 */
export function parseExposureFilter(parameters: URLSearchParams, board?: Board): ExposureFilter {
  const filter = parseParameters(exposureFilterSchema, parameters);
  if (board && filter.board) throw new InputError([{ name: 'board', message: '地址的路径中已经指定，请勿重复' }]);
  if (filter.from && filter.to && filter.from > filter.to) {
    throw new InputError([{ name: 'to', message: '结束日期早于开始日期' }]);
  }
  return board ? { ...filter, board } : filter;
}
