import { renewLease } from '../lease.ts';
import { quarantine } from '../quarantine.ts';
import { findKnownById } from '../store/known.ts';
import { saveRawItem } from '../store/raw-items.ts';
import { run as write } from '../store/statements.ts';
import { type SaveContext, type SaveOutcome, saveNotice, withdrawNotice } from '../store.ts';
import type { RunContext, RunCounts } from './context.ts';
import { type CompletedItem, toItemError } from './details.ts';

/** Items of one transaction: few enough to keep other writers waiting only briefly. */
const BATCH = 100;

type Tally = Pick<RunCounts, 'created' | 'changed' | 'unchanged' | 'rejected'>;

/**
 * Stores items, many to a transaction, each in its own savepoint: a bad item is put aside and the good ones stay.
 * Counts move only after the commit.
 */
export function saveItems(run: RunContext, items: CompletedItem[]): void {
  for (let start = 0; start < items.length; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const tally = run.options.dryRun ? judgeBatch(run, batch) : saveBatch(run, batch);
    for (const key of ['created', 'changed', 'unchanged', 'rejected'] as const) run.counts[key] += tally[key];
    for (const { prepared } of batch) {
      if (prepared && prepared.content.publishedAt > run.newest) run.newest = prepared.content.publishedAt;
    }
    if (!run.options.dryRun) saveCounts(run);
  }
}

function saveBatch(run: RunContext, batch: CompletedItem[]): Tally {
  const context = { runId: run.runId, now: new Date().toISOString() };
  const tally: Tally = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  run.db.$client
    .transaction(() => {
      if (run.lease) renewLease(run.db, run.lease);
      for (const item of batch) tally[saveItem(run, item, context)]++;
    })
    .immediate();
  return tally;
}

function saveItem(run: RunContext, item: CompletedItem, context: SaveContext): SaveOutcome | 'rejected' {
  try {
    if (item.error) throw item.error;
    if (item.prepared) return saveNotice(run.db, item.prepared, item.raw, context);
    if (item.known) return withdrawNotice(run.db, item.known, item.raw, context);
    // Withdrawn before it was ever received: nothing to take back.
    saveRawItem(run.db, item.raw, { ...context, state: 'accepted', reasons: [] });
    return 'unchanged';
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    quarantine(run.db, item.raw, toItemError(error), item.draft.title, context);
    return 'rejected';
  }
}

/** Disk full, I/O error, lock: nothing about the item, everything about the machine. */
function isStorageFailure(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_') && !code.startsWith('SQLITE_CONSTRAINT');
}

/** What saving would do. */
function judgeBatch(run: RunContext, batch: CompletedItem[]): Tally {
  const tally: Tally = { created: 0, changed: 0, unchanged: 0, rejected: 0 };
  for (const { prepared, known, error } of batch) {
    const stored = prepared && findKnownById(run.db, prepared.content.id);
    if (error) tally.rejected++;
    else if (stored && stored.hash === prepared.hash) tally.unchanged++;
    else if (stored ?? known) tally.changed++;
    else if (prepared) tally.created++;
  }
  return tally;
}

const COUNTS = `UPDATE ingest_runs SET fetched = @fetched, created = @created, changed = @changed, unchanged = @unchanged,
  rejected = @rejected WHERE id = @runId`;

/** Writes the run's counts, so that the board can follow a long run. */
export function saveCounts(run: RunContext): void {
  write(run.db, COUNTS, { ...run.counts, runId: run.runId });
}
