import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { searchPageSchema } from '#src/server/api/schemas/search.ts';
import { readSearch } from '#src/server/reads/reader.ts';

/** Full-text search: hits in rank order. */
export const GET: APIRoute = async ({ locals, url }) =>
  answer(searchPageSchema, await readSearch(locals.reader, parseListQuery(url.searchParams)));
