import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { readPosition } from '#src/publish/changes/follow.ts';
import { parseConfig } from '#src/server/config.ts';
import { findEngines, sendSignal } from '#src/server/search/process.ts';
import { engineCheck, findRunningEngine } from '#src/server/verify/engine-index.ts';
import { endOfChanges } from '#tests/support/rows.ts';
import { verify } from './content.ts';

const INTERVAL_MS = 250;

/** Sends a signal to every engine of a data directory. */
export function killEngine(dataDir: string, signal: NodeJS.Signals): void {
  for (const pid of findEngines(dataDir)) sendSignal(pid, signal);
}

/** Where the running engine's index differs from the database beyond what the changes have still to bring; `none` without an engine. */
export async function findIndexBreaches(db: Db, dataDir: string): Promise<string[] | 'none'> {
  const client = await findRunningEngine(parseConfig({ DATA_DIR: dataDir }));
  return client ? verify(db, [engineCheck(client)]) : 'none';
}

/** True when the index has taken all changes and equals the database, by number and version of every document. */
export async function hasConverged(db: Db, dataDir: string): Promise<boolean> {
  if (readPosition(db, 'engineIndex') < endOfChanges(db)) return false;
  const breaches = await findIndexBreaches(db, dataDir).catch(() => 'none' as const);
  return breaches !== 'none' && breaches.length === 0;
}

/** Waits for a condition. Returns the seconds it took; undefined when the limit (seconds) was reached. */
export async function secondsUntil(condition: () => Promise<boolean>, limit: number): Promise<number | undefined> {
  const started = Date.now();
  const elapsed = () => (Date.now() - started) / 1000;
  while (elapsed() < limit) {
    if (await condition()) return elapsed();
    await sleep(INTERVAL_MS);
  }
  return undefined;
}
