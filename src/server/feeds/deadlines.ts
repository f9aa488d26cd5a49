import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { selectAll } from '#db/query.ts';
import { notices } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listConditions, toSql, whereAll } from '../notices/conditions.ts';
import { readMatches } from '../search/matches.ts';
import { addDetails, type FeedEntry } from './list.ts';

/** Deadlines in a calendar, the next ones; read as one page. */
const MOST_DEADLINES = 1_000;

/** A deadline that was announced and is void since its notice was withdrawn. Nothing else of the notice is told. */
export interface CancelledDeadline {
  id: string;
  version: number;
  deadlineAt: Instant;
  deadlinePrecision: MomentPrecision | null;
  updatedAt: Instant;
}

export interface Deadlines {
  entries: FeedEntry[];
  cancelled: CancelledDeadline[];
}

/** The deadlines ahead of the notices of a list or search, and those ahead that were withdrawn. */
export async function listDeadlines(db: Db, filter: NoticeFilter, now: Instant): Promise<Deadlines> {
  const open: NoticeFilter = { ...filter, status: filter.status ?? 'open', sort: 'deadline', limit: MOST_DEADLINES };
  const entries = addDetails(db, (await readMatches(db, open)).items);
  return { entries, cancelled: filter.q ? [] : listCancelled(db, open, now) };
}

/** Under the name that conditions know the public notice by: these are not public. */
const n = aliased(notices, 'n');

/** Deadlines of withdrawn notices. These have left the tables of parties: a filter by one finds none. */
export function listCancelled(db: Db, filter: NoticeFilter, now: Instant): CancelledDeadline[] {
  if (filter.buyer || filter.agency || filter.supplier) return [];
  const { status: _open, ...others } = filter;
  const where = whereAll([
    sql`${n.withdrawnAt} IS NOT NULL`,
    sql`${n.deadlineAt} IS NOT NULL AND ${n.closesAt} IS NULL AND ${n.canonicalId} IS NULL AND ${n.deadlineAt} > ${now}`,
    ...listConditions(others, now).map((condition) => toSql(condition, new Set())),
  ]);
  return selectAll(
    db,
    {
      id: n.id,
      version: n.version,
      deadlineAt: sql<Instant>`${n.deadlineAt}`,
      deadlinePrecision: n.deadlinePrecision,
      updatedAt: n.updatedAt,
    },
    sql`FROM ${named(n)}${where} ORDER BY ${n.deadlineAt} LIMIT ${MOST_DEADLINES}`,
  );
}
