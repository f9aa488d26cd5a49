import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import { exposureCases, staffAccounts } from '#db/schema/index.ts';
import type { WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { ForbiddenError, InputError, NotFoundError } from '#src/domain/errors.ts';
import { caseDue, caseOutcome, type ExposureCaseKind, exposureCaseKind } from '#src/domain/exposures/cases/cases.ts';
import { formatDate, startOfDay } from '#src/domain/time/time.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { type Doer, recordAudit } from '../audit.ts';
import { movedBy } from '../moved-by.ts';

export type ExposureCaseRow = typeof exposureCases.$inferSelect & { opener: string; decider: string | null };

const decider = alias(staffAccounts, 'decider');

/** Cases of a county (null: all), of one entry where it is named: the open ones first, those that are due earliest before others. */
export function listCases(
  db: Db,
  { county, exposureId, isOpen }: { county: County | null; exposureId?: string; isOpen?: boolean },
): ExposureCaseRow[] {
  const rows = db
    .select({ row: exposureCases, opener: staffAccounts.displayName, decider: decider.displayName })
    .from(exposureCases)
    .innerJoin(staffAccounts, eq(staffAccounts.id, exposureCases.openedBy))
    .leftJoin(decider, eq(decider.id, exposureCases.decidedBy))
    .where(
      and(
        county === null ? undefined : eq(exposureCases.county, county),
        exposureId === undefined ? undefined : eq(exposureCases.exposureId, exposureId),
        isOpen === undefined ? undefined : isOpen ? isNull(exposureCases.outcome) : isNotNull(exposureCases.outcome),
      ),
    )
    .orderBy(sql`${exposureCases.outcome} IS NOT NULL`, asc(exposureCases.dueAt), desc(exposureCases.openedAt))
    .limit(200)
    .all();
  return rows.map(({ row, ...people }) => ({ ...row, ...people }));
}

/** @throws NotFoundError */
export function getCase(db: Db, id: string): typeof exposureCases.$inferSelect {
  const row = db.select().from(exposureCases).where(eq(exposureCases.id, id)).get();
  if (!row) throw new NotFoundError('没有这件异议、修复或撤销');
  return row;
}

/** A case as it comes in. */
export interface NewCase {
  exposureId: string;
  county: County;
  kind: ExposureCaseKind;
  /** `YYYY-MM-DD`. */
  receivedOn: string;
  ground: string;
}

/** Opens a case; an objection is marked on the entry at once. The caller holds the transaction. @throws InputError */
export function openCase(db: Db, doer: Doer, given: NewCase, openedBy: string, calendar: WorkingCalendar): string {
  const { exposureId, county, kind, receivedOn, ground } = given;
  if (receivedOn > formatDate(doer.now)) throw new InputError([{ name: 'receivedOn', message: '收到日期在今天以后' }]);
  const isDouble = listCases(db, { county: null, exposureId, isOpen: true }).some((row) => row.kind === kind);
  if (isDouble) throw new InputError([{ name: 'kind', message: '这个条目已有一件同类的正在办理' }]);
  const due = dueOf(calendar, kind, receivedOn, false);
  const id = randomUUID();
  const row = { id, exposureId, county, kind, revision: 1, receivedOn, ground, openedBy, openedAt: doer.now, ...due };
  db.insert(exposureCases).values(row).run();
  const { opens, label } = exposureCaseKind(kind);
  if (opens) recordExposureEvent(db, exposureId, { kind: opens, at: doer.now, basis: `收到${label}，正在核实` }, doer);
  recordAudit(db, doer, {
    ...{ action: 'exposure.openCase', subject: `exposure:${exposureId}`, county, reason: ground },
    details: { case: id, kind, receivedOn },
  });
  return id;
}

interface SeenCase {
  id: string;
  revision: number;
}

/** Takes the longer limit, where others have to help. The caller holds the transaction. @throws InputError, ConflictError */
export function extendCase(db: Db, doer: Doer, seen: SeenCase, reason: string, calendar: WorkingCalendar): void {
  const row = assertOpen(db, seen);
  if (exposureCaseKind(row.kind).extendedDays === null || row.isExtended)
    throw new InputError([{ name: 'form', message: '办理期限不能再延长' }]);
  move(db, row, { isExtended: true, ...dueOf(calendar, row.kind, row.receivedOn, true) });
  recordAudit(db, doer, {
    ...{ action: 'exposure.extendCase', subject: `exposure:${row.exposureId}`, county: row.county, reason },
    details: { case: row.id, kind: row.kind },
  });
}

/**
 * Closes a case: what came of it is written down of the entry, which ends where it has to. Nobody ends a publication alone. The caller
 * holds the transaction. @throws InputError, ForbiddenError, ConflictError
 */
export function closeCase(
  db: Db,
  doer: Doer,
  seen: SeenCase,
  { outcome, basis, accountId }: { outcome: string; basis: string; accountId: string },
): void {
  const row = assertOpen(db, seen);
  const found = caseOutcome(row.kind, outcome);
  if (!found) throw new InputError([{ name: 'outcome', message: '请选择办理结果' }]);
  if (found.ends && row.openedBy === accountId)
    throw new ForbiddenError('停止公示须由受理人以外的另一人办结', 'isOpener');
  move(db, row, { outcome, basis, decidedBy: accountId, decidedAt: doer.now });
  for (const kind of found.events) recordExposureEvent(db, row.exposureId, { kind, at: doer.now, basis }, doer);
  recordAudit(db, doer, {
    ...{ action: 'exposure.closeCase', subject: `exposure:${row.exposureId}`, county: row.county, reason: basis },
    details: { case: row.id, kind: row.kind, outcome },
  });
}

function dueOf(calendar: WorkingCalendar, kind: ExposureCaseKind, receivedOn: string, isExtended: boolean) {
  const due = caseDue(calendar, kind, startOfDay(receivedOn), isExtended);
  if (!due) throw new InputError([{ name: 'receivedOn', message: '收到日期那一年的放假安排没有载入，不能计算期限' }]);
  return { dueAt: due.at, isDueCertain: due.isCertain };
}

function assertOpen(db: Db, { id, revision }: SeenCase) {
  const row = getCase(db, id);
  if (row.outcome !== null || row.revision !== revision) throw movedBy(db, `exposure:${row.exposureId}`, '这件事');
  return row;
}

function move(
  db: Db,
  { id, revision, exposureId }: typeof exposureCases.$inferSelect,
  columns: Partial<typeof exposureCases.$inferInsert>,
): void {
  const { changes } = db
    .update(exposureCases)
    .set({ ...columns, revision: revision + 1 })
    .where(and(eq(exposureCases.id, id), eq(exposureCases.revision, revision), isNull(exposureCases.outcome)))
    .run();
  if (changes !== 1) throw movedBy(db, `exposure:${exposureId}`, '这件事');
}
