import { createHash } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { BulkGroup } from '#src/domain/bulk/files.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { fromShanghai, type Instant, toShanghaiClock } from '#src/domain/time/time.ts';

/** Every category and year of which there are public notices, in the order of the site. */
export function listGroups(db: Db): BulkGroup[] {
  const sql = `SELECT category, year FROM notice_counts GROUP BY category, year HAVING sum(total) > 0
    ORDER BY year`;
  const groups = listRows<BulkGroup>(db, sql);
  return CATEGORY_SLUGS.flatMap((category) => groups.filter((group) => group.category === category));
}

const RANGE = 'FROM published_notices n WHERE n.category = ? AND n.published_at >= ? AND n.published_at < ?';
const ORDER = 'ORDER BY n.published_at, n.id';

const toRange = ({ category, year }: BulkGroup) => [category, fromShanghai(year, 1, 1), fromShanghai(year + 1, 1, 1)];

/** Ids of a group's notices, the earliest first. */
export function listGroupIds(db: Db, group: BulkGroup): string[] {
  return listRows<{ id: string }>(db, `SELECT n.id ${RANGE} ${ORDER}`, toRange(group)).map(({ id }) => id);
}

/** Changes whenever something that a group's files say does. `made` stands for how they are made. */
export function fingerprintGroup(db: Db, group: BulkGroup, made: string): string {
  const sql = `SELECT n.id || ' ' || n.version || ' ' || n.reading_rules || ' ' || n.updated_at || ' ' || n.project_id || ' ' ||
      coalesce((SELECT group_concat(p.role || p.name || coalesce(p.organization_id, '') || coalesce(p.uscc, ''))
        FROM notice_parties p WHERE p.notice_id = n.id), '') AS line ${RANGE} ${ORDER}`;
  const hash = createHash('sha256').update(made);
  for (const { line } of listRows<{ line: string }>(db, sql, toRange(group))) hash.update(`\n${line}`);
  return hash.digest('hex');
}

const REMOVED = `SELECT notice_id FROM outbox WHERE seq > ? AND kind = 'notice.remove'
  UNION SELECT id FROM redactions WHERE subject = 'notice' AND masked > 0 AND change > ?`;
const PLACES = `SELECT category, published_at AS publishedAt FROM notices WHERE id IN (${REMOVED})
  UNION SELECT json_extract(content, '$.category'), json_extract(content, '$.publishedAt') FROM notice_versions
  WHERE notice_id IN (${REMOVED}) AND json_extract(content, '$.publishedAt') IS NOT NULL`;

/**
 * The groups that may hold a notice which left the public, or some words of which did, after a position in the changes feed:
 * all under which it, or any of its versions, has stood.
 */
export function listGroupsWithRemovals(db: Db, since: number): BulkGroup[] {
  const rows = listRows<{ category: BulkGroup['category']; publishedAt: Instant }>(db, PLACES, [
    since,
    since,
    since,
    since,
  ]);
  return rows.map(({ category, publishedAt }) => ({ category, year: toShanghaiClock(publishedAt).year }));
}
