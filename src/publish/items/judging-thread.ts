/** A thread of the judging pool. */
import { judgeItem } from './judge.ts';
import { answerTasks } from './pool-thread.ts';

answerTasks(judgeItem);
