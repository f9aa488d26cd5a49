import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { ingestRuns, notices, sources } from '#db/schema/index.ts';
import type { Tally } from '#src/publish/items/store-item.ts';

/** The record of one push or import on the sync board. */
export interface ReceivedRun {
  runId: string;
  sourceKey: string;
}

const INTERRUPT = defineQuery((db, p: Params<{ sourceKey: string; now: string }>) =>
  db
    .update(ingestRuns)
    .set({ state: 'interrupted', finishedAt: p.now, error: '进程中断' })
    .where(and(eq(ingestRuns.sourceKey, p.sourceKey), eq(ingestRuns.state, 'running'))),
);
const OPEN = defineQuery((db, p: Params<ReceivedRun & { now: string }>) =>
  db.insert(ingestRuns).values({ id: p.runId, sourceKey: p.sourceKey, startedAt: p.now, state: 'running' }),
);
const ATTEMPT = defineQuery((db, p: Params<{ key: string; now: string }>) =>
  db.update(sources).set({ lastAttemptAt: p.now }).where(eq(sources.key, p.key)),
);
const CLOSE = defineQuery(
  (db, p: Params<Tally & { runId: string; fetched: number; state: 'succeeded' | 'interrupted'; now: string }>) =>
    db
      .update(ingestRuns)
      .set({
        ...{ state: p.state, finishedAt: p.now, fetched: p.fetched },
        ...{ created: p.created, changed: p.changed, unchanged: p.unchanged, rejected: p.rejected },
      })
      .where(eq(ingestRuns.id, p.runId)),
);
const SUCCEED = defineQuery((db, p: Params<{ key: string; now: string }>) => {
  const newest = db
    .select({ at: sql`max(${notices.publishedAt})` })
    .from(notices)
    .where(eq(notices.sourceKey, p.key));
  return db
    .update(sources)
    .set({ lastSuccessAt: p.now, consecutiveFailures: 0, lastError: null, lastPublishedAt: sql`${newest}` })
    .where(eq(sources.key, p.key));
});

/** Opens the record of a run, so that the sync board shows it like any. Open ones belong to processes that died: the lease of the source is the caller's. */
export function startReceived(db: Db, { runId, sourceKey }: ReceivedRun, now: string): void {
  const start = () => {
    INTERRUPT.run(db, { sourceKey, now });
    OPEN.run(db, { runId, sourceKey, now });
    ATTEMPT.run(db, { key: sourceKey, now });
  };
  db.$client.transaction(start).immediate();
}

/** Closes the record of a run, inside the caller's transaction. */
export function finishReceived(
  db: Db,
  { runId, sourceKey }: ReceivedRun,
  counts: Tally,
  state: 'succeeded' | 'interrupted' = 'succeeded',
): void {
  const now = new Date().toISOString();
  const fetched = counts.created + counts.changed + counts.unchanged + counts.rejected;
  CLOSE.run(db, { ...counts, fetched, now, runId, state });
  if (state === 'succeeded') SUCCEED.run(db, { key: sourceKey, now });
}
