import type { PageRoute } from '../../http/route.ts';
import { ARTICLE_PAGES } from './articles.ts';
import { COMPANY_PAGES } from './companies.ts';
import { NOTICE_PAGES } from './notices.ts';
import { OPEN_DATA_PAGES } from './open-data.ts';
import { PARTICIPATION_PAGES } from './participate.ts';
import { SITE_PAGES } from './site.ts';
import { STAFF_PAGES } from './staff.ts';
import { STATISTIC_PAGES } from './statistics.ts';

/** Every address that a file in `src/pages` answers, in the order of the sitemap. */
export const PAGE_ROUTES: readonly PageRoute[] = [
  ...SITE_PAGES,
  ...NOTICE_PAGES,
  ...COMPANY_PAGES,
  ...STATISTIC_PAGES,
  ...ARTICLE_PAGES,
  ...PARTICIPATION_PAGES,
  ...STAFF_PAGES,
  ...OPEN_DATA_PAGES,
];
