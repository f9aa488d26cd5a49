import type { APIRoute } from 'astro';
import { loadOpenApi } from '#src/server/pages/openapi.ts';

/** The description of this API, OpenAPI 3.1. */
export const GET: APIRoute = (context) =>
  new Response(JSON.stringify(loadOpenApi(context)), {
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
