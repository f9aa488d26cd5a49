import { Worker } from 'node:worker_threads';
import type { County } from '#src/domain/counties.ts';
import type { Judgement } from '#src/server/api/judgement.ts';
import type { PushAnswer, PushKind } from '#src/server/api/schemas/sync.ts';
import type { PushJob } from './receive.ts';
import { PushRefusedError } from './refused.ts';
import type { Question, Reply } from './thread.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);

interface Waiting {
  resolve: (answer: PushAnswer | Judgement) => void;
  reject: (error: Error) => void;
}

/** A question without its number. */
type Ask = Question extends infer Each ? (Each extends Question ? Omit<Each, 'number'> : never) : never;

/**
 * Where the web process hands pushes in. The pages read through a read-only handle, and must not wait: a commit waits for the
 * disk, and for the worker process when that one is writing. So pushes are written by a thread with a handle of its own, in
 * short IMMEDIATE transactions that take turns with the worker's. The thread starts with the first push.
 */
export class PushDesk {
  readonly #database: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #count = 0;

  /** `database` is the path of the database file. */
  constructor(database: string) {
    this.#database = database;
  }

  /** Takes a push in, see `receivePush`. @throws PushRefusedError */
  receive(job: PushJob): Promise<PushAnswer> {
    return this.#ask({ ask: 'receive', job }) as Promise<PushAnswer>;
  }

  /** Says what would become of an item, see `judgePush`. */
  judge(kind: PushKind, text: string, county: County): Promise<Judgement> {
    return this.#ask({ ask: 'judge', kind, text, county }) as Promise<Judgement>;
  }

  /** Ends the thread. Open pushes fail without an answer; their senders repeat them. */
  async close(): Promise<void> {
    await this.#end(new Error('the push desk was closed'));
  }

  #ask(question: Ask): Promise<PushAnswer | Judgement> {
    this.#worker ??= this.#start();
    const number = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker?.postMessage({ ...question, number });
    });
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, { workerData: { database: this.#database } });
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => void this.#end(error instanceof Error ? error : new Error(String(error))));
    return worker;
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('answer' in reply) waiting?.resolve(reply.answer);
    else if ('failed' in reply) waiting?.reject(new Error(reply.failed));
    else if ('unstored' in reply) waiting?.reject(Object.assign(new Error(reply.unstored), { code: reply.code }));
    else waiting?.reject(new PushRefusedError(reply.refused.status, reply.refused.message, reply.refused.fields));
  }

  async #end(error: Error): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    await worker?.terminate();
  }
}
