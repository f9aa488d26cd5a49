import { AsyncLocalStorage } from 'node:async_hooks';
import { UnavailableError } from '#src/domain/errors.ts';

/** The instant (`performance.now()`) by which work must be done. */
export interface Limit {
  deadline: number;
}

const limits = new AsyncLocalStorage<Limit>();

/** What was asked takes longer than anything may: 503, with a word about what would be quicker. */
export class OverdueError extends UnavailableError {
  constructor() {
    super('这次查找用时过长，已经停止；请减少关键词，或加上类别、地区等条件后再试', { retryAfter: 10 });
  }
}

/** Runs work that is stopped at its next statement when it has not ended within so many milliseconds. */
export function withinLimit<Value>(milliseconds: number, work: () => Value): Value {
  return limits.run({ deadline: performance.now() + milliseconds }, work);
}

/** The limit of the work under way; undefined where there is none. */
export const currentLimit = (): Limit | undefined => limits.getStore();

/**
 * Goes on with work that was begun under a limit, which from now on is that of the work under way. A stream asks its source for
 * more in whatever context it was last asked: were each piece given a limit of its own, a later one would still run under the first.
 */
export function continueWithin<Value>(limit: Limit | undefined, work: () => Value): Value {
  const current = limits.getStore();
  if (!limit || !current) return work();
  limit.deadline = current.deadline;
  return limits.run(limit, work);
}

/**
 * Called before every statement. SQLite runs a statement to its end and another thread cannot interrupt it from here: a
 * search is many statements, none of which is long by itself, and is stopped between two. @throws OverdueError
 */
export function assertInTime(): void {
  const limit = limits.getStore();
  if (limit && performance.now() > limit.deadline) throw new OverdueError();
}
