import { absoluteUrl } from '#src/domain/site/urls.ts';
import { getConfig } from '../config.ts';

/** What robots may read: everything public, except endless combinations of filters and the API. */
export function loadRobots(): string {
  const sitemap = absoluteUrl(getConfig().SITE_URL, '/sitemap.xml');
  return ['User-agent: *', 'Disallow: /api/', 'Disallow: /*?', '', `Sitemap: ${sitemap}`, ''].join('\n');
}
