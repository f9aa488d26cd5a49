import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { refreshCells } from '#src/publish/statistics/cells.ts';
import { rebuildStatistics } from '#src/publish/statistics/rebuild.ts';

const PAUSE_MS = 2_000;
const AFTER_ERROR_MS = 10_000;

/** Observes what other rules have observed, then keeps the figures up to what is observed. Each step is one short transaction. */
export async function followStatistics({ db, log }: { db: Db; log: Logger }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pause = await step(db, log, signal);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** One step. Returns how long to wait for the next (milliseconds). */
async function step(db: Db, log: Logger, signal: AbortSignal): Promise<number> {
  try {
    const projects = await rebuildStatistics(db, { signal });
    if (projects > 0) log.info({ projects }, 'projects observed for statistics');
    return refreshCells(db) > 0 ? 0 : PAUSE_MS;
  } catch (error) {
    log.error({ error }, 'keeping statistics failed');
    return AFTER_ERROR_MS;
  }
}
