/** A thread of the draft pool. */
import { completeDraft } from './complete-draft.ts';
import { answerTasks } from './pool-thread.ts';

answerTasks(completeDraft);
