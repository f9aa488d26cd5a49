import type { Db } from '#db/client.ts';
import { renewLease } from '#db/lease.ts';
import { findRow, listRows, run as write } from '#src/publish/statements.ts';
import type { RunRecord } from './context.ts';

export interface RunEnd {
  state: 'succeeded' | 'failed' | 'held' | 'interrupted';
  error?: string;
  /** Notices newly flagged as gone from the feed. */
  gone?: number;
}

const releaseKey = (sourceKey: string) => `ingest.release ${sourceKey}`;

/** Opens the run's record. Runs of this source that are still open belong to processes that died: the lease is ours. */
export function startRun({ db, runId, source }: RunRecord): void {
  const now = new Date().toISOString();
  const transaction = db.$client.transaction(() => {
    write(
      db,
      `UPDATE ingest_runs SET state = 'interrupted', finished_at = ?, error = '进程中断' WHERE source_key = ? AND state = 'running'`,
      [now, source.key],
    );
    write(db, `INSERT INTO ingest_runs (id, source_key, started_at, state) VALUES (?, ?, ?, 'running')`, [
      runId,
      source.key,
      now,
    ]);
    write(db, 'UPDATE sources SET last_attempt_at = ? WHERE key = ?', [now, source.key]);
  });
  transaction.immediate();
}

const FINISH = `UPDATE ingest_runs SET finished_at = @now, state = @state, error = @error, fetched = @fetched, created = @created,
  changed = @changed, unchanged = @unchanged, rejected = @rejected WHERE id = @runId`;

const GOOD = `UPDATE sources SET last_success_at = @now, last_published_at = max(coalesce(last_published_at, ''), @newest),
  last_item_count = coalesce(@itemCount, last_item_count), consecutive_failures = 0, last_error = NULL, held_reason = NULL,
  validators = @validators WHERE key = @key`;

/** Closes the run's record and the source's health, and flags what a good full run no longer showed. */
export function finishRun(run: RunRecord, end: RunEnd): RunEnd {
  const { db, source, runId, counts } = run;
  const now = new Date().toISOString();
  let gone = 0;
  const transaction = db.$client.transaction(() => {
    if (run.lease) renewLease(db, run.lease);
    if (end.state === 'succeeded') {
      if (run.since === undefined && !run.isPartial) gone = flagGone(run, now);
      finishGood(run, now);
    } else if (end.state === 'held') {
      write(db, 'UPDATE sources SET held_reason = ?, last_error = NULL, consecutive_failures = 0 WHERE key = ?', [
        end.error,
        source.key,
      ]);
    } else if (end.state === 'failed') {
      const sql = 'UPDATE sources SET last_error = ?, consecutive_failures = consecutive_failures + 1 WHERE key = ?';
      write(db, sql, [end.error, source.key]);
    }
    write(db, FINISH, { ...counts, now, state: end.state, error: end.error ?? null, runId });
  });
  transaction.immediate();
  return { ...end, gone };
}

function finishGood(run: RunRecord, now: string): void {
  const { db, source, since, counts, newest, validators, isPartial } = run;
  const known = source.lastPublishedAt ?? '';
  write(db, GOOD, {
    now,
    newest: newest === '' ? known || null : newest,
    itemCount: since === undefined && !isPartial ? counts.fetched : null,
    validators: JSON.stringify(validators),
    key: source.key,
  });
  write(db, 'DELETE FROM states WHERE key = ?', [releaseKey(source.key)]);
}

/** Flags notices of the source that a full run did not show. They stay public: absence is not withdrawal. */
function flagGone({ db, source, seen }: RunRecord, now: string): number {
  const sql = `SELECT id, source_item_id AS itemId FROM notices WHERE source_key = ? AND gone_at IS NULL AND withdrawn_at IS NULL`;
  const missing = listRows<{ id: string; itemId: string }>(db, sql, source.key).filter(
    ({ itemId }) => !seen.has(itemId),
  );
  for (const { id } of missing) write(db, 'UPDATE notices SET gone_at = ? WHERE id = ?', [now, id]);
  return missing.length + flagGoneEntries(db, source.key, seen, now);
}

/** The same for entries of the exposure board and the blacklist: sources take down what was repaired without saying so. */
function flagGoneEntries(db: Db, sourceKey: string, seen: ReadonlySet<string>, now: string): number {
  const sql = `SELECT id, source_item_id AS itemId FROM exposures WHERE source_key = ? AND gone_at IS NULL`;
  const rows = listRows<{ id: string; itemId: string }>(db, sql, sourceKey);
  const missing = rows.filter(({ itemId }) => !seen.has(itemId));
  for (const { id } of missing) write(db, 'UPDATE exposures SET gone_at = ? WHERE id = ?', [now, id]);
  return missing.length;
}

/** Lets the next run of a held source through: its present size and ids are accepted as right. */
export function releaseSource(db: Db, sourceKey: string): void {
  const now = new Date().toISOString();
  const sql = 'INSERT OR REPLACE INTO states (key, value, updated_at) VALUES (?, ?, ?)';
  write(db, sql, [releaseKey(sourceKey), now, now]);
}

/** True when an operator has released the source and no good run has happened since. */
export function isReleased(db: Db, sourceKey: string): boolean {
  return findRow(db, 'SELECT 1 FROM states WHERE key = ?', releaseKey(sourceKey)) !== undefined;
}
