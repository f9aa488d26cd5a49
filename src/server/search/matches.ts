import type { Db } from '#db/client.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { NoticePage } from '#src/domain/site/views.ts';
import { listNotices } from '../notices/list.ts';
import { searchSummaries } from './search.ts';

/**
 * A page of what matches as asked for. A search page may help a reader with other words; whoever subscribes wants to
 * hear of the words given, so such an answer counts as empty.
 */
export async function readMatches(db: Db, filter: NoticeFilter): Promise<NoticePage> {
  if (!filter.q) return listNotices(db, filter);
  const page = await searchSummaries(db, filter);
  const isOther = page.plan !== null && (page.plan.corrected !== null || page.plan.dropped.length > 0);
  if (!isOther) return page;
  return { items: [], total: 0, asOf: page.asOf, next: null, facets: { category: {}, stage: {}, county: {} } };
}
