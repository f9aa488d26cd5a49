import { and, eq } from 'drizzle-orm';
import type { Params } from '#db/compile.ts';
import { parseCursor } from '#db/epoch.ts';
import { deleteKeyValue, readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { renewLease } from '#db/lease.ts';
import { defineQuery } from '#db/query.ts';
import { mirrorTold } from '#db/schema/index.ts';
import { SourceHeldError } from '#src/publish/items/reasons.ts';
import type { RunRecord } from '../run/context.ts';
import { toSaveContext } from '../run/records.ts';
import type { MirroredChange } from './change.ts';
import { restartCursor } from './cursor.ts';
import type { MirroredSubject } from './subject.ts';
import { takeChange } from './take-change.ts';

interface Told {
  mirror: string;
  subject: string;
}
const isOf = (p: Params<Told>) => and(eq(mirrorTold.mirror, p.mirror), eq(mirrorTold.subject, p.subject));
const NOTE = defineQuery((db, p: Params<Told & { id: string }>) =>
  db.insert(mirrorTold).values({ mirror: p.mirror, subject: p.subject, id: p.id }).onConflictDoNothing(),
);
const TAKE_BACK = defineQuery((db, p: Params<Told & { id: string }>) =>
  db.delete(mirrorTold).where(and(isOf(p), eq(mirrorTold.id, p.id))),
);
const LIST_TOLD = defineQuery((db, p: Params<Told>) =>
  db.select({ id: mirrorTold.id }).from(mirrorTold).where(isOf(p)),
);
const FORGET = defineQuery((db, p: Params<Told>) => db.delete(mirrorTold).where(isOf(p)));

/** Removals of one transaction. */
const BATCH = 100;

/** Key in `keyValues` of a renewal that is under way. */
const renewalKey = ({ source }: RunRecord, { of }: MirroredSubject) => `mirror.renewal ${source.key} ${of}`;

const isUnderWay = (run: RunRecord, subject: MirroredSubject): boolean =>
  readKeyValue(run.db, renewalKey(run, subject), '') !== '';

/**
 * From here on everything of a subject is read anew, because the other portal's sequence has begun anew: what it has lost it cannot
 * tell. A run that is cut off goes on with it.
 */
export function beginRenewal(run: RunRecord, subject: MirroredSubject): void {
  const begin = () => {
    if (run.lease) renewLease(run.db, run.lease);
    forgetTold(run, subject);
    restartCursor(run.db, run.source.key, subject);
    saveKeyValue(run.db, renewalKey(run, subject), new Date().toISOString());
  };
  run.db.$client.transaction(begin).immediate();
}

/** Notes what the other portal has, inside the transaction that takes it. Does nothing outside a renewal. */
export function noteTold(run: RunRecord, subject: MirroredSubject, batch: readonly MirroredChange[]): void {
  if (!isUnderWay(run, subject)) return;
  for (const { id, kind } of batch) {
    const query = kind === 'upsert' ? NOTE : TAKE_BACK;
    query.run(run.db, { ...toldBy(run, subject), id });
  }
}

const toldBy = ({ source }: RunRecord, { of }: MirroredSubject): Told => ({ mirror: source.key, subject: of });

/**
 * Ends a renewal whose last page was taken up to `cursor`: what is here and was not told again is taken down.
 * @throws SourceHeldError when the other portal tells nothing at all: an emptied portal is no reason to take everything down
 */
export function finishRenewal(run: RunRecord, subject: MirroredSubject, cursor: string): void {
  if (!isUnderWay(run, subject)) return;
  const { db, source } = run;
  const told = new Set(LIST_TOLD.all(db, toldBy(run, subject)).map(({ id }) => id));
  const lost = subject.listHeld(db, source.key).filter((id) => !told.has(id));
  if (subject.of === 'notices' && told.size === 0 && lost.length > 0 && !run.released)
    throw new SourceHeldError(`上游换了数据库，其中没有任何公告；本站由它而来的 ${lost.length} 条暂不下线`);
  for (let start = 0; start < lost.length; start += BATCH) {
    takeDown(run, subject, lost.slice(start, start + BATCH), cursor);
  }
  const end = () => {
    forgetTold(run, subject);
    deleteKeyValue(db, renewalKey(run, subject));
  };
  db.$client.transaction(end).immediate();
}

function takeDown(run: RunRecord, subject: MirroredSubject, ids: readonly string[], cursor: string): void {
  const context = toSaveContext(run);
  const seq = Math.max(1, parseCursor(cursor)?.seq ?? 1);
  const take = () => {
    if (run.lease) renewLease(run.db, run.lease);
    const removals = ids.map((id): MirroredChange => ({ seq, id, at: context.now, kind: 'remove' }));
    return removals.map((change) => takeChange(run, subject, change, context));
  };
  for (const outcome of run.db.$client.transaction(take).immediate()) run.counts[outcome]++;
}

function forgetTold(run: RunRecord, subject: MirroredSubject): void {
  FORGET.run(run.db, toldBy(run, subject));
}
