import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { staffFailures } from '#db/schema/staff.ts';
import { delayAfter } from '#src/domain/staff/delay.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';

/** What failed sign-ins are counted under. */
export interface FailureKey {
  key: string;
  /** Failures that cost nothing: people mistype, and a whole office may share one address. */
  free: number;
}

/** Failures are forgotten after a day without one. */
const FORGOTTEN_DAYS = 1;

/** Milliseconds that the next attempt under these keys has to wait; 0 when it may be made. */
export function waitOf(db: Db, keys: readonly FailureKey[], now: Instant): number {
  const waits = keys.map(({ key, free }) => {
    const row = read(db, key, now);
    return row ? Date.parse(row.lastAt) + delayAfter(row.failures - free) - Date.parse(now) : 0;
  });
  return Math.max(0, ...waits);
}

/** Counts a failure under each key. The caller holds the transaction. */
export function countFailure(db: Db, keys: readonly FailureKey[], now: Instant): void {
  for (const { key } of keys) {
    const failures = read(db, key, now) ? sql<number>`${staffFailures.failures} + 1` : 1;
    db.insert(staffFailures)
      .values({ key, failures: 1, lastAt: now })
      .onConflictDoUpdate({ target: staffFailures.key, set: { failures, lastAt: now } })
      .run();
  }
}

/** Forgets the failures under a key: somebody has shown who they are. */
export function forgetFailures(db: Db, { key }: FailureKey): void {
  db.delete(staffFailures).where(eq(staffFailures.key, key)).run();
}

function read(db: Db, key: string, now: Instant) {
  const row = db.select().from(staffFailures).where(eq(staffFailures.key, key)).get();
  return row && addDays(row.lastAt, FORGOTTEN_DAYS) > now ? row : undefined;
}
