import type { APIRoute } from 'astro';
import { loadSitemap } from '#src/server/pages/sitemap.ts';

/** One file of the sitemap. */
export const GET: APIRoute = (context) =>
  new Response(loadSitemap(context), { headers: { 'content-type': 'application/xml; charset=utf-8' } });
