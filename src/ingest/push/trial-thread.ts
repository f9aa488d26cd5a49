/** Judges items that nobody signed. See `trial-desk.ts`. */
import { workerData } from 'node:worker_threads';
import { openReadOnly } from '#db/client.ts';
import { CompletionPool } from '../completion/pool.ts';
import { yieldProcessor } from '../completion/yield-processor.ts';
import { assertSanitizerWorks } from '../sanitize.ts';
import { answerQuestions } from './asked-thread.ts';
import { judgePush, type Trial } from './judge.ts';

/** An honest item takes some tens of milliseconds. */
const LIMIT_MS = 3_000;

yieldProcessor();
assertSanitizerWorks();
const db = openReadOnly((workerData as { database: string }).database);
const pool = new CompletionPool({ threads: 1, limitMs: LIMIT_MS, yields: true });

answerQuestions((trial: Trial) => judgePush(db, pool, trial));
