import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import type { Logger } from 'pino';
import { stopProcess } from './process.ts';

/** How long a new server may take until it answers. */
const START_PATIENCE = 30_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** How a server of our own is run. */
export interface OwnServer {
  spawn(): ChildProcess;
  /** With the master key. */
  client: Meilisearch;
  /** Folder of its data; made again by the server when it is missing. */
  data: string;
  /** Called whenever a server has come up: an empty one does not know the keys that were given out. */
  announce(): Promise<void>;
}

/** Runs a server of our own, one process after the other. Its data can be lost at any time: the index is made again. */
export class EngineSupervisor {
  readonly #server: OwnServer;
  readonly #log: Logger;
  readonly #stopping = new AbortController();
  readonly #ready = Promise.withResolvers<void>();
  #child: ChildProcess | undefined;
  #spoilt = false;
  #finished: Promise<void> | undefined;

  constructor(server: OwnServer, log: Logger) {
    this.#server = server;
    this.#log = log;
  }

  pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when a server answers; from then on it is restarted whenever it ends. @throws Error when none comes up. */
  start(): Promise<void> {
    this.#finished = this.#run();
    return this.#ready.promise;
  }

  /** Ends the running process, so that a new one takes its place: on the same data, or on none. */
  async renew(emptied: boolean): Promise<void> {
    this.#spoilt ||= emptied;
    if (this.#child) await stopProcess(this.#child);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#child) await stopProcess(this.#child);
    await this.#finished;
  }

  async #run(): Promise<void> {
    let pause = FIRST_PAUSE;
    for (let begun = false, tried = 1; !this.#stopping.signal.aborted; tried++) {
      const ended = await this.#runOnce();
      if (ended.wasUp) begun = true;
      if (!begun && tried >= 2) return this.#ready.reject(new Error('the search engine does not start'));
      if (this.#stopping.signal.aborted) return this.#ready.reject(new Error('the search engine was stopped'));
      pause = ended.wasUp ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
      this.#log.error({ ...ended, pause }, 'search engine ended; starting it again');
      await sleep(pause, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
    }
  }

  /** One process, from its start to its end. One that does not come up makes the next start on empty data. */
  async #runOnce(): Promise<{ wasUp: boolean; code: number | null; signal: NodeJS.Signals | null }> {
    if (this.#spoilt) {
      this.#log.warn('the search engine starts on an empty index');
      rmSync(this.#server.data, { recursive: true, force: true });
    }
    const child = this.#server.spawn();
    this.#child = child;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
    const wasUp = await this.#comesUp(child);
    this.#spoilt = !wasUp;
    if (wasUp) this.#ready.resolve();
    else await stopProcess(child);
    await gone;
    return { wasUp, code: child.exitCode, signal: child.signalCode };
  }

  /** True once the server answers with our key and has been announced; false when it ends or takes too long. */
  async #comesUp(child: ChildProcess): Promise<boolean> {
    const until = performance.now() + START_PATIENCE;
    while (performance.now() < until && child.exitCode === null && child.signalCode === null && child.pid) {
      const isAnnounced = await this.#introduce();
      if (isAnnounced) return true;
      await sleep(50);
    }
    return false;
  }

  /** False while the server does not answer yet. */
  async #introduce(): Promise<boolean> {
    try {
      await this.#server.client.getVersion();
      await this.#server.announce();
      return true;
    } catch {
      return false;
    }
  }
}
