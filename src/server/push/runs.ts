import type { Db } from '#db/client.ts';
import type { Tally } from '#src/publish/items/store-item.ts';
import { run } from '#src/publish/statements.ts';
import type { PushJob } from './receive.ts';

interface PushRun {
  db: Db;
  job: PushJob;
  runId: string;
  receivedAt: string;
}

const INTERRUPTED = `UPDATE ingest_runs SET state = 'interrupted', finished_at = ?, error = '进程中断'
  WHERE source_key = ? AND state = 'running'`;
const FINISHED = `UPDATE ingest_runs SET state = 'succeeded', finished_at = @now, fetched = @fetched, created = @created,
  changed = @changed, unchanged = @unchanged, rejected = @rejected WHERE id = @runId`;
const GOOD = `UPDATE sources SET last_success_at = @now, consecutive_failures = 0, last_error = NULL,
  last_published_at = (SELECT max(published_at) FROM notices WHERE source_key = @key) WHERE key = @key`;

/** Opens the record of a push, so that the sync board shows it like any run. Open ones belong to processes that died: the lease is ours. */
export function startPush({ db, job, runId, receivedAt }: PushRun): void {
  const start = () => {
    run(db, INTERRUPTED, [receivedAt, job.sourceKey]);
    const sql = `INSERT INTO ingest_runs (id, source_key, started_at, state) VALUES (?, ?, ?, 'running')`;
    run(db, sql, [runId, job.sourceKey, receivedAt]);
    run(db, 'UPDATE sources SET last_attempt_at = ? WHERE key = ?', [receivedAt, job.sourceKey]);
  };
  db.$client.transaction(start).immediate();
}

/** Closes the record of a push, inside the caller's transaction. */
export function finishPush({ db, job, runId }: PushRun, counts: Tally): void {
  const now = new Date().toISOString();
  const fetched = counts.created + counts.changed + counts.unchanged + counts.rejected;
  run(db, FINISHED, { ...counts, fetched, now, runId });
  run(db, GOOD, { now, key: job.sourceKey });
}
