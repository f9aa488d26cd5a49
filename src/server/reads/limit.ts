import { AsyncLocalStorage } from 'node:async_hooks';
import { UnavailableError } from '../errors.ts';

/** The instant (`performance.now()`) by which the work under way must be done. */
const deadlines = new AsyncLocalStorage<number>();

/** What was asked takes longer than anything may: 503, with a word about what would be quicker. */
export class OverdueError extends UnavailableError {
  constructor() {
    super('这次查找用时过长，已经停止；请减少关键词，或加上类别、地区等条件后再试', { retryAfter: 10 });
  }
}

/** Runs work that is stopped at its next statement when it has not ended within so many milliseconds. */
export function withinLimit<Value>(milliseconds: number, work: () => Value): Value {
  return deadlines.run(performance.now() + milliseconds, work);
}

/**
 * Called before every statement. SQLite runs a statement to its end and another thread cannot interrupt it from here: a
 * search is many statements, none of which is long by itself, and is stopped between two. @throws OverdueError
 */
export function assertInTime(): void {
  const deadline = deadlines.getStore();
  if (deadline !== undefined && performance.now() > deadline) throw new OverdueError();
}
