import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type ConditionKind, fromClause, listConditions, n, toSql, whereAll } from './conditions.ts';
import { DIRECTIONS, listSegments, type Segment, withSegment } from './order.ts';

/** Every row is wanted, so that whichever condition leaves the fewest may choose the index. */
const INDEXED: ReadonlySet<ConditionKind> = new Set([
  'party',
  'project',
  'dimension',
  'published',
  'deadline',
  'amount',
]);

/** Ids of all public notices under a filter, in the order of their list. `q` is not answered here: search does that. */
export function listNoticeIds(db: Db, filter: NoticeFilter, now: Instant): string[] {
  const sort = filter.sort === 'relevance' ? 'published' : (filter.sort ?? 'published');
  return listSegments(sort, filter, now).flatMap((segment) => listSegmentIds(db, filter, now, segment));
}

function listSegmentIds(db: Db, filter: NoticeFilter, now: Instant, segment: Segment): string[] {
  const conditions = withSegment(listConditions(filter, now), segment);
  const where = whereAll(conditions.map((condition) => toSql(condition, INDEXED)));
  const direction = DIRECTIONS[segment.direction];
  return selectAll(
    db,
    { id: n.id },
    sql`FROM ${fromClause(conditions)}${where} ORDER BY ${n[segment.key]} ${direction}, ${n.id} ${direction}`,
  ).map(({ id }) => id);
}
