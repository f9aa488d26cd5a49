import { Cron } from 'croner';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import { listDamaged, looksWhole } from './seal.ts';
import { findBulkSet, listBlockedGroups } from './serve.ts';

const ZONE = 'Asia/Shanghai';
const NIGHTLY = '0 3 * * *';
const EVERY_MINUTE = '* * * * *';
/** Files older than this have missed a night. */
const OLDEST_MS = 26 * 3600_000;

export interface BulkSchedule {
  stop(): void;
}

/**
 * Has the bulk files made every night, and at once when there are none yet, when they have missed a night, when one holds a
 * notice that has left the public, or when one is not what it was when it was made. `build` makes them; it is never called twice at a time.
 */
export function scheduleBulk(
  { db, dataDirectory, log }: { db: Db; dataDirectory: string; log: Logger },
  build: () => Promise<void>,
): BulkSchedule {
  let isBuilding = false;
  const start = async () => {
    if (isBuilding) return;
    isBuilding = true;
    await build()
      .catch((error: unknown) => log.error({ error }, 'bulk files failed'))
      .finally(() => {
        isBuilding = false;
      });
  };
  const options = { timezone: ZONE, catch: (error: unknown) => log.error({ error }, 'bulk schedule failed') };
  const jobs = [
    new Cron(NIGHTLY, options, start),
    new Cron(EVERY_MINUTE, options, async () => {
      if (needsBuild(db, dataDirectory, Date.now()) || (await isDamaged(dataDirectory))) await start();
    }),
  ];
  return {
    stop() {
      for (const job of jobs) job.stop();
    },
  };
}

/** Must the files be made before the night comes? `now` in ms. */
export function needsBuild(db: Db, dataDirectory: string, now: number): boolean {
  const manifest = findBulkSet(dataDirectory)?.manifest;
  if (!manifest) return true;
  return now - Date.parse(manifest.builtAt) > OLDEST_MS || listBlockedGroups(db, manifest).size > 0;
}

/** Is one of the files not what it was when it was made? */
export async function isDamaged(dataDirectory: string): Promise<boolean> {
  const set = findBulkSet(dataDirectory);
  return set !== undefined && (await listDamaged(set, looksWhole)).length > 0;
}
