/** Judges items that nobody signed. See `trial-desk.ts`. */
import { workerData } from 'node:worker_threads';
import { openReadOnly } from '#db/client.ts';
import { CompletionPool } from '../completion/pool.ts';
import { assertSanitizerWorks } from '../sanitize.ts';
import { answerQuestions } from './asked-thread.ts';
import { judgePush, type Trial } from './judge.ts';

assertSanitizerWorks();
const db = openReadOnly((workerData as { database: string }).database);
const pool = new CompletionPool({ threads: 1 });

answerQuestions((trial: Trial) => judgePush(db, pool, trial));
