import { parseCursor } from '#db/epoch.ts';
import { saveKeyValue } from '#db/key-values.ts';
import { renewLease } from '#db/lease.ts';
import type { SaveOutcome } from '#src/publish/notices/store.ts';
import type { RunRecord } from '../run/context.ts';
import { toSaveContext } from '../run/records.ts';
import type { MirroredChange, MirroredPage } from './change.ts';
import { cursorKey } from './cursor.ts';
import { noteTold } from './renewal.ts';
import type { MirroredSubject } from './subject.ts';
import { takeChange } from './take-change.ts';

/** Changes of one transaction: many, because a commit waits for the disk; few enough that other writers wait only briefly. */
const BATCH = 100;

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
  const context = toSaveContext(run);
  const outcomes: (SaveOutcome | 'rejected')[] = [];
  const take = () => {
    if (run.lease) renewLease(run.db, run.lease);
    for (const change of batch) outcomes.push(takeChange(run, subject, change, context));
    noteTold(run, subject, batch);
    saveKeyValue(run.db, cursorKey(run.source.key, subject.of), cursor);
  };
  run.db.$client.transaction(take).immediate();
  for (const outcome of outcomes) run.counts[outcome]++;
}
