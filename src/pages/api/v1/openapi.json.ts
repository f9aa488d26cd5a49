import type { APIRoute } from 'astro';
import { getDocument } from '#src/server/api/openapi.ts';
import { refuseParameters } from '#src/server/api/parse-query.ts';
import { getConfig } from '#src/server/config.ts';

/** The description of this API, OpenAPI 3.1. */
export const GET: APIRoute = ({ url }) => {
  refuseParameters(url.searchParams);
  return new Response(JSON.stringify(getDocument(getConfig().SITE_URL)), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
