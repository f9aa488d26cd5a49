import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { ingestRuns, notices, sources } from '#db/schema/index.ts';
import type { Tally } from '#src/publish/items/store-item.ts';
import type { PushJob } from './receive.ts';

interface PushRun {
  db: Db;
  job: PushJob;
  runId: string;
  receivedAt: string;
}

const INTERRUPT = defineQuery((db, p: Params<{ sourceKey: string; now: string }>) =>
  db
    .update(ingestRuns)
    .set({ state: 'interrupted', finishedAt: p.now, error: '进程中断' })
    .where(and(eq(ingestRuns.sourceKey, p.sourceKey), eq(ingestRuns.state, 'running'))),
);
const OPEN = defineQuery((db, p: Params<{ runId: string; sourceKey: string; now: string }>) =>
  db.insert(ingestRuns).values({ id: p.runId, sourceKey: p.sourceKey, startedAt: p.now, state: 'running' }),
);
const ATTEMPT = defineQuery((db, p: Params<{ key: string; now: string }>) =>
  db.update(sources).set({ lastAttemptAt: p.now }).where(eq(sources.key, p.key)),
);
const CLOSE = defineQuery((db, p: Params<Tally & { runId: string; fetched: number; now: string }>) =>
  db
    .update(ingestRuns)
    .set({
      ...{ state: 'succeeded', finishedAt: p.now, fetched: p.fetched },
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

/** Opens the record of a push, so that the sync board shows it like any run. Open ones belong to processes that died: the lease is ours. */
export function startPush({ db, job, runId, receivedAt }: PushRun): void {
  const start = () => {
    INTERRUPT.run(db, { sourceKey: job.sourceKey, now: receivedAt });
    OPEN.run(db, { runId, sourceKey: job.sourceKey, now: receivedAt });
    ATTEMPT.run(db, { key: job.sourceKey, now: receivedAt });
  };
  db.$client.transaction(start).immediate();
}

/** Closes the record of a push, inside the caller's transaction. */
export function finishPush({ db, job, runId }: PushRun, counts: Tally): void {
  const now = new Date().toISOString();
  const fetched = counts.created + counts.changed + counts.unchanged + counts.rejected;
  CLOSE.run(db, { ...counts, fetched, now, runId });
  SUCCEED.run(db, { key: job.sourceKey, now });
}
