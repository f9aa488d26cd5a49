import { setTimeout as sleep } from 'node:timers/promises';
import { Cron } from 'croner';
import { eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import { isStorageFailure } from '#db/storage-errors.ts';
import { FileStore } from '#src/attachments/store.ts';
import { sweepFiles } from '#src/attachments/sweep.ts';
import { jobActor } from '#src/domain/actors.ts';
import type { DetailPool } from '#src/ingest/details/pool.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { keepAttachments } from '#src/ingest/keep-attachments.ts';
import { type RunOptions, runSource } from '#src/ingest/pipeline.ts';
import { deriveStaleDeals } from '#src/publish/deals/derive-stale.ts';
import { sweepExposureDates } from '#src/publish/exposures/sweep-dates.ts';
import { logDayEnds } from '#src/publish/log/day-ends.ts';
import { reextractNotices } from '#src/publish/notices/reextract.ts';
import { renameStale } from '#src/publish/organizations/rename-stale.ts';
import { eraseSubmissions } from '#src/publish/participation/erase.ts';
import { redactStored } from '#src/publish/redaction/redact.ts';
import { assertSanitizerWorks } from '#src/publish/sanitize/sanitize.ts';
import { followHolidayPlans, getWorkingCalendar } from '#src/server/calendar.ts';
import type { Config } from '#src/server/config.ts';
import { attachmentUrl } from '#src/staff/drafts/to-notice.ts';
import { checkDisclosure } from './check-disclosure.ts';
import { followChanges } from './follow-changes.ts';
import { followStaff } from './follow-staff.ts';
import { followStatistics } from './follow-statistics.ts';
import { followSupervision } from './follow-supervision.ts';
import { followReleases } from './release-drafts.ts';
import { Schedules } from './schedules.ts';

/** How soon those who follow the changes hear that a date has ended or begun a publication. */
const DATES = '*/10 * * * * *';
/** When what the public sent in is destroyed whose time is over. */
const ERASURES = '17 * * * *';
/** Soon after a day is over in Shanghai; a worker that was down then does it when it starts. */
const DAY_END = { pattern: '30 0 0 * * *', timezone: 'Asia/Shanghai' };
/** How soon a source that staff entered, paused or resumed has its turns. */
const FOLLOW = '*/5 * * * * *';
/** After a run that could not store what it read. */
const STORAGE_PAUSE_MS = 5_000;
/** How often it is looked for attachments that are not kept yet. */
const FILES_PAUSE_MS = 60_000;
/** A failing source is asked ever more rarely, up to this. */
const LONGEST_PAUSE_MS = 6 * 3600_000;

export interface WorkerParts {
  db: Db;
  config: Config;
  log: Logger;
  /** Threads that read and prepare items; without them this thread does it. The caller closes them. */
  pool?: DetailPool | undefined;
}

export interface Worker {
  /** Ends the schedule, lets running transactions finish, gives every lease back. */
  stop(): Promise<void>;
}

/**
 * Runs every enabled source on its schedule, redacts what older rules let through, reads notices anew that older rules have read, derives deals anew, and keeps the search index up to
 * the changes. @throws Error when the sanitiser does not work.
 */
export function startWorker({ db, config, log, pool }: WorkerParts): Worker {
  assertSanitizerWorks();
  const stopping = new AbortController();
  const fetcher = createFetcher({ allowPrivate: config.FEED_ALLOW_PRIVATE, filesDir: config.FEED_FILES_DIR });
  const running = new Map<string, Promise<void>>();

  const start = (key: string, extra: Pick<RunOptions, 'since' | 'full'> = {}): void => {
    if (running.has(key) || stopping.signal.aborted || isPaused(db, key)) return;
    const work = runLogged({ db, log }, key, { ...extra, fetcher, pool, signal: stopping.signal });
    running.set(
      key,
      work.finally(() => running.delete(key)),
    );
  };
  const schedules = new Schedules({ db, log, start, onNew: (key) => isOverdue(db, key) && start(key) });
  const jobs = [
    new Cron(FOLLOW, { catch: (error: unknown) => log.error({ error }, 'following sources failed') }, () =>
      schedules.follow(),
    ),
  ];
  jobs.push(
    new Cron(DATES, { catch: (error: unknown) => log.error({ error }, 'sweep of dates failed') }, () => {
      sweepExposureDates(db, { actor: jobActor('sweep-dates'), now: new Date().toISOString() });
    }),
  );
  jobs.push(
    new Cron(ERASURES, { catch: (error: unknown) => log.error({ error }, 'sweep of submissions failed') }, () => {
      const how = {
        actor: jobActor('erase-submissions'),
        now: new Date().toISOString(),
        calendar: getWorkingCalendar(),
      };
      eraseSubmissions(db, how);
    }),
  );
  const endDays = () => {
    const leaves = logDayEnds(db, new Date().toISOString());
    if (leaves > 0) log.info({ leaves }, 'ends of days were taken into the publication log');
  };
  const onFailure = {
    catch: (error: unknown) => log.error({ error }, 'the publication log was not told of the end of a day'),
  };
  jobs.push(new Cron(DAY_END.pattern, { ...onFailure, timezone: DAY_END.timezone }, endDays));
  endDays();
  const files = keepFiles({ db, config, log, fetcher }, stopping.signal);
  const draining = followChanges({ db, config, log }, stopping.signal);
  const rereading = reread({ db, log }, stopping.signal);
  const following = followStaff({ db, log }, stopping.signal);
  const counting = followStatistics({ db, log }, stopping.signal);
  const checking = checkDisclosure({ db, config, log }, stopping.signal);
  followHolidayPlans(db);
  const supervising = followSupervision({ db, log }, stopping.signal);
  const releasing = followReleases(
    { db, log, calendar: getWorkingCalendar(), urlOf: attachmentUrl(config.SITE_URL) },
    stopping.signal,
  );

  async function stop(): Promise<void> {
    for (const job of jobs) job.stop();
    schedules.stop();
    stopping.abort();
    await Promise.allSettled([
      ...running.values(),
      draining,
      rereading,
      releasing,
      following,
      counting,
      supervising,
      files,
      checking,
    ]);
    await fetcher.close();
  }
  return { stop };
}

/** Keeps attachments of feeds, and takes away what nothing names. */
async function keepFiles(
  { db, config, log, fetcher }: Pick<WorkerParts, 'db' | 'config' | 'log'> & { fetcher: Fetcher },
  signal: AbortSignal,
): Promise<void> {
  const intake = { store: new FileStore(config.DATA_DIR), scanner: config.CLAMAV_SOCKET };
  const longestFile = config.KEPT_FILE_LIMIT_MB * 1024 * 1024;
  const now = () => new Date().toISOString();
  while (!signal.aborted) {
    try {
      const kept = await keepAttachments({ db, intake, fetcher, longestFile, signal, now });
      const gone = await sweepFiles(db, intake.store, Date.now());
      if (kept + gone > 0) log.info({ kept, gone }, 'attachments kept');
    } catch (error) {
      log.error({ error }, 'keeping attachments failed');
    }
    await sleep(FILES_PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function reread({ db, log }: Pick<WorkerParts, 'db' | 'log'>, signal: AbortSignal): Promise<void> {
  try {
    // First what may not be public is taken out; what is read anew is read from what is left.
    const redacted = await redactStored(db, { actor: jobActor('redact'), signal });
    if (redacted.checked + redacted.words > 0) log.warn(redacted, 'stored versions held against stricter rules');
    const summary = await reextractNotices(db, { actor: jobActor('reextract'), signal });
    if (summary.read > 0) log.info(summary, 'notices read anew');
    const deals = await deriveStaleDeals(db, { actor: jobActor('derive-deals'), signal });
    if (deals > 0) log.info({ deals }, 'deals derived');
    const organizations = await renameStale(db, { actor: jobActor('rename-organizations'), signal });
    if (organizations > 0) log.info({ organizations }, 'names of organizations told apart');
  } catch (error) {
    log.error({ error }, 'redacting, reading notices and deriving deals anew failed');
  }
}

async function runLogged(
  { db, log }: Pick<WorkerParts, 'db' | 'log'>,
  key: string,
  options: RunOptions & { fetcher: Fetcher },
): Promise<void> {
  for (;;) {
    try {
      const summary = await runSource(db, key, options);
      log[summary.state === 'succeeded' || summary.state === 'busy' ? 'info' : 'warn'](summary, 'ingest run ended');
      if (summary.state !== 'interrupted') return;
    } catch (error) {
      log.error({ source: key, error }, 'ingest run crashed');
      if (!isStorageFailure(error)) return;
    }
    if (options.signal?.aborted) return;
    // The disk was full, or another writer busy for long: the schedule may be hours away.
    await sleep(STORAGE_PAUSE_MS, undefined, { signal: options.signal }).catch(() => undefined);
  }
}

const FIND_HEALTH = defineQuery((db, p: Params<{ key: string }>) =>
  db
    .select({ failures: sources.consecutiveFailures, lastAttemptAt: sources.lastAttemptAt })
    .from(sources)
    .where(eq(sources.key, p.key)),
);

/** True for a source that has never been read: the first run does not wait for the schedule. */
function isOverdue(db: Db, key: string): boolean {
  const row = FIND_HEALTH.first(db, { key });
  return row?.lastAttemptAt === null;
}

/** True while a failing source rests: one minute after the first failure, doubling with each further one. */
function isPaused(db: Db, key: string): boolean {
  const row = FIND_HEALTH.first(db, { key });
  if (!row?.lastAttemptAt || row.failures === 0) return false;
  const pause = Math.min(60_000 * 2 ** (row.failures - 1), LONGEST_PAUSE_MS);
  const since = Date.now() - Date.parse(row.lastAttemptAt);
  // An attempt that lies ahead was noted by a clock that has been put right since.
  return since >= 0 && since < pause;
}
