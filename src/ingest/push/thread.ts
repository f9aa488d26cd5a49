/** The writing thread of the web process: takes pushes in, one message each. See `desk.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '#db/client.ts';
import type { Judgement } from '#src/server/api/judgement.ts';
import type { PushAnswer } from '#src/server/api/schemas/sync.ts';
import { PublicError } from '#src/server/errors.ts';
import { toStorageError } from '#src/server/storage.ts';
import { CompletionPool } from '../completion/pool.ts';
import { releaseLeasesOfThreads } from '../lease.ts';
import { assertSanitizerWorks } from '../sanitize.ts';
import { judgePush } from './judge.ts';
import { type PushJob, receivePush } from './receive.ts';
import type { PushRefusedError } from './refused.ts';

/** How long a transaction waits for its turn; then the sender is asked to come again. */
const TURN_MS = 15_000;

/** What the thread is asked: to take a push in, or to say what would become of one item. */
export type Question = { number: number } & (
  | { ask: 'receive'; job: PushJob }
  | { ask: 'judge'; kind: PushJob['kind']; text: string; county: PushJob['county'] }
);

/** What it answers. A refusal is plain data: errors lose their class on the way. */
export type Reply = { number: number } & (
  | { answer: PushAnswer | Judgement }
  | { refused: { status: PushRefusedError['status']; message: string; fields: PushRefusedError['fields'] } }
  | { unstored: string; code: string }
  | { failed: string }
);

assertSanitizerWorks();
const db = openDatabase((workerData as { database: string }).database);
// A sender waits for an answer in any case: longer for the worker's turn than anybody else would.
db.$client.pragma(`busy_timeout = ${TURN_MS}`);
releaseLeasesOfThreads(db);
const pool = new CompletionPool();

async function reply(question: Question): Promise<Reply> {
  const { number } = question;
  try {
    if (question.ask === 'receive') return { number, answer: await receivePush(db, pool, question.job) };
    return { number, answer: await judgePush(db, pool, question) };
  } catch (error) {
    if (toStorageError(error)) return { number, unstored: String(error), code: (error as { code: string }).code };
    if (error instanceof PublicError) {
      const { status, message, fields } = error as PushRefusedError;
      return { number, refused: { status, message, fields } };
    }
    return { number, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (question: Question) => {
  void reply(question).then((answer) => parentPort?.postMessage(answer));
});
