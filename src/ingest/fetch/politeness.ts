import { setTimeout as sleep } from 'node:timers/promises';

interface HostLimits {
  concurrent: number;
  gapMs: number;
}

/** Public hosts: one request at a time, two seconds apart. Several of these sites fall over under less. */
const PUBLIC_HOST: HostLimits = { concurrent: 1, gapMs: 2_000 };
/** Allowed private hosts are ours, for instance the demonstration. */
const PRIVATE_HOST: HostLimits = { concurrent: 4, gapMs: 0 };

interface HostState {
  active: number;
  nextStart: number;
  waiting: (() => void)[];
}

/** Queues requests per host, so that no site ever gets more than its share whatever the number of sources on it. */
export class Politeness {
  readonly #hosts = new Map<string, HostState>();

  /** Runs `work` when the host's turn has come. */
  async run<T>(host: string, isPrivate: boolean, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const limits = isPrivate ? PRIVATE_HOST : PUBLIC_HOST;
    const state = this.#state(host);
    while (state.active >= limits.concurrent) await new Promise<void>((resume) => state.waiting.push(resume));
    state.active++;
    try {
      signal?.throwIfAborted();
      const wait = state.nextStart - Date.now();
      if (wait > 0) await sleep(wait, undefined, { signal });
      state.nextStart = Date.now() + limits.gapMs;
      return await work();
    } finally {
      state.active--;
      state.waiting.shift()?.();
    }
  }

  #state(host: string): HostState {
    let state = this.#hosts.get(host);
    if (!state) {
      state = { active: 0, nextStart: 0, waiting: [] };
      this.#hosts.set(host, state);
    }
    return state;
  }
}
