import type { APIRoute } from 'astro';
import { loadCatalog } from '#src/server/pages/catalog.ts';

/** The DCAT catalogue of the data. */
export const GET: APIRoute = (context) =>
  new Response(JSON.stringify(loadCatalog(context)), {
    headers: { 'content-type': 'application/ld+json; charset=utf-8' },
  });
