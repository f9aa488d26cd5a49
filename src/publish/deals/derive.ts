import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { deals, notices } from '#db/schema/index.ts';
import { aliased, bare, excludedOf, named, paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { markNotices, type NoticeMark } from '#src/domain/deals/mark-notices.ts';
import { dealState } from '#src/domain/deals/standing.ts';
import { DEAL_RULES, toDeal } from '#src/domain/deals/to-deal.ts';
import { appendChange } from '../changes/append.ts';
import { type ObservedNotice, refreshObservations } from '../statistics/observe.ts';
import { markStale } from '../supervision/mark-stale.ts';

/** What its deal makes of a notice, as columns of the notice. */
const MARK = { closesAt: notices.closesAt, supersededBy: notices.supersededBy, supersededHow: notices.supersededHow };
type MarkRow = RowOf<typeof MARK>;

const newest = aliased(notices, 'newest');

/** What of a notice's row a deal and its observations are made of, and what was made of the notice. */
export const OWN_NOTICE = {
  id: notices.id,
  title: notices.title,
  stage: notices.stage,
  publishedAt: notices.publishedAt,
  lotCode: notices.lotCode,
  deadlineAt: notices.deadlineAt,
  deadlinePrecision: notices.deadlinePrecision,
  openingAt: notices.openingAt,
  openingPrecision: notices.openingPrecision,
  suppliers: notices.suppliers,
  tenderers: notices.tenderers,
  buyer: notices.buyer,
  agency: notices.agency,
  amountFen: notices.amountFen,
  amountKind: notices.amountKind,
  facts: notices.facts,
  version: notices.version,
  isPublic: notices.isPublic,
  ...MARK,
} satisfies Record<keyof ObservedNotice | keyof MarkRow | 'version', unknown>;
export type OwnNotice = RowOf<typeof OWN_NOTICE>;

/**
 * Public notices of a project that its deal is made of at most, the newest. No deal has as many: where a county gives one short code to
 * everything, the work for each notice stays bounded, and those before stand for nothing any more.
 */
export const MOST_NOTICES = 500;

// Of what is left out only those that still stand for something are read.
const OF_PROJECT = defineSelect((p: Params<{ projectId: string; most: number }>) => ({
  fields: OWN_NOTICE,
  rest: sql`FROM ${notices} WHERE ${notices.projectId} = ${p.projectId}
    AND (${notices.closesAt} IS NOT NULL OR ${notices.supersededBy} IS NOT NULL OR ${notices.id} IN (
      SELECT ${newest.id} FROM ${named(newest)} WHERE ${newest.projectId} = ${p.projectId} AND ${newest.isPublic} = 1
      ORDER BY ${newest.publishedAt} DESC, ${newest.id} DESC LIMIT ${p.most}))`,
}));
const SAVE_MARK = defineStatement(
  (p: Params<MarkRow & { id: string }>) => sql`
    UPDATE ${notices} SET ${bare(MARK.closesAt)} = ${p.closesAt}, ${bare(MARK.supersededBy)} = ${p.supersededBy},
      ${bare(MARK.supersededHow)} = ${p.supersededHow} WHERE ${notices.id} = ${p.id}`,
);

const DEAL = getTableColumns(deals);
export type StoredDeal = RowOf<typeof DEAL>;
const FIND = defineQuery((db, p: Params<{ projectId: string }>) =>
  db.select(DEAL).from(deals).where(eq(deals.projectId, p.projectId)),
);
const { projectId: _key, ...DERIVED } = DEAL;
const SAVE = defineQuery((db, p: Params<StoredDeal>) =>
  db
    .insert(deals)
    .values(paramsOf(DEAL, p))
    .onConflictDoUpdate({ target: deals.projectId, set: excludedOf(DERIVED) }),
);

/** What is derived of a project: its row, and the mark of each of its notices that has another one than it should. */
export interface Derived {
  deal: StoredDeal;
  marks: { notice: OwnNotice; mark: MarkRow }[];
}

/** Derives a project's deal from its notices, of which the newest public ones tell. The same notices give the same bytes. */
export function deriveDeal(projectId: string, own: readonly OwnNotice[]): Derived {
  const told = own.filter(({ isPublic }) => isPublic === 1);
  const deal = toDeal(told.length <= MOST_NOTICES ? told : told.sort(byNewest).slice(0, MOST_NOTICES));
  const marks = markNotices(deal);
  return {
    deal: { projectId, state: dealState(deal), rules: DEAL_RULES, course: JSON.stringify(deal) },
    marks: own.flatMap((notice) => {
      const mark = toMarkRow(marks.get(notice.id));
      return isSame(notice, mark) ? [] : [{ notice, mark }];
    }),
  };
}

/**
 * Derives a project's deal anew and stores it. The caller holds the transaction of the change that made it necessary, and tells itself
 * of the notice `telling`; of every other public notice that the deal makes another one of, a change is recorded here, because the
 * indexes hold it.
 */
export function refreshDeal(db: Db, projectId: string, context: WriteContext, telling?: string): void {
  markStale(db, projectId);
  const own = OF_PROJECT.all(db, { projectId, most: MOST_NOTICES });
  const { deal, marks } = deriveDeal(projectId, own);
  const before = FIND.first(db, { projectId });
  if (before?.course !== deal.course || before.rules !== deal.rules || before.state !== deal.state) SAVE.run(db, deal);
  refreshObservations(db, projectId, deal.course, own);
  for (const { notice, mark } of marks) {
    SAVE_MARK.run(db, { ...mark, id: notice.id });
    if (notice.isPublic !== 1 || notice.id === telling) continue;
    appendChange(db, { subject: 'notice', id: notice.id, version: notice.version, kind: 'upsert' }, context);
  }
}

/** Observes a project anew, by its stored deal and its notices. The caller holds the transaction. */
export function observeStored(db: Db, projectId: string, course: string): void {
  refreshObservations(db, projectId, course, OF_PROJECT.all(db, { projectId, most: MOST_NOTICES }));
}

/** As the database sorts: by bytes, which here are digits and letters. */
function byNewest(one: OwnNotice, other: OwnNotice): number {
  const [a, b] = [`${one.publishedAt} ${one.id}`, `${other.publishedAt} ${other.id}`];
  return a < b ? 1 : -1;
}

function toMarkRow(mark: NoticeMark | undefined): MarkRow {
  return {
    closesAt: mark?.closesAt ?? null,
    supersededBy: mark?.superseded?.byNoticeId ?? null,
    supersededHow: mark?.superseded?.how ?? null,
  };
}

const isSame = (one: MarkRow, other: MarkRow): boolean =>
  one.closesAt === other.closesAt &&
  one.supersededBy === other.supersededBy &&
  one.supersededHow === other.supersededHow;
