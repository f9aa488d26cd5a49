import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import type { Config } from '#src/server/config.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { drainOutbox } from '#src/server/search/indexer.ts';
import { reconcile } from '#src/server/search/reconcile.ts';

const DRAIN_INTERVAL_MS = 300;
const DRAIN_PAUSE_MS = 5_000;
/** The index is compared with the database this often. */
const RECONCILE_INTERVAL_MS = 30_000;
/** After so many failures in a row the engine's process is replaced; after twice as many its data too. */
const FAILURES = 2;

interface FollowerParts {
  db: Db;
  config: Config;
  log: Logger;
}

/** Keeps the index up to the outbox until the signal. A failing index is left alone for a while and never stops ingest. */
export async function followOutbox(parts: FollowerParts, signal: AbortSignal): Promise<void> {
  const { config, log } = parts;
  const engine = await startEngine(config, log).catch((error: unknown) => {
    log.warn({ error }, 'search engine did not start; the built-in index answers');
    return null;
  });
  // At once, not after the batch under way: the engine may be busy with it for longer than anyone waits.
  const stopEngine = () => engine?.stop();
  signal.addEventListener('abort', () => void stopEngine());
  await keepFollowing(parts, engine, signal);
  await stopEngine();
}

async function keepFollowing({ db, log }: FollowerParts, engine: Engine | null, signal: AbortSignal): Promise<void> {
  let reconcileAt = 0;
  let failures = 0;
  while (!signal.aborted) {
    let pause = DRAIN_INTERVAL_MS;
    try {
      if ((await drainOutbox(db, engine)) > 0) pause = 0;
      if (pause > 0 && performance.now() >= reconcileAt) {
        const repaired = await reconcile(db, engine);
        if (repaired.rebuilt || repaired.builtIn + repaired.engine > 0) log.warn(repaired, 'index was repaired');
        reconcileAt = performance.now() + RECONCILE_INTERVAL_MS;
        failures = 0;
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ error }, 'index is not following; trying again');
      pause = DRAIN_PAUSE_MS;
      reconcileAt = 0;
      if (++failures % FAILURES === 0) await renewEngine(engine, failures % (2 * FAILURES) === 0, log);
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** An engine that answers and yet fails has lost its files, or hangs: nobody is there to restart it by hand. */
async function renewEngine(engine: Engine | null, emptied: boolean, log: Logger): Promise<void> {
  if (!engine?.renew) return;
  log.error({ emptied }, 'search engine keeps failing; replacing it');
  await engine.renew(emptied);
}
