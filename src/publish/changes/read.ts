import { and, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { changes } from '#db/schema/changes.ts';
import type { ChangeKind, ChangeSubject } from '#src/domain/changes.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** A recorded change. Positions are numbers of the sequence of its subject. */
export interface Change {
  seq: number;
  subjectId: string;
  version: number | null;
  kind: ChangeKind;
  at: Instant;
}

type Position = { subject: ChangeSubject; after: number };

const { subject, seq, subjectId, version, kind, at } = changes;
// Texts, because these two are asked all the time: by each follower several times a second, and with each write.
const AFTER = defineSelect((p: Params<Position & { limit: number }>) => ({
  fields: { seq, subjectId, version, kind, at },
  rest: sql`FROM ${changes} WHERE ${subject} = ${p.subject} AND ${seq} > ${p.after} ORDER BY ${seq} LIMIT ${p.limit}`,
}));
const LAST = defineSelect((p: Params<{ subject: ChangeSubject }>) => ({
  fields: { seq },
  rest: sql`FROM ${changes} WHERE ${subject} = ${p.subject} ORDER BY ${seq} DESC LIMIT 1`,
}));
const COUNT = defineQuery((db, p: Params<Position>) =>
  db
    .select({ total: sql<number>`count(*)` })
    .from(changes)
    .where(and(eq(changes.subject, p.subject), gt(changes.seq, p.after))),
);
const IDS = defineQuery((db, p: Params<Position>) =>
  db
    .selectDistinct({ id: changes.subjectId })
    .from(changes)
    .where(and(eq(changes.subject, p.subject), gt(changes.seq, p.after))),
);

/** The changes behind a position, in the order of the commits, at most `limit`. */
export function listAfter(db: Db, subject: ChangeSubject, after: number, limit: number): Change[] {
  return AFTER.all(db, { subject, after, limit });
}

/** The position of the newest change; 0 when there is none. */
export function lastChange(db: Db, subject: ChangeSubject): number {
  return LAST.first(db, { subject })?.seq ?? 0;
}

/** How many changes there are behind a position. */
export function countAfter(db: Db, subject: ChangeSubject, after: number): number {
  return COUNT.first(db, { subject, after })?.total ?? 0;
}

/** Everything that changed behind a position, each once. */
export function listChangedIds(db: Db, subject: ChangeSubject, after: number): string[] {
  return IDS.all(db, { subject, after }).map(({ id }) => id);
}
