import { createHash } from 'node:crypto';
import { asc, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { changes } from '#db/schema/changes.ts';
import { noticeCounts, notices, noticeVersions, publishedNotices } from '#db/schema/notices.ts';
import { noticeParties } from '#db/schema/parties.ts';
import { redactions } from '#db/schema/redactions.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { BulkGroup } from '#src/domain/bulk/files.ts';
import { CATEGORY_SLUGS, type Category } from '#src/domain/categories.ts';
import { fromShanghai, type Instant, toShanghaiClock } from '#src/domain/time/time.ts';

const COUNTED = defineQuery((db) =>
  db
    .select({ category: noticeCounts.category, year: noticeCounts.year })
    .from(noticeCounts)
    .groupBy(noticeCounts.category, noticeCounts.year)
    .having(sql`sum(${noticeCounts.total}) > 0`)
    .orderBy(asc(noticeCounts.year)),
);

/** Every category and year of which there are public notices, in the order of the site. */
export function listGroups(db: Db): BulkGroup[] {
  const groups = COUNTED.all(db);
  return CATEGORY_SLUGS.flatMap((category) => groups.filter((group) => group.category === category));
}

interface Range {
  category: Category;
  from: Instant;
  until: Instant;
}

const n = aliased(publishedNotices, 'n');
const p = aliased(noticeParties, 'p');
/** The notices of a group, the earliest first. */
const inRange = (range: Params<Range>) => sql`FROM ${named(n)}
  WHERE ${n.category} = ${range.category} AND ${n.publishedAt} >= ${range.from} AND ${n.publishedAt} < ${range.until}
  ORDER BY ${n.publishedAt}, ${n.id}`;
const IDS = defineSelect((range: Params<Range>) => ({ fields: { id: n.id }, rest: inRange(range) }));
const PARTIES = sql`SELECT group_concat(${p.role} || ${p.name} || coalesce(${p.organizationId}, '') || coalesce(${p.uscc}, ''))
  FROM ${named(p)} WHERE ${p.noticeId} = ${n.id}`;
const LINES = defineSelect((range: Params<Range>) => ({
  fields: {
    line: sql<string>`${n.id} || ' ' || ${n.version} || ' ' || ${n.readingRules} || ' ' || ${n.updatedAt} || ' ' ||
      ${n.projectId} || ' ' || coalesce((${PARTIES}), '')`,
  },
  rest: inRange(range),
}));

const toRange = ({ category, year }: BulkGroup): Range => ({
  category,
  from: fromShanghai(year, 1, 1),
  until: fromShanghai(year + 1, 1, 1),
});

/** Ids of a group's notices, the earliest first. */
export function listGroupIds(db: Db, group: BulkGroup): string[] {
  return IDS.all(db, toRange(group)).map(({ id }) => id);
}

/** Changes whenever something that a group's files say does. `made` stands for how they are made. */
export function fingerprintGroup(db: Db, group: BulkGroup, made: string): string {
  const hash = createHash('sha256').update(made);
  for (const { line } of LINES.all(db, toRange(group))) hash.update(`\n${line}`);
  return hash.digest('hex');
}

const removedSince = (since: SQL) => sql`SELECT ${changes.subjectId} FROM ${changes}
    WHERE ${changes.subject} = 'notice' AND ${changes.seq} > ${since} AND ${changes.kind} = 'remove'
  UNION SELECT ${redactions.id} FROM ${redactions}
    WHERE ${redactions.subject} = 'notice' AND ${redactions.masked} > 0 AND ${redactions.change} > ${since}`;
const PLACES = defineSelect(({ since }: Params<{ since: number }>) => {
  const { content, noticeId } = noticeVersions;
  const toldAt = sql`json_extract(${content}, '$.publishedAt')`;
  return {
    fields: { category: notices.category, publishedAt: notices.publishedAt },
    rest: sql`FROM ${notices} WHERE ${notices.id} IN (${removedSince(since)})
      UNION SELECT json_extract(${content}, '$.category'), ${toldAt} FROM ${noticeVersions}
      WHERE ${noticeId} IN (${removedSince(since)}) AND ${toldAt} IS NOT NULL`,
  };
});

const REMOVED = defineSelect(({ since }: Params<{ since: number }>) => ({
  fields: { id: redactions.id },
  rest: sql`FROM ${redactions} WHERE ${redactions.subject} = 'notice' AND ${redactions.kind} = 'removed'
    AND (${redactions.change} > ${since} OR ${redactions.id} IN (SELECT ${changes.subjectId} FROM ${changes}
      WHERE ${changes.subject} = 'notice' AND ${changes.seq} > ${since} AND ${changes.kind} = 'remove')) LIMIT 1`,
}));

/** Whether something was removed by law after a position: it may have stood in any group, as the content that told is gone. */
export function hasRemovalsByLaw(db: Db, since: number): boolean {
  return REMOVED.first(db, { since }) !== undefined;
}

/**
 * The groups that may hold a notice which left the public, or some words of which did, after a position in the changes of notices:
 * all under which it, or any of its versions, has stood.
 */
export function listGroupsWithRemovals(db: Db, since: number): BulkGroup[] {
  return PLACES.all(db, { since }).map(({ category, publishedAt }) => ({
    category,
    year: toShanghaiClock(publishedAt).year,
  }));
}
