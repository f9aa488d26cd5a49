import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { compareChanged } from '#src/server/flags/compare.ts';
import { refreshStale } from '#src/server/flags/refresh.ts';

const PAUSE_MS = 1_000;
const AFTER_ERROR_MS = 10_000;
/** Comparing takes all projects at once: it rests twenty times as long as it took, so that it has a twentieth of the time at most. */
const REST = 20;

/** Keeps indicators and duties up to the changes until the signal: projects one by one, then all of them against each other. */
export async function followSupervision({ db, log }: { db: Db; log: Logger }, signal: AbortSignal): Promise<void> {
  let compareAt = 0;
  while (!signal.aborted) {
    let pause = 0;
    try {
      if (refreshStale(db, new Date().toISOString()) === 0) {
        pause = PAUSE_MS;
        const begun = performance.now();
        if (begun >= compareAt && compareChanged(db)) {
          const took = performance.now() - begun;
          compareAt = performance.now() + REST * took;
          log.debug({ took }, 'indicators compared');
        }
      }
    } catch (error) {
      log.error({ error }, 'indicators are not following; trying again');
      pause = AFTER_ERROR_MS;
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
