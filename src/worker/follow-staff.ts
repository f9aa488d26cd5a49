import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { retryRequested } from '#src/ingest/retry.ts';
import { findPossibleDuplicates } from '#src/publish/notices/possible-duplicates.ts';

const PAUSE_MS = 1_000;
const AFTER_ERROR_MS = 10_000;

/**
 * Does what work lists leave to the worker: judges again what waited for a code that was mapped, and looks behind the changes for notices
 * that may be the same one. Each step is one transaction or one item, so that it goes on anywhere.
 */
export async function followStaff({ db, log }: { db: Db; log: Logger }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = step(db, log);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** One step. Returns how long to wait for the next (milliseconds). */
function step(db: Db, log: Logger): number {
  try {
    const isBusy = retryRequested(db) || findPossibleDuplicates(db, new Date().toISOString());
    return isBusy ? 0 : PAUSE_MS;
  } catch (error) {
    log.error({ error }, 'following staff failed');
    return AFTER_ERROR_MS;
  }
}
