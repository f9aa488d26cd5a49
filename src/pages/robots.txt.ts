import type { APIRoute } from 'astro';
import { absoluteUrl } from '#src/domain/site/urls.ts';
import { getConfig } from '#src/server/config.ts';

/** Everything public may be read by robots, except endless combinations of filters and the API. */
export const GET: APIRoute = () =>
  new Response(
    [
      'User-agent: *',
      'Disallow: /api/',
      'Disallow: /*?',
      '',
      `Sitemap: ${absoluteUrl(getConfig().SITE_URL, '/sitemap.xml')}`,
      '',
    ].join('\n'),
    { headers: { 'content-type': 'text/plain; charset=utf-8' } },
  );
