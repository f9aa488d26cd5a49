/** Judges items that nobody signed. See `dry-run-worker.ts`. */
import { workerData } from 'node:worker_threads';
import { openReadOnly } from '#db/client.ts';
import { DraftPool } from '#src/publish/items/draft-pool.ts';
import { assertSanitizerWorks } from '#src/publish/sanitize/sanitize.ts';
import { answerQuestions } from './asked-thread.ts';
import { dryRunItem, type Trial } from './dry-run.ts';

assertSanitizerWorks();
const db = openReadOnly((workerData as { database: string }).database);
const pool = new DraftPool({ threads: 1 });

answerQuestions((trial: Trial) => dryRunItem(db, pool, trial));
