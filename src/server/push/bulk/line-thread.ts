/** A thread that reads lines of a file that is imported. */
import { workerData } from 'node:worker_threads';
import { answerTasks } from '#src/publish/items/pool-thread.ts';
import { assertSanitizerWorks } from '#src/publish/sanitize/sanitize.ts';
import { type LineOrigin, readLine } from './read-line.ts';

assertSanitizerWorks();
const origin = workerData as LineOrigin;

answerTasks((text: string) => readLine(origin, text));
