import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { NOTICE_FILTER_KEYS } from '#src/domain/notices/notice-filter.ts';
import { countyCategoryUrl, countyUrl, listUrl } from '#src/domain/site/urls.ts';
import { stagesOf } from '#src/domain/stages.ts';
import { WHOLE_FILE } from '../../http/limits.ts';
import { category, county, FOR_PEOPLE, OPEN_FILE, toRoutes } from './rows.ts';

/** Notices, their projects, and the counties that publish them. */
export const NOTICE_PAGES = toRoutes({
  '/notices': {
    ...FOR_PEOPLE,
    page: 'notices/index.astro',
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    example: { county: 'qufu', from: '2020-01-01', min: '100000', sort: 'amount' },
    sitemap: ['/notices'],
  },
  '/counties': { ...FOR_PEOPLE, page: 'counties.astro', cache: 'page', sitemap: ['/counties'] },
  '/notices/{category}': {
    ...FOR_PEOPLE,
    page: 'notices/[category]/index.astro',
    parts: { category },
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    sitemap: CATEGORY_SLUGS.map((slug) => listUrl({ category: slug })),
  },
  '/notices/{category}/{stage}': {
    ...FOR_PEOPLE,
    page: 'notices/[category]/[stage].astro',
    parts: { category, stage: { example: 'tenderNotice' } },
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    sitemap: CATEGORY_SLUGS.flatMap((slug) => stagesOf(slug).map((stage) => listUrl({ category: slug, stage }))),
  },
  '/county/{slug}': {
    ...FOR_PEOPLE,
    page: 'county/[slug]/index.astro',
    parts: { slug: county },
    cache: 'page',
    sitemap: COUNTY_SLUGS.map((slug) => countyUrl(slug)),
  },
  '/county/{slug}/{list}': {
    ...FOR_PEOPLE,
    page: 'county/[slug]/[list].astro',
    parts: { slug: county, list: category },
    parameters: NOTICE_FILTER_KEYS,
    cache: 'page',
    sitemap: COUNTY_SLUGS.flatMap((slug) => [
      countyUrl(slug, {}),
      ...CATEGORY_SLUGS.map((list) => countyCategoryUrl(slug, list)),
    ]),
  },
  '/notice/{id}': {
    ...FOR_PEOPLE,
    page: 'notice/[id].astro',
    parts: { id: { of: 'notice', example: 'k3vq7mzt2f5a' } },
    cache: 'page',
    sitemap: 'notices',
  },
  '/project/{id}': {
    ...FOR_PEOPLE,
    page: 'project/[id].astro',
    parts: { id: { of: 'project', example: 'p2xw6nha4c7e' } },
    cache: 'page',
    sitemap: 'projects',
  },
  // Must be gone at once when its notice is withdrawn: the files say themselves that caches have to ask.
  '/file/{sha256}': {
    ...OPEN_FILE,
    page: 'file/[sha256].ts',
    parts: { sha256: { example: '0'.repeat(64) } },
    limits: WHOLE_FILE,
    cache: 'never',
  },
});
