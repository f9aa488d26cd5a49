import type { Db } from '#db/client.ts';
import { saveIncomplete } from '../exposures/incomplete-rows.ts';
import { saveExposure } from '../exposures/store.ts';
import { renewLease } from '../lease.ts';
import { quarantine } from '../quarantine.ts';
import { findKnownById } from '../store/known.ts';
import { saveRawItem } from '../store/raw-items.ts';
import { run as write } from '../store/statements.ts';
import { type SaveContext, type SaveOutcome, saveNotice, withdrawNotice } from '../store.ts';
import type { CompletedItem, RunContext, RunCounts } from './context.ts';
import { toItemError } from './details.ts';

/** Items of one transaction: many, because a commit waits for the disk; few enough that other writers wait only briefly. */
const BATCH = 100;
/** Longest time that a read item waits for its transaction. */
const PATIENCE_MS = 2_000;

type Tally = Pick<RunCounts, 'created' | 'changed' | 'unchanged' | 'rejected'>;

/** Takes items for storing. They are stored when a batch is full or the oldest has waited long enough. */
export function queueItems(run: RunContext, items: CompletedItem[]): void {
  run.queue.push(...items);
  if (run.queue.length >= BATCH || performance.now() - run.savedAt > PATIENCE_MS) saveQueue(run);
}

/**
 * Stores the queued items, many to a transaction, each in its own savepoint: a bad item is put aside and the good ones
 * stay. Counts move only after the commit.
 */
export function saveQueue(run: RunContext): void {
  while (run.queue.length > 0) {
    const batch = run.queue.splice(0, BATCH);
    const tally = run.options.dryRun ? judgeBatch(run, batch) : saveBatch(run, batch);
    run.counts = withTally(run.counts, tally);
    for (const { prepared, entry } of batch) {
      const { publishedAt = '' } = (prepared ?? entry)?.content ?? {};
      if (publishedAt > run.newest) run.newest = publishedAt;
    }
  }
  run.savedAt = performance.now();
  run.options.onProgress?.({ sourceKey: run.source.key, total: run.total, ...run.counts });
}

function saveBatch(run: RunContext, batch: CompletedItem[]): Tally {
  const context = { runId: run.runId, now: new Date().toISOString() };
  const tally: Tally = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  run.db.$client
    .transaction(() => {
      if (run.lease) renewLease(run.db, run.lease);
      for (const item of batch) tally[saveItem(run, item, context)]++;
      // The board can follow a long run; in the same transaction, because each waits for the disk.
      write(run.db, COUNTS, { ...withTally(run.counts, tally), runId: run.runId });
    })
    .immediate();
  return tally;
}

function saveItem({ db }: RunContext, item: CompletedItem, context: SaveContext): SaveOutcome | 'rejected' {
  try {
    return storeItem(db, item, context);
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    // The example of an unknown code is public; the title of a decision may name a person.
    quarantine(db, item.raw, toItemError(error), item.draft.exposure ? '' : item.draft.title, context);
    if (item.incomplete) saveIncomplete(db, item.raw, item.incomplete, context.now);
    return 'rejected';
  }
}

/** Stores an item, or takes its notice back. @throws ItemRejectedError, SqliteError, or the error with which it was completed */
export function storeItem(db: Db, item: CompletedItem, context: SaveContext): SaveOutcome {
  if (item.error) throw item.error;
  if (item.entry) return saveExposure(db, item.entry, item.raw, context);
  if (item.prepared) return saveNotice(db, item.prepared, item.raw, context);
  if (item.known) return withdrawNotice(db, item.known, item.raw, context);
  // Withdrawn before it was ever received: nothing to take back.
  saveRawItem(db, item.raw, { ...context, state: 'accepted', reasons: [] });
  return 'unchanged';
}

/** Disk full, I/O error, lock: nothing about the item, everything about the machine. */
export function isStorageFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}

/** What saving would do. */
function judgeBatch(run: RunContext, batch: CompletedItem[]): Tally {
  const tally: Tally = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  for (const { prepared, entry, known, error } of batch) {
    const stored = prepared && findKnownById(run.db, prepared.content.id);
    if (error) tally.rejected++;
    else if (stored && stored.hash === prepared.hash) tally.unchanged++;
    else if (stored ?? known) tally.changed++;
    else if (prepared ?? entry) tally.created++;
  }
  return tally;
}

const COUNTS = `UPDATE ingest_runs SET fetched = @fetched, created = @created, changed = @changed, unchanged = @unchanged,
  rejected = @rejected WHERE id = @runId`;

function withTally(counts: RunCounts, tally: Tally): RunCounts {
  const { fetched, created, changed, unchanged, rejected } = counts;
  return {
    fetched,
    created: created + tally.created,
    changed: changed + tally.changed,
    unchanged: unchanged + tally.unchanged,
    rejected: rejected + tally.rejected,
  };
}
