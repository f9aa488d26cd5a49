import { and, gte, lte } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { ledgerEntries, publicSubmissions } from '#db/schema/participation.ts';
import { type WorkingCalendar, workingDaysBetween } from '#src/domain/calendar/working-days.ts';
import { standingOf } from '#src/domain/participation/case.ts';
import { type CountedCase, DISPUTE_KINDS, type LedgerEntry } from '#src/domain/participation/figures.ts';
import { startOfDay } from '#src/domain/time/time.ts';
import { listAllEvents } from './cases.ts';

/** Days of both ends count. */
export interface Period {
  from: string;
  to: string;
}

const inPeriod = ({ from, to }: Period) =>
  and(gte(publicSubmissions.receivedOn, from), lte(publicSubmissions.receivedOn, to));

/** What came in within a period, as figures count it. */
export function listCountedCases(db: Db, period: Period, calendar: WorkingCalendar, today: string): CountedCase[] {
  const events = listAllEvents(db);
  const { id, kind, county, receivedOn } = publicSubmissions;
  const rows = db.select({ id, kind, county, receivedOn }).from(publicSubmissions).where(inPeriod(period)).all();
  return rows.map((row) => {
    const { endedOn, isOverdue, clock } = standingOf(row, events.get(row.id) ?? [], calendar, today);
    const days =
      endedOn === null ? null : workingDaysBetween(calendar, startOfDay(row.receivedOn), startOfDay(endedOn));
    const wasLate = endedOn !== null && clock.due !== null && clock.isCertain && endedOn > clock.due;
    return { kind: row.kind, county: row.county, workingDays: days ?? null, isOverdue, wasLate };
  });
}

/** The ledger of a period: what was entered by hand, and each complaint that came in here and was transferred. */
export function listLedger(db: Db, { from, to }: Period): LedgerEntry[] {
  const entered = db
    .select({ kind: ledgerEntries.kind, count: ledgerEntries.count })
    .from(ledgerEntries)
    .where(and(gte(ledgerEntries.occurredOn, from), lte(ledgerEntries.occurredOn, to)))
    .all();
  const disputes = new Set(
    db
      .select({ id: publicSubmissions.id, kind: publicSubmissions.kind })
      .from(publicSubmissions)
      .all()
      .filter(({ kind }) => DISPUTE_KINDS.includes(kind))
      .map(({ id }) => id),
  );
  const transferred = [...listAllEvents(db)].flatMap(([id, events]) => {
    const first = disputes.has(id) ? events.find(({ kind }) => kind === 'transferred') : undefined;
    return first && first.on >= from && first.on <= to ? [{ kind: 'complaintTransferred' as const, count: 1 }] : [];
  });
  return [...entered, ...transferred];
}
