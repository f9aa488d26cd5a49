import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { formatQuery, limitQuery } from '#src/domain/search/limits.ts';
import { parseQuery } from '#src/domain/search/query.ts';
import { searchUrl } from '#src/domain/site/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { hasBlankParameters, parseNoticeFilter } from '../notices/parse-filter.ts';
import { currentReader } from '../reads/current.ts';
import { readSearch } from '../reads/reader.ts';
import type { SearchPage as Results } from '../search/types.ts';
import { type Asked, type Moved, moved } from './asked.ts';

export interface SearchPage {
  /** As it was typed. */
  asked: NoticeFilter;
  /** What was looked for: links to files, feeds and further pages are for this. */
  filter: NoticeFilter;
  /** Words beyond the limit, which were not looked for. */
  omitted: ReturnType<typeof limitQuery>['omitted'];
  results: Results;
  now: Instant;
}

/** The page of search results. @throws InputError for a query that is none; UnavailableError when there is too much to do */
export async function loadSearch({ url }: Asked): Promise<SearchPage | Moved> {
  const asked = parseNoticeFilter(url.searchParams);
  if (hasBlankParameters(url.searchParams)) return moved(searchUrl(asked));
  const { query, omitted } = limitQuery(parseQuery(asked.q ?? ''));
  const filter = omitted.length > 0 ? { ...asked, q: formatQuery(query) } : asked;
  const results = await readSearch(currentReader(), filter);
  return { asked, filter, omitted, results, now: new Date().toISOString() };
}
