import { asc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { caseEvents, publicAdditions } from '#db/schema/participation.ts';
import type { DisclosureDecision } from '#src/domain/disclosure/decisions.ts';
import type { CaseEvent } from '#src/domain/participation/case.ts';

/** An event of a submission as it is stored; words are sealed. */
export interface StoredEvent extends CaseEvent {
  /** Of the event itself; of an addition that of the event before it. */
  seq: number;
  isForPerson: boolean;
  decision: DisclosureDecision | null;
  /** Of a pause for a fee, in fen. */
  fee: number | null;
  accountId: string | null;
  sealed: Buffer | null;
}

/** What happened to a submission, in order; what the person added stands behind what they had seen. */
export function listEvents(db: Db, submissionId: string): StoredEvent[] {
  return (
    groupEvents(
      db.select().from(caseEvents).where(eq(caseEvents.submissionId, submissionId)).orderBy(asc(caseEvents.seq)).all(),
      db.select().from(publicAdditions).where(eq(publicAdditions.submissionId, submissionId)).all(),
    ).get(submissionId) ?? []
  );
}

/** The same of every submission. */
export const listAllEvents = (db: Db): Map<string, StoredEvent[]> =>
  groupEvents(db.select().from(caseEvents).orderBy(asc(caseEvents.seq)).all(), db.select().from(publicAdditions).all());

function groupEvents(
  events: readonly (typeof caseEvents.$inferSelect)[],
  additions: readonly (typeof publicAdditions.$inferSelect)[],
): Map<string, StoredEvent[]> {
  const all = [
    ...events.map((event) => ({ id: event.submissionId, order: 0, event: toEvent(event) })),
    ...additions.map((addition) => ({ id: addition.submissionId, order: 1, event: toAdded(addition) })),
  ].toSorted((a, b) => a.event.seq - b.event.seq || a.order - b.order || (a.event.on < b.event.on ? -1 : 1));
  const grouped = Map.groupBy(all, ({ id }) => id);
  return new Map([...grouped].map(([id, rows]) => [id, rows.map(({ event }) => event)]));
}

const toEvent = (row: typeof caseEvents.$inferSelect): StoredEvent => ({
  ...{ seq: row.seq, kind: row.kind, on: row.occurredOn, department: row.department, days: row.days, cause: row.cause },
  ...{ owner: row.ownerId, isForPerson: row.isForPerson, decision: row.decision, fee: row.fee },
  ...{ accountId: row.accountId, sealed: row.sealed },
});

const toAdded = (row: typeof publicAdditions.$inferSelect): StoredEvent => ({
  ...{ seq: row.afterEvent, kind: 'replied', on: row.receivedOn, isForPerson: false, decision: null, fee: null },
  ...{ accountId: null, sealed: row.sealed },
});
