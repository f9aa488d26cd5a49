import type { Db } from '#db/client.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import type { ChangeSubject } from '#src/domain/changes.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Change, lastChange, listAfter } from './read.ts';

/** Whoever makes something of the changes, and where it keeps how far it is: a key in `keyValues`. */
const FOLLOWERS = {
  builtInIndex: { subject: 'notice', cursor: 'fts.cursor' },
  engineIndex: { subject: 'notice', cursor: 'index.cursor' },
  notifier: { subject: 'notice', cursor: 'notify.cursor' },
  duplicates: { subject: 'notice', cursor: 'duplicates.cursor' },
  submission: { subject: 'notice', cursor: 'submission.cursor' },
  attachments: { subject: 'notice', cursor: 'attachments.cursor' },
} as const satisfies Record<string, { subject: ChangeSubject; cursor: string }>;

export type Follower = keyof typeof FOLLOWERS;

/** Keys in `keyValues` of the positions. */
export const CURSORS = Object.fromEntries(
  Object.entries(FOLLOWERS).map(([follower, { cursor }]) => [follower, cursor]),
) as { [Name in Follower]: (typeof FOLLOWERS)[Name]['cursor'] };

/** Changes that a follower has still to take. */
export interface Batch {
  changes: Change[];
  /** What changed, each once, whatever the number of its changes. */
  ids: string[];
  /** The number of the last of them. */
  last: number;
  /**
   * Moves the follower behind them. Called inside the transaction that writes what was made of them, or after it was made: a follower
   * that dies before takes them again.
   */
  keep(): void;
}

/** The next changes for a follower, at most `limit`; undefined when it has taken all. */
export function follow(db: Db, follower: Follower, limit: number): Batch | undefined {
  const changes = listAfter(db, FOLLOWERS[follower].subject, readPosition(db, follower), limit);
  const last = changes.at(-1);
  if (!last) return undefined;
  return {
    changes,
    ids: [...new Set(changes.map(({ subjectId }) => subjectId))],
    last: last.seq,
    keep: () => savePosition(db, follower, last.seq),
  };
}

/** How far a follower is: the number of the last change that it has taken, 0 before the first. */
export function readPosition(db: Db, follower: Follower): number {
  return Number(readKeyValue(db, FOLLOWERS[follower].cursor, '0'));
}

/** Puts a follower at a position, as after making everything anew. */
export function savePosition(db: Db, follower: Follower, seq: number): void {
  saveKeyValue(db, FOLLOWERS[follower].cursor, String(seq));
}

/** The position at the end of what a follower follows. */
export function endOf(db: Db, follower: Follower): number {
  return lastChange(db, FOLLOWERS[follower].subject);
}

/** Lets a follower that has not begun begin at the end: what was before is no news. Returns whether it had not begun. */
export function beginAtEnd(db: Db, follower: Follower): boolean {
  if (readKeyValue(db, FOLLOWERS[follower].cursor, '') !== '') return false;
  savePosition(db, follower, endOf(db, follower));
  return true;
}

/** When the oldest change that a follower has not taken was made; null when it has taken all. */
export function waitingSince(db: Db, follower: Follower): Instant | null {
  return listAfter(db, FOLLOWERS[follower].subject, readPosition(db, follower), 1)[0]?.at ?? null;
}
