/** A thread of the judging pool. */
import { completeDraft } from './complete-draft.ts';
import { answerTasks } from './pool-thread.ts';

answerTasks(completeDraft);
