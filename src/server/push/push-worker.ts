import type { PushResult } from '../api/sync/schema.ts';
import { AskedThread } from './asked-thread.ts';
import type { PushJob } from './receive.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);

/**
 * Where the web process hands pushes in. The pages read through a read-only handle, and must not wait: a commit waits for the
 * disk, and for the worker process when that one is writing. So pushes are written by a thread with a handle of its own, in
 * short IMMEDIATE transactions that take turns with the worker's. The thread serves counties alone.
 */
export class PushWorker {
  readonly #thread: AskedThread<PushJob, PushResult>;

  /** `database` is the path of the database file. */
  constructor(database: string) {
    this.#thread = new AskedThread(ENTRY, database);
  }

  /** Takes a push in, see `receivePush`. @throws PushRefusedError */
  receive(job: PushJob): Promise<PushResult> {
    return this.#thread.ask(job);
  }

  /** Ends the thread. Open pushes fail without an answer; their senders repeat them. */
  async close(): Promise<void> {
    await this.#thread.close();
  }
}
