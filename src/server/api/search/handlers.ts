import { parseListQuery } from '../../notices/parse-filter.ts';
import { currentReader } from '../../reads/current.ts';
import { readSearch } from '../../reads/reader.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { searchPageSchema } from './schema.ts';

/** Full-text search: hits in rank order. */
export const searchNotices: Handler = async ({ parameters }) =>
  answer(searchPageSchema, await readSearch(currentReader(), parseListQuery(parameters)));
