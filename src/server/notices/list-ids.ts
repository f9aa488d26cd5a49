import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type ConditionKind, fromClause, listConditions, toSql } from './conditions.ts';
import { listSegments, type Segment } from './order.ts';

/** Every row is wanted, so that whichever condition leaves the fewest may choose the index. */
const INDEXED: ReadonlySet<ConditionKind> = new Set(['party', 'dimension', 'published', 'deadline', 'amount']);

/** Ids of all public notices under a filter, in the order of their list. `q` is not answered here: search does that. */
export function listNoticeIds(db: Db, filter: NoticeFilter, now: Instant): string[] {
  const sort = filter.sort === 'relevance' ? 'published' : (filter.sort ?? 'published');
  return listSegments(sort, filter, now).flatMap((segment) => listSegmentIds(db, filter, now, segment));
}

function listSegmentIds(db: Db, filter: NoticeFilter, now: Instant, segment: Segment): string[] {
  const conditions = listConditions(filter, now);
  if (segment.sql) conditions.push({ kind: segment.kind, sql: segment.sql, values: segment.values });
  const where = conditions.map((condition) => toSql(condition, INDEXED));
  const { column, direction } = segment;
  return listRows<{ id: string }>(
    db,
    `SELECT n.id FROM ${fromClause(conditions)} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
     ORDER BY n.${column} ${direction}, n.id ${direction}`,
    conditions.flatMap(({ values }) => values),
  ).map(({ id }) => id);
}
