import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { disposalPageSchema } from '#src/server/api/schemas/disposals.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { listDisposals } from '#src/server/ocds/list.ts';

/** Sales of public assets. */
export const GET: APIRoute = async ({ url }) =>
  answer(disposalPageSchema, await listDisposals(webDb(), getConfig(), parseListQuery(url.searchParams)));
