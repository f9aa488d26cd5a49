import type { APIRoute } from 'astro';
import { answer } from '#src/server/api/answer.ts';
import { parseListQuery } from '#src/server/api/parse-query.ts';
import { releasePackageSchema } from '#src/server/api/schemas/ocds.ts';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { listReleases } from '#src/server/ocds/list.ts';

/** Procurement notices as OCDS releases. */
export const GET: APIRoute = async ({ url }) =>
  answer(releasePackageSchema, await listReleases(webDb(), getConfig(), parseListQuery(url.searchParams)));
