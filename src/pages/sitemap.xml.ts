import type { APIRoute } from 'astro';
import { getConfig } from '#src/server/config.ts';
import { webDb } from '#src/server/db.ts';
import { formatSitemapIndex } from '#src/server/sitemap/format.ts';
import { listSitemapParts } from '#src/server/sitemap/list.ts';

/** Index of the sitemap files. */
export const GET: APIRoute = () =>
  new Response(formatSitemapIndex(getConfig().SITE_URL, listSitemapParts(webDb())), {
    headers: { 'content-type': 'application/xml; charset=utf-8' },
  });
