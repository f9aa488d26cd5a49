import { and, asc, eq, isNull, lt } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { logLeaves, publicSubmissions } from '#db/schema/index.ts';
import { formatDate, type Instant } from '#src/domain/time/time.ts';
import { logCommitment } from '../log/contents.ts';

/** Leaves of one transaction: others write in between. */
const BATCH = 500;

/**
 * Tells the publication log of the commitments of days that are over, in the order of the commitments, which tells nothing: whoever holds
 * a receipt can then prove to have sent it by that day. Returns how many.
 */
export function logCommitments(db: Db, now: Instant): number {
  const { commitment, receivedOn } = publicSubmissions;
  let told = 0;
  for (let taken = BATCH; taken === BATCH; told += taken) {
    taken = db.$client
      .transaction(() => {
        const rows = db
          .selectDistinct({ commitment })
          .from(publicSubmissions)
          .leftJoin(logLeaves, and(eq(logLeaves.type, 'submission'), eq(logLeaves.subjectId, commitment)))
          .where(and(isNull(logLeaves.leafIndex), lt(receivedOn, formatDate(now))))
          .orderBy(asc(commitment))
          .limit(BATCH)
          .all();
        for (const row of rows) logCommitment(db, { commitment: row.commitment, at: now });
        return rows.length;
      })
      .immediate();
  }
  return told;
}
