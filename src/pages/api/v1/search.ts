import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { searchPageSchema } from '#src/server/api/schemas/search.ts';
import { webDb } from '#src/server/db.ts';
import { searchNotices } from '#src/server/search/search.ts';

/** Full-text search: hits in rank order. */
export const GET: APIRoute = async ({ url }) =>
  answer(searchPageSchema, await searchNotices(webDb(), parseListQuery(url.searchParams)));
