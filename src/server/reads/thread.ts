/** A thread that reads for the web process, on a handle of its own. See `pool.ts`. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type Db, loadDriver, ONCE_THROUGH, openReadOnly } from '#db/client.ts';
import { withinLimit } from '#db/limit.ts';
import { type Fault, toFault } from './faults.ts';
import { doJob, type JobName } from './jobs.ts';

/** How a thread is started. */
export interface ThreadSetup {
  database: string;
  /** Milliseconds that a job may take. */
  limitMs: number;
  /** How far it stands back behind the thread that answers everybody, 0–19. */
  niceness: number;
  /** Whether it reads through whole lists: its memory must not grow with the database. */
  throughout: boolean;
}

/** What a thread is asked. */
export interface Question {
  number: number;
  name: JobName;
  parameters: never;
}

/** What it says: that its code is loaded, or what became of a question. */
export type Reply = { ready: true } | { number: number; value: unknown } | { number: number; fault: Fault };

const { database, limitMs, throughout, niceness } = workerData as ThreadSetup;
// Linux gives each thread a priority of its own, elsewhere the whole process would have it.
if (process.platform === 'linux') setPriority(niceness);
let opened: Db | undefined;

function openDb(): Db {
  opened ??= throughout ? openReadOnly(database, ONCE_THROUGH) : openReadOnly(database);
  return opened;
}

async function reply({ number, name, parameters }: Question): Promise<Reply> {
  try {
    return { number, value: await withinLimit(limitMs, () => doJob(openDb(), name, parameters)) };
  } catch (error) {
    return { number, fault: toFault(error) };
  }
}

parentPort?.on('message', (question: Question) => {
  void reply(question).then((answer) => {
    const bytes = 'value' in answer && answer.value instanceof Uint8Array ? [answer.value.buffer as ArrayBuffer] : [];
    parentPort?.postMessage(answer, bytes);
  });
});
loadDriver();
parentPort?.postMessage({ ready: true } satisfies Reply);
