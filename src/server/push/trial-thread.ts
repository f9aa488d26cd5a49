/** Judges items that nobody signed. See `trial-desk.ts`. */
import { workerData } from 'node:worker_threads';
import { openReadOnly } from '#db/client.ts';
import { JudgingPool } from '#src/publish/items/judging-pool.ts';
import { assertSanitizerWorks } from '#src/publish/sanitize/sanitize.ts';
import { answerQuestions } from './asked-thread.ts';
import { judgePush, type Trial } from './judge.ts';

assertSanitizerWorks();
const db = openReadOnly((workerData as { database: string }).database);
const pool = new JudgingPool({ threads: 1 });

answerQuestions((trial: Trial) => judgePush(db, pool, trial));
