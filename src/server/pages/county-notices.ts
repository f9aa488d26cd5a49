import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { NoticeFilter, NoticeFilterKey } from '#src/domain/notices/notice-filter.ts';
import type { CategoryCount, SourceHealth } from '#src/domain/site/site-views.ts';
import { countyUrl, searchUrl } from '#src/domain/site/urls.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { parseCounty } from '../counties/list.ts';
import { webDb } from '../db.ts';
import { listCategoryCounts } from '../notices/overview.ts';
import { parseNoticeFilter } from '../notices/parse-filter.ts';
import { currentReader } from '../reads/current.ts';
import { readNotices } from '../reads/reader.ts';
import { listSources } from '../sources/health.ts';
import { type Asked, type Moved, moved, movedForGood } from './asked.ts';
import { listPartyNames, type PartyName } from './party-names.ts';

export interface CountyNoticesPage {
  county: County;
  /** Undefined on the list of all categories. */
  category: Category | undefined;
  page: NoticePage;
  filter: NoticeFilter;
  /** What the path says. */
  fixed: NoticeFilterKey[];
  categories: CategoryCount[];
  /** The county's own sources. */
  sources: SourceHealth[];
  /** Full names that a filter by a party is a part of. */
  names: PartyName[];
  now: Instant;
}

/** The lists of a county's notices: all, and those of a category. @throws NotFoundError; InputError for a query that is none */
export async function loadCountyNotices({ params, url }: Asked): Promise<CountyNoticesPage | Moved> {
  const now = new Date().toISOString();
  const county = parseCounty(params.slug ?? '');
  const category = CATEGORY_SLUGS.find((slug) => slug === params.list);
  if (!category && params.list !== 'notices') throw new NotFoundError('没有这个交易类别');
  const filter = parseNoticeFilter(url.searchParams, category ? { county, category } : { county });
  if (filter.q) return moved(searchUrl(filter));
  if (!category && filter.category) return movedForGood(countyUrl(county, filter));
  const [page, names] = await Promise.all([readNotices(currentReader(), filter, now), listPartyNames(filter)]);
  const db = webDb();
  return {
    county,
    category,
    page,
    filter,
    fixed: category ? ['county', 'category'] : ['county'],
    categories: listCategoryCounts(db, now, county),
    sources: listSources(db, now).filter((source) => source.county === county),
    names,
    now,
  };
}
