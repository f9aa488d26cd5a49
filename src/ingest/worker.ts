import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { addDays, formatDate } from '#src/domain/time.ts';
import type { Config } from '#src/server/config.ts';
import { startEngine } from '#src/server/search/engine.ts';
import { drainOutbox } from '#src/server/search/indexer.ts';
import { reconcile } from '#src/server/search/reconcile.ts';
import { createFetcher, type Fetcher } from './fetch.ts';
import { type RunOptions, runSource } from './pipeline.ts';
import { assertSanitizerWorks } from './sanitize.ts';
import { findRow, listRows } from './store/statements.ts';

const ZONE = 'Asia/Shanghai';
/** Weekly look at two months, for what was published late under an old date; monthly look at everything, for what is gone. */
const SWEEP = '20 3 * * 0';
const SWEEP_DAYS = 60;
const FULL = '20 2 1 * *';
const DRAIN_INTERVAL_MS = 300;
const DRAIN_PAUSE_MS = 5_000;
/** The index is compared with the database this often. */
const RECONCILE_INTERVAL_MS = 30_000;
/** A failing source is asked ever more rarely, up to this. */
const LONGEST_PAUSE_MS = 6 * 3600_000;

export interface WorkerParts {
  db: Db;
  config: Config;
  log: Logger;
}

export interface Worker {
  /** Ends the schedule, lets running transactions finish, gives every lease back. */
  stop(): Promise<void>;
}

interface ScheduledSource {
  key: string;
  schedule: string;
}

/** Runs every enabled source on its schedule and keeps the search index up to the outbox. @throws Error when the sanitiser does not work */
export function startWorker({ db, config, log }: WorkerParts): Worker {
  assertSanitizerWorks();
  const stopping = new AbortController();
  const fetcher = createFetcher({ allowPrivate: config.FEED_ALLOW_PRIVATE, filesDir: config.FEED_FILES_DIR });
  const running = new Map<string, Promise<void>>();

  const start = (key: string, extra: Pick<RunOptions, 'since' | 'full'> = {}): void => {
    if (running.has(key) || stopping.signal.aborted || isPaused(db, key)) return;
    const work = runLogged({ db, log }, key, { ...extra, fetcher, signal: stopping.signal });
    running.set(
      key,
      work.finally(() => running.delete(key)),
    );
  };
  const sources = listRows<ScheduledSource>(db, 'SELECT key, schedule FROM sources WHERE enabled = 1 ORDER BY key');
  const jobs = sources.flatMap(({ key, schedule }) => {
    const options = { timezone: ZONE, catch: (error: unknown) => log.error({ source: key, error }, 'schedule failed') };
    return [
      new Cron(schedule, options, () => start(key)),
      new Cron(SWEEP, options, () => start(key, { since: formatDate(addDays(new Date().toISOString(), -SWEEP_DAYS)) })),
      new Cron(FULL, options, () => start(key, { full: true })),
    ];
  });
  const draining = followOutbox({ db, config, log }, stopping.signal);
  for (const { key } of sources) if (isOverdue(db, key)) start(key);

  async function stop(): Promise<void> {
    for (const job of jobs) job.stop();
    stopping.abort();
    await Promise.allSettled([...running.values(), draining]);
    await fetcher.close();
  }
  return { stop };
}

async function runLogged(
  { db, log }: Pick<WorkerParts, 'db' | 'log'>,
  key: string,
  options: RunOptions & { fetcher: Fetcher },
): Promise<void> {
  try {
    const summary = await runSource(db, key, options);
    const level = summary.state === 'failed' || summary.state === 'held' ? 'warn' : 'info';
    log[level](summary, 'ingest run ended');
  } catch (error) {
    log.error({ source: key, error }, 'ingest run crashed');
  }
}

/** Keeps the index up to the outbox. A failing index is left alone for a while and never stops ingest. */
async function followOutbox({ db, config, log }: WorkerParts, signal: AbortSignal): Promise<void> {
  const engine = await startEngine(config, log).catch((error: unknown) => {
    log.warn({ error }, 'search engine did not start; the built-in index answers');
    return null;
  });
  // At once, not after the batch under way: the engine may be busy with it for longer than anyone waits.
  const stopEngine = () => engine?.stop();
  signal.addEventListener('abort', () => void stopEngine());
  let reconcileAt = 0;
  while (!signal.aborted) {
    let pause = DRAIN_INTERVAL_MS;
    try {
      if ((await drainOutbox(db, engine)) > 0) pause = 0;
      if (pause > 0 && Date.now() >= reconcileAt) {
        reconcileAt = Date.now() + RECONCILE_INTERVAL_MS;
        const repaired = await reconcile(db, engine);
        if (repaired.rebuilt || repaired.builtIn + repaired.engine > 0) log.warn(repaired, 'index was repaired');
      }
    } catch (error) {
      if (!signal.aborted) log.warn({ error }, 'index is not following; trying again');
      pause = DRAIN_PAUSE_MS;
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
  await stopEngine();
}

/** True for a source that has never been read: the first run does not wait for the schedule. */
function isOverdue(db: Db, key: string): boolean {
  const row = findRow<{ lastAttemptAt: string | null }>(
    db,
    'SELECT last_attempt_at AS lastAttemptAt FROM sources WHERE key = ?',
    key,
  );
  return row?.lastAttemptAt === null;
}

/** True while a failing source rests: one minute after the first failure, doubling with each further one. */
function isPaused(db: Db, key: string): boolean {
  const sql = 'SELECT consecutive_failures AS failures, last_attempt_at AS lastAttemptAt FROM sources WHERE key = ?';
  const row = findRow<{ failures: number; lastAttemptAt: string | null }>(db, sql, key);
  if (!row?.lastAttemptAt || row.failures === 0) return false;
  const pause = Math.min(60_000 * 2 ** (row.failures - 1), LONGEST_PAUSE_MS);
  return Date.now() < Date.parse(row.lastAttemptAt) + pause;
}
