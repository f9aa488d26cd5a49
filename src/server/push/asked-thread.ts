import { parentPort, Worker } from 'node:worker_threads';
import { toStorageError } from '#db/storage-errors.ts';
import { PublicError } from '#src/domain/errors.ts';
import { PushRefusedError } from './refused.ts';

interface Asked<Question> {
  number: number;
  question: Question;
}

/** What a thread answers. A refusal is plain data: errors lose their class on the way. */
type Reply<Answer> = { number: number } & (
  | { answer: Answer }
  | { refused: { status: PushRefusedError['status']; message: string; fields: PushRefusedError['fields'] } }
  /** With the code of an error of the storage. */
  | { failed: string; code: string | undefined }
);

interface Waiting<Answer> {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** A thread with a database handle of its own that answers questions. It starts with the first, and again after it died. */
export class AskedThread<Question, Answer> {
  readonly #entry: URL;
  readonly #database: string;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #worker: Worker | undefined;
  #count = 0;

  /** `entry` is the module that calls `answerQuestions`, `database` the path of the database file. */
  constructor(entry: URL, database: string) {
    this.#entry = entry;
    this.#database = database;
  }

  /** @throws PushRefusedError as the thread does, Error when it fails or ends */
  ask(question: Question): Promise<Answer> {
    this.#worker ??= this.#start();
    const number = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#worker?.postMessage({ number, question } satisfies Asked<Question>);
    });
  }

  /** Ends the thread. Open questions stay without an answer: they fail. */
  async close(): Promise<void> {
    await this.#end(new Error('the thread was closed'));
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: { database: this.#database } });
    worker.on('message', (reply: Reply<Answer>) => this.#settle(reply));
    worker.on('error', (error) => void this.#end(error instanceof Error ? error : new Error(String(error))));
    return worker;
  }

  #settle(reply: Reply<Answer>): void {
    const waiting = this.#waiting.get(reply.number);
    this.#waiting.delete(reply.number);
    if ('answer' in reply) waiting?.resolve(reply.answer);
    else if ('failed' in reply) waiting?.reject(Object.assign(new Error(reply.failed), { code: reply.code }));
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

/** The thread's side: answers every question that comes. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Promise<Answer>): void {
  const reply = async ({ number, question }: Asked<Question>): Promise<Reply<Answer>> => {
    try {
      return { number, answer: await answer(question) };
    } catch (error) {
      if (error instanceof PublicError) {
        const { status, message, fields } = error as PushRefusedError;
        return { number, refused: { status, message, fields } };
      }
      const code = toStorageError(error) ? String((error as NodeJS.ErrnoException).code) : undefined;
      return { number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error), code };
    }
  };
  parentPort?.on('message', (asked: Asked<Question>) => {
    void reply(asked).then((message) => parentPort?.postMessage(message));
  });
}
