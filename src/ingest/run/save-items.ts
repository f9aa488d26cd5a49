import { eq } from 'drizzle-orm';
import { renewLease } from '#db/lease.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { ingestRuns } from '#db/schema/index.ts';
import { isStorageFailure } from '#db/storage-errors.ts';
import { saveIncomplete } from '#src/publish/exposures/incomplete-rows.ts';
import { quarantine } from '#src/publish/items/quarantine.ts';
import { storeItem, type Tally } from '#src/publish/items/store-item.ts';
import { findKnownById } from '#src/publish/notices/known.ts';
import type { SaveContext, SaveOutcome } from '#src/publish/notices/store.ts';
import type { CompletedItem, RunContext, RunCounts } from './context.ts';
import { toItemError } from './details.ts';

const SET_COUNTS = defineQuery((db, p: Params<RunCounts & { runId: string }>) =>
  db
    .update(ingestRuns)
    .set({
      fetched: p.fetched,
      created: p.created,
      changed: p.changed,
      unchanged: p.unchanged,
      rejected: p.rejected,
    })
    .where(eq(ingestRuns.id, p.runId)),
);

/** Items of one transaction: many, because a commit waits for the disk; few enough that other writers wait only briefly. */
const BATCH = 100;
/** Longest time that a read item waits for its transaction. */
const PATIENCE_MS = 2_000;

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
      SET_COUNTS.run(run.db, { ...withTally(run.counts, tally), runId: run.runId });
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
