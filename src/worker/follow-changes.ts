import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db } from '#db/client.ts';
import type { Config } from '#src/server/config.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { rebuildStep, reconcileFts } from '#src/server/search/fts-index.ts';
import { drainEngine, drainFts } from '#src/server/search/indexer.ts';
import { reconcileEngine } from '#src/server/search/reconcile.ts';

const DRAIN_INTERVAL_MS = 300;
/** The built-in index is there for when the engine is not: after a failure it is tried again within its two seconds. */
const BUILT_IN_PAUSE_MS = 1_000;
const ENGINE_PAUSE_MS = 5_000;
/** An index is compared with the database this often. */
const RECONCILE_INTERVAL_MS = 30_000;
/** After so many failures in a row the engine's process is replaced; after twice as many its data too. */
const FAILURES = 2;

interface FollowerParts {
  db: Db;
  config: Config;
  log: Logger;
}

/** An index that follows the changes of notices. */
interface IndexFollower {
  name: 'built-in' | 'engine';
  /** Takes the next changes in; 0 when there are none. */
  drain(): number | Promise<number>;
  /** Compares with the database and repairs; says what it repaired, undefined when nothing differed. */
  reconcile(): object | undefined | Promise<object | undefined>;
  /** Milliseconds until the next try after a failure. */
  pause: number;
  /** Called at every failure with how many there were in a row. */
  onFailure?(failures: number): Promise<void>;
}

/**
 * Keeps both indexes up to the changes until the signal, each by a loop of its own: whatever the engine does, starting and
 * rebuilding included, the built-in index is seconds behind at most. A failing index never stops ingest.
 */
export async function followChanges(parts: FollowerParts, signal: AbortSignal): Promise<void> {
  await Promise.all([followBuiltIn(parts, signal), followEngine(parts, signal)]);
}

function followBuiltIn({ db, log }: FollowerParts, signal: AbortSignal): Promise<void> {
  const follower: IndexFollower = {
    name: 'built-in',
    // What is new comes first; a rebuild goes on in between.
    drain: () => drainFts(db) || rebuildStep(db),
    reconcile() {
      const repaired = reconcileFts(db);
      return repaired > 0 ? { repaired } : undefined;
    },
    pause: BUILT_IN_PAUSE_MS,
  };
  return keepUp(follower, log, signal);
}

async function followEngine({ db, config, log }: FollowerParts, signal: AbortSignal): Promise<void> {
  const engine = await startEngine(config, log, signal).catch((error: unknown) => {
    log.warn({ error }, 'search engine did not start; the built-in index answers');
    return null;
  });
  if (!engine) return;
  // At once, not after the batch under way: the engine may be busy with it for longer than anyone waits.
  const stopEngine = () => engine.stop();
  signal.addEventListener('abort', () => void stopEngine());
  const follower: IndexFollower = {
    name: 'engine',
    drain: () => drainEngine(db, engine),
    async reconcile() {
      const result = await reconcileEngine(db, engine);
      return result.rebuilt || result.repaired > 0 ? result : undefined;
    },
    pause: ENGINE_PAUSE_MS,
    async onFailure(failures) {
      if (failures % FAILURES === 0) await renewEngine(engine, failures % (2 * FAILURES) === 0, log);
    },
  };
  await keepUp(follower, log, signal);
  await stopEngine();
}

async function keepUp(follower: IndexFollower, log: Logger, signal: AbortSignal): Promise<void> {
  const { name } = follower;
  let reconcileAt = 0;
  let failures = 0;
  while (!signal.aborted) {
    let pause = DRAIN_INTERVAL_MS;
    try {
      if ((await follower.drain()) > 0) pause = 0;
      if (pause > 0 && performance.now() >= reconcileAt) {
        const repaired = await follower.reconcile();
        if (repaired) log.warn({ index: name, ...repaired }, 'index was repaired');
        reconcileAt = performance.now() + RECONCILE_INTERVAL_MS;
        failures = 0;
      }
    } catch (error) {
      if (signal.aborted) return;
      log.warn({ index: name, error }, 'index is not following; trying again');
      pause = follower.pause;
      reconcileAt = 0;
      await follower.onFailure?.(++failures);
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** An engine that answers and yet fails has lost its files, or hangs: nobody is there to restart it by hand. */
async function renewEngine(engine: Engine, emptied: boolean, log: Logger): Promise<void> {
  if (!engine.renew) return;
  log.error({ emptied }, 'search engine keeps failing; replacing it');
  await engine.renew(emptied);
}
