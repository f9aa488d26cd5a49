import type { APIRoute } from 'astro';
import { getConfig } from '#src/server/config.ts';
import { getDocument } from '#src/server/openapi/document.ts';
import { refuseParameters } from '#src/server/parameters.ts';

/** The description of this API, OpenAPI 3.1. */
export const GET: APIRoute = ({ url }) => {
  refuseParameters(url.searchParams);
  return new Response(JSON.stringify(getDocument(getConfig().SITE_URL)), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
};
