import type { Db } from '#db/client.ts';
import { parseCursor } from '#src/server/changes/epoch.ts';
import { readState, saveState } from '#src/server/search/states.ts';
import { sha256 } from '../fingerprints.ts';
import { renewLease } from '../lease.ts';
import { quarantine } from '../quarantine.ts';
import type { RunRecord } from '../run/context.ts';
import { isStorageFailure } from '../run/save-items.ts';
import type { RawItem } from '../store/raw-items.ts';
import type { SaveContext, SaveOutcome } from '../store.ts';
import type { MirroredChange, MirroredPage } from './change.ts';
import { noteTold } from './renewal.ts';
import type { MirroredSubject } from './subject.ts';

/** Changes of one transaction: many, because a commit waits for the disk; few enough that other writers wait only briefly. */
const BATCH = 100;

/** Where a reader begins who has no cursor yet. */
export const START = '0';

const cursorKey = (mirror: string, of: MirroredSubject['of']) =>
  `mirror.cursor ${mirror}${of === 'notices' ? '' : ` ${of}`}`;

/** The other portal's cursor behind the changes of a subject that have been taken. */
export function readCursor(db: Db, mirror: string, { of }: MirroredSubject): string {
  return readState(db, cursorKey(mirror, of), START);
}

/** The beginning of the sequence that a cursor is of: when that has ended, its portal says so. */
export function toStart(cursor: string): string {
  const { epoch } = parseCursor(cursor) ?? {};
  return epoch ? `${epoch}-0` : START;
}

/** Forgets how far the changes of a subject have been taken: the next run takes them all, and what is here already stays as it is. */
export function forgetCursor(db: Db, mirror: string, subject: MirroredSubject): void {
  saveState(db, cursorKey(mirror, subject.of), toStart(readCursor(db, mirror, subject)));
}

/** Takes the changes of a subject from the beginning of another sequence from now on. */
export function restartCursor(db: Db, mirror: string, { of }: MirroredSubject): void {
  saveState(db, cursorKey(mirror, of), START);
}

/** Stores the changes of a page, many to a transaction; the place behind them moves with them. A dry run only counts them. */
export function takePage(run: RunRecord, subject: MirroredSubject, { items, next }: MirroredPage): void {
  run.counts.fetched += items.length;
  if (run.options.dryRun) return;
  for (let start = 0; start < items.length || start === 0; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const isLast = start + BATCH >= items.length;
    takeBatch(run, subject, batch, isLast ? next : toCursorAt(next, batch));
  }
  run.options.onProgress?.({ sourceKey: run.source.key, total: undefined, ...run.counts });
}

/** The cursor behind the last change of a batch, in the sequence that a cursor is of. */
function toCursorAt(cursor: string, batch: readonly MirroredChange[]): string {
  const { epoch } = parseCursor(cursor) ?? {};
  const seq = String(batch.at(-1)?.seq ?? 0);
  return epoch ? `${epoch}-${seq}` : seq;
}

function takeBatch(run: RunRecord, subject: MirroredSubject, batch: readonly MirroredChange[], cursor: string): void {
  const context = { runId: run.runId, now: new Date().toISOString() };
  const outcomes: (SaveOutcome | 'rejected')[] = [];
  const take = () => {
    if (run.lease) renewLease(run.db, run.lease);
    for (const change of batch) outcomes.push(takeChange(run, subject, change, context));
    noteTold(run, subject, batch);
    saveState(run.db, cursorKey(run.source.key, subject.of), cursor);
  };
  run.db.$client.transaction(take).immediate();
  for (const outcome of outcomes) run.counts[outcome]++;
}

/** Takes one change in a savepoint of its own: a bad one is put aside and the others stay. */
export function takeChange(
  { db, source }: RunRecord,
  subject: MirroredSubject,
  change: MirroredChange,
  context: SaveContext,
): SaveOutcome | 'rejected' {
  const raw = toRaw(source.key, change);
  const taking = { db, mirror: source.key, raw, context };
  try {
    return db.$client.transaction(() => subject[change.kind](change, taking))();
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    quarantine(db, raw, error, '', context);
    return 'rejected';
  }
}

/** What is kept of a change: its place and time are not part of what it says. */
function toRaw(sourceKey: string, change: MirroredChange): RawItem {
  const { seq, at: _at, ...said } = change;
  const contentHash = sha256(change.kind === 'upsert' ? JSON.stringify(said) : `remove ${seq}`);
  return { sourceKey, sourceItemId: change.id, contentHash, listItem: JSON.stringify(change) };
}
