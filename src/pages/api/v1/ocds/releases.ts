import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { releasePackageSchema } from '#src/server/api/schemas/ocds.ts';
import { read } from '#src/server/reads/reader.ts';

/** Procurement notices as OCDS releases. */
export const GET: APIRoute = async ({ locals, url }) =>
  answer(releasePackageSchema, await read(locals.reader, 'listReleases', parseListQuery(url.searchParams)));
