import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { disposalPageSchema } from '#src/server/api/schemas/disposals.ts';
import { read } from '#src/server/reads/reader.ts';

/** Sales of public assets. */
export const GET: APIRoute = async ({ locals, url }) =>
  answer(disposalPageSchema, await read(locals.reader, 'listDisposals', parseListQuery(url.searchParams)));
