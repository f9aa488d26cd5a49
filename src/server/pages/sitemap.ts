import { getConfig } from '../config.ts';
import { webDb } from '../db.ts';
import { formatSitemap, formatSitemapIndex } from '../sitemap/format.ts';
import { listSitemapEntries, listSitemapParts } from '../sitemap/list.ts';
import type { Asked } from './asked.ts';

/** The sitemap as XML: the part that is asked for, or without one the index of its parts. @throws NotFoundError */
export function loadSitemap({ params: { part } }: Pick<Asked, 'params'>): string {
  const { SITE_URL } = getConfig();
  if (part === undefined) return formatSitemapIndex(SITE_URL, listSitemapParts(webDb()));
  return formatSitemap(SITE_URL, listSitemapEntries(webDb(), part));
}
