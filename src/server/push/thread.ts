/** The writing thread of the web process: takes pushes in, one message each. See `desk.ts`. */
import { workerData } from 'node:worker_threads';
import { openDatabase } from '#db/client.ts';
import { releaseLeasesOfThreads } from '#db/lease.ts';
import { DraftPool } from '#src/publish/items/draft-pool.ts';
import { assertSanitizerWorks } from '#src/publish/sanitize/sanitize.ts';
import { answerQuestions } from './asked-thread.ts';
import { type PushJob, receivePush } from './receive.ts';

/** How long a transaction waits for its turn; then the sender is asked to come again. */
const TURN_MS = 8_000;

assertSanitizerWorks();
const db = openDatabase((workerData as { database: string }).database);
// A sender waits for an answer in any case: longer for the worker's turn than anybody else would.
db.$client.pragma(`busy_timeout = ${TURN_MS}`);
releaseLeasesOfThreads(db);
const pool = new DraftPool();

answerQuestions((job: PushJob) => receivePush(db, pool, job));
