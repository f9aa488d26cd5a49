/** The writing thread of the web process: takes pushes in, one message each. See `desk.ts`. */
import { workerData } from 'node:worker_threads';
import { openDatabase } from '#db/client.ts';
import { CompletionPool } from '../completion/pool.ts';
import { assertSanitizerWorks } from '../sanitize.ts';
import { answerQuestions } from './asked-thread.ts';
import { type PushJob, receivePush } from './receive.ts';

assertSanitizerWorks();
const db = openDatabase((workerData as { database: string }).database);
const pool = new CompletionPool();

answerQuestions((job: PushJob) => receivePush(db, pool, job));
