import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';

interface HostLimits {
  concurrent: number;
  gapMs: number;
}

/** Public hosts: one request at a time, two seconds apart. Several of these sites fall over under less. */
const PUBLIC_HOST: HostLimits = { concurrent: 1, gapMs: 2_000 };
/** Allowed private hosts are ours, for instance the demonstration. */
const PRIVATE_HOST: HostLimits = { concurrent: 4, gapMs: 0 };

interface HostState {
  turns: LimitFunction;
  /** By the clock that only goes forward (`performance.now`): the other one may be put right by a day. */
  nextStart: number;
}

/** Queues requests per host, so that no site ever gets more than its share whatever the number of sources on it. */
export class HostThrottle {
  readonly #hosts = new Map<string, HostState>();

  /** Runs `work` when the host's turn has come. */
  run<T>(host: string, isPrivate: boolean, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const limits = isPrivate ? PRIVATE_HOST : PUBLIC_HOST;
    const state = this.#state(host, limits);
    return state.turns(async () => {
      signal?.throwIfAborted();
      const wait = state.nextStart - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal });
      state.nextStart = performance.now() + limits.gapMs;
      return work();
    });
  }

  #state(host: string, limits: HostLimits): HostState {
    let state = this.#hosts.get(host);
    if (!state) {
      state = { turns: pLimit(limits.concurrent), nextStart: 0 };
      this.#hosts.set(host, state);
    }
    return state;
  }
}
