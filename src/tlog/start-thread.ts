import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { LogFollower } from './publication-log.ts';
import type { LogFailure, LogThreadSetup } from './thread.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);
/** How long a thread that has died is left alone. */
const PAUSE_MS = 5_000;

/**
 * Keeps the checkpoint up to the leaves in a thread of its own, which waits for no step of whatever else its process does. A thread that
 * dies is told of and replaced.
 */
export function followLogInThread(setup: LogThreadSetup, onFailure: (failure: LogFailure) => void): LogFollower {
  const stopping = new AbortController();
  let worker: Worker | undefined;

  const run = async () => {
    while (!stopping.signal.aborted) {
      worker = new Worker(ENTRY, { workerData: setup });
      worker.on('message', onFailure);
      worker.on('error', (error) => onFailure({ message: String(error), witness: null }));
      await once(worker, 'exit').catch(() => undefined);
      await sleep(PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const done = run();
  return {
    async stop() {
      stopping.abort();
      worker?.postMessage('stop');
      await done;
    },
  };
}
