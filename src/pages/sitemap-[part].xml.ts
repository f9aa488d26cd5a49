import type { APIRoute } from 'astro';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { formatSitemap } from '#src/server/sitemap/format.ts';
import { listSitemapEntries } from '#src/server/sitemap/list.ts';

/** One file of the sitemap. */
export const GET: APIRoute = ({ params }) =>
  new Response(formatSitemap(getConfig().SITE_URL, listSitemapEntries(webDb(), params.part ?? '')), {
    headers: { 'content-type': 'application/xml; charset=utf-8' },
  });
