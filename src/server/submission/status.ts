import { asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { submissionBatches, submissions } from '#db/schema/submissions.ts';

const BATCHES = defineQuery((db) =>
  db
    .select({
      state: submissionBatches.state,
      count: count(),
      records: sql<number>`coalesce(sum(${submissionBatches.records}), 0)`,
    })
    .from(submissionBatches)
    .groupBy(submissionBatches.state)
    .orderBy(asc(submissionBatches.state)),
);
const FAILED = defineQuery((db) =>
  db
    .select({
      id: submissionBatches.id,
      attempts: submissionBatches.attempts,
      nextAttemptAt: submissionBatches.nextAttemptAt,
      error: submissionBatches.error,
    })
    .from(submissionBatches)
    .where(eq(submissionBatches.state, 'failed'))
    .orderBy(asc(submissionBatches.id)),
);
const REMARKS = defineQuery((db) =>
  db
    .select({ remark: sql<string>`${submissions.remark}`, count: count() })
    .from(submissions)
    .where(isNotNull(submissions.remark))
    .groupBy(submissions.remark)
    .orderBy(desc(count())),
);

export interface SubmissionStatus {
  batches: { state: string; count: number; records: number }[];
  failed: { id: string; attempts: number; nextAttemptAt: string | null; error: string | null }[];
  /** Reasons for which notices were not submitted, most frequent first. */
  remarks: { remark: string; count: number }[];
}

/** What was submitted, what waits, and what cannot be. */
export function readSubmissionStatus(db: Db): SubmissionStatus {
  return { batches: BATCHES.all(db), failed: FAILED.all(db), remarks: REMARKS.all(db) };
}
