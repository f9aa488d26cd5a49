import { asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { handoverBatches, handovers } from '#db/schema/handovers.ts';

const BATCHES = defineQuery((db) =>
  db
    .select({
      state: handoverBatches.state,
      count: count(),
      records: sql<number>`coalesce(sum(${handoverBatches.records}), 0)`,
    })
    .from(handoverBatches)
    .groupBy(handoverBatches.state)
    .orderBy(asc(handoverBatches.state)),
);
const FAILED = defineQuery((db) =>
  db
    .select({
      id: handoverBatches.id,
      attempts: handoverBatches.attempts,
      nextAttemptAt: handoverBatches.nextAttemptAt,
      error: handoverBatches.error,
    })
    .from(handoverBatches)
    .where(eq(handoverBatches.state, 'failed'))
    .orderBy(asc(handoverBatches.id)),
);
const REMARKS = defineQuery((db) =>
  db
    .select({ remark: sql<string>`${handovers.remark}`, count: count() })
    .from(handovers)
    .where(isNotNull(handovers.remark))
    .groupBy(handovers.remark)
    .orderBy(desc(count())),
);

export interface HandoverStatus {
  batches: { state: string; count: number; records: number }[];
  failed: { id: string; attempts: number; nextAttemptAt: string | null; error: string | null }[];
  /** Reasons for which notices were not handed over, most frequent first. */
  remarks: { remark: string; count: number }[];
}

/** What was handed over, what waits, and what cannot be. */
export function readHandoverStatus(db: Db): HandoverStatus {
  return { batches: BATCHES.all(db), failed: FAILED.all(db), remarks: REMARKS.all(db) };
}
