import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, selectAll } from '#db/query.ts';
import { notices, projects } from '#db/schema/index.ts';
import { aliased, named, valuesOf } from '#db/sql-pieces.ts';
import { type DateKind, listDealDates } from '#src/domain/deals/deal-dates.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import { endOf, type Moment, toMoment } from '#src/domain/time/moment.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';
import { type Condition, fromClause, listConditions, n, toSql, whereAll } from '../notices/conditions.ts';
import { listDeals } from '../notices/deal.ts';
import { listSummariesById } from '../notices/row.ts';
import { findProjectTitle } from '../projects/title.ts';
import { readMatches } from '../search/matches.ts';
import { addDetails, type FeedEntry } from './list.ts';

/** Projects in a calendar, those whose dates are ahead first. */
const MOST_PROJECTS = 1_000;
/** For so long a date that has passed stays: a subscription that forgets it at once takes it out of its reader's own calendar. */
const KEPT_DAYS = 30;

/** A date of a project, as calendars tell it. */
export interface CalendarDate {
  projectId: string;
  kind: DateKind;
  /** Which of the project's dates of the kind, as in `DealDate`. */
  lot: string;
  lots: string[];
  moment: Moment;
  isOpeningToo: boolean;
  isCancelled: boolean;
  /** Rises with whatever becomes of the project's notices. */
  sequence: number;
  updatedAt: Instant;
  /** The project's title, and the notice that gave the date; null when that is not public any more: nothing of it is told. */
  told: { title: string; entry: FeedEntry } | null;
}

/** What a calendar is made of. */
export interface Calendar {
  dates: CalendarDate[];
  projectTitle: string | undefined;
}

/**
 * The dates of the projects of a list or search: those ahead, and those of the last thirty days. What a project no longer keeps
 * (withdrawn, suspended, ended) is cancelled. The filter's status does not count: what closes leaves an open list, and not a calendar.
 */
export async function listDeadlines(db: Db, filter: NoticeFilter, now: Instant): Promise<Calendar> {
  const since = addDays(now, -KEPT_DAYS);
  const { status: _any, ...wanted } = filter;
  const ids = wanted.q ? await searchProjects(db, wanted, since) : findProjects(db, wanted, since, now);
  const isWhole = wanted.project !== undefined;
  const dates = listProjectDates(db, ids, since).filter(({ kind }) => isWhole || kind !== 'publicity');
  return { dates, projectTitle: findProjectTitle(db, filter) };
}

/** Projects of a search with a deadline after `since`. */
async function searchProjects(db: Db, filter: NoticeFilter, since: Instant): Promise<string[]> {
  const { items } = await readMatches(db, { ...filter, sort: 'deadline', limit: MOST_PROJECTS });
  const ids = items.flatMap(({ projectId, closesAt, deadlineAt }) =>
    projectId && (closesAt ?? deadlineAt ?? '') > since ? [projectId] : [],
  );
  return [...new Set(ids)];
}

const OWN = { projectId: n.projectId };

/** Projects of a list with a deadline after `since`: one that counts, or one that was announced and does not. */
export function findProjects(db: Db, filter: NoticeFilter, since: Instant, now: Instant): string[] {
  if (filter.project !== undefined) return [filter.project];
  const conditions = listConditions(filter, now);
  const limit = sql.raw(String(MOST_PROJECTS));
  const counting = selectAll(
    db,
    OWN,
    sql`FROM ${fromClause(conditions)}${whereDated(conditions, sql`${n.closesAt} > ${since}`)}
      GROUP BY ${n.projectId} ORDER BY max(${n.closesAt}) <= ${now}, max(${n.closesAt}) LIMIT ${limit}`,
  );
  const rows = [...counting, ...findVoid(db, filter, since)];
  return [...new Set(rows.map(({ projectId }) => projectId))].slice(0, MOST_PROJECTS);
}

/** The party that drives, else the index of the times. */
function whereDated(conditions: readonly Condition[], dated: SQL): SQL {
  const driver = conditions.some(({ kind }) => kind === 'party') ? 'party' : undefined;
  const others = conditions.map((condition) => toSql(condition, new Set(driver ? [driver] : [])));
  return whereAll([dated, ...others]);
}

/** Under the name that conditions know the public notice by: these may be withdrawn. */
const w = aliased(notices, 'n');

/** Projects with a deadline that does not count. Withdrawn notices have left the tables of parties: a filter by one finds none. */
export function findVoid(db: Db, filter: NoticeFilter, since: Instant): { projectId: string }[] {
  if (filter.buyer || filter.agency || filter.supplier || filter.tenderer) return [];
  const isVoid = sql`${w.deadlineAt} IS NOT NULL AND ${w.closesAt} IS NULL AND ${w.canonicalId} IS NULL AND ${w.deadlineAt} > ${since}`;
  return selectAll(
    db,
    { projectId: w.projectId },
    sql`FROM ${named(w)}${whereDated(listConditions(filter, since), isVoid)} ORDER BY ${w.deadlineAt} LIMIT ${MOST_PROJECTS}`,
  );
}

const HISTORY = defineSelect((p: Params<{ ids: string }>) => ({
  fields: {
    id: projects.id,
    title: projects.title,
    sequence: sql<number>`sum(${w.version})`,
    updatedAt: sql<Instant>`max(${w.updatedAt})`,
  },
  rest: sql`FROM ${projects} JOIN ${named(w)} ON ${w.projectId} = ${projects.id}
    WHERE ${projects.id} IN ${valuesOf(p.ids)} GROUP BY ${projects.id}`,
}));
const WITHDRAWN = defineSelect((p: Params<{ ids: string }>) => ({
  fields: { projectId: w.projectId, at: w.deadlineAt, precision: w.deadlinePrecision },
  rest: sql`FROM ${named(w)} WHERE ${w.projectId} IN ${valuesOf(p.ids)} AND ${w.withdrawnAt} IS NOT NULL
    AND ${w.deadlineAt} IS NOT NULL AND ${w.canonicalId} IS NULL ORDER BY ${w.publishedAt}, ${w.id}`,
}));

function listProjectDates(db: Db, ids: readonly string[], since: Instant): CalendarDate[] {
  const asked = { ids: JSON.stringify(ids) };
  const deals = listDeals(db, ids);
  const found = HISTORY.all(db, asked).flatMap(({ id, ...history }) => {
    const dates = deals.get(id) ? listDealDates(deals.get(id) ?? { lots: [], superseded: [] }) : [];
    return dates.map((date) => ({ ...date, projectId: id, ...history }));
  });
  const entries = listEntries(db, [...new Set(found.map(({ noticeId }) => noticeId))]);
  const dates = found.map(({ isVoid, noticeId, title, ...date }): CalendarDate => {
    const entry = entries.get(noticeId);
    return { ...date, isCancelled: isVoid, told: entry ? { title, entry } : null };
  });
  const kept = new Set(dates.flatMap(({ kind, projectId }) => (kind === 'deadline' ? [projectId] : [])));
  const lost = listWithdrawn(db, asked).filter(({ projectId }) => !kept.has(projectId));
  return [...dates, ...lost].filter(({ moment }) => endOf(moment) > since);
}

/** Deadlines that nothing public tells any more. */
function listWithdrawn(db: Db, asked: { ids: string }): CalendarDate[] {
  const history = new Map(HISTORY.all(db, asked).map((row) => [row.id, row]));
  const last = new Map(WITHDRAWN.all(db, asked).map((row) => [row.projectId, row]));
  return [...last.values()].flatMap(({ projectId, at, precision }): CalendarDate[] => {
    const moment = toMoment(at, precision);
    const { sequence, updatedAt } = history.get(projectId) ?? {};
    if (!moment || sequence === undefined || updatedAt === undefined) return [];
    const date = { projectId, kind: 'deadline' as const, lot: '', lots: [], moment, sequence, updatedAt };
    return [{ ...date, isOpeningToo: false, isCancelled: true, told: null }];
  });
}

function listEntries(db: Db, ids: readonly string[]): Map<string, FeedEntry> {
  return new Map(addDetails(db, listSummariesById(db, ids)).map((entry) => [entry.id, entry]));
}
