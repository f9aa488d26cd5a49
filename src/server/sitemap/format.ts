import { absoluteUrl } from '#src/domain/site/urls.ts';
import type { SitemapEntry } from './list.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The index file that names every part. `site` is the configured address without a slash at the end. */
export function formatSitemapIndex(site: string, parts: readonly string[]): string {
  const items = parts.map(
    (part) => `<sitemap><loc>${toText(absoluteUrl(site, `/sitemap-${part}.xml`))}</loc></sitemap>`,
  );
  return `${HEAD}<sitemapindex xmlns="${NAMESPACE}">\n${items.join('\n')}\n</sitemapindex>\n`;
}

/** One part of the sitemap. */
export function formatSitemap(site: string, entries: readonly SitemapEntry[]): string {
  const items = entries.map(({ path, modifiedAt }) => {
    const modified = modifiedAt ? `<lastmod>${modifiedAt}</lastmod>` : '';
    return `<url><loc>${toText(absoluteUrl(site, path))}</loc>${modified}</url>`;
  });
  return `${HEAD}<urlset xmlns="${NAMESPACE}">\n${items.join('\n')}\n</urlset>\n`;
}

/** XML text of an address. Paths hold letters, digits and `-` only; the configured site may hold an ampersand. */
function toText(url: string): string {
  return url.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
