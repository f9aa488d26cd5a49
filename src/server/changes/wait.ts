import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import type { Followed } from '#src/domain/changes.ts';
import { newestOf } from './list.ts';

const POLL_MS = 200;
/** Readers that may wait at a time; one more is answered at once and asks again. */
const MOST_WAITING = 500;

let waiting = 0;

/** Waits until there is a change after a position, but no longer than `seconds`. */
export async function waitForChange(db: Db, of: Followed, since: number, seconds: number): Promise<void> {
  if (waiting >= MOST_WAITING) return;
  const end = performance.now() + seconds * 1000;
  waiting++;
  try {
    while (newestOf(db, of) <= since && performance.now() < end) await delay(POLL_MS);
  } finally {
    waiting--;
  }
}
