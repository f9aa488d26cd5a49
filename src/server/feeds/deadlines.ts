import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listConditions, toSql } from '../notices/conditions.ts';
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

/** Deadlines of withdrawn notices. These have left the tables of parties: a filter by buyer or supplier finds none. */
export function listCancelled(db: Db, filter: NoticeFilter, now: Instant): CancelledDeadline[] {
  if (filter.buyer || filter.supplier) return [];
  const conditions = listConditions(filter, now);
  const where = conditions.map((condition) => toSql(condition, new Set(['deadline'])));
  return listRows<CancelledDeadline>(
    db,
    `SELECT n.id, n.version, n.deadline_at AS deadlineAt, n.deadline_precision AS deadlinePrecision, n.updated_at AS updatedAt FROM notices n
     WHERE ${['n.withdrawn_at IS NOT NULL', 'n.closes_at IS NOT NULL', ...where].join(' AND ')}
     ORDER BY n.closes_at LIMIT ?`,
    [...conditions.flatMap(({ values }) => values), MOST_DEADLINES],
  );
}
