import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';

export interface HandoverStatus {
  batches: { state: string; count: number; records: number }[];
  failed: { id: string; attempts: number; nextAttemptAt: string; error: string }[];
  /** Reasons for which notices were not handed over, most frequent first. */
  remarks: { remark: string; count: number }[];
}

/** What was handed over, what waits, and what cannot be. */
export function readHandoverStatus(db: Db): HandoverStatus {
  return {
    batches: listRows(
      db,
      'SELECT state, count(*) AS count, coalesce(sum(records), 0) AS records FROM handover_batches GROUP BY state ORDER BY state',
    ),
    failed: listRows(
      db,
      `SELECT id, attempts, next_attempt_at AS nextAttemptAt, error FROM handover_batches WHERE state = 'failed' ORDER BY id`,
    ),
    remarks: listRows(
      db,
      'SELECT remark, count(*) AS count FROM handovers WHERE remark IS NOT NULL GROUP BY remark ORDER BY count DESC',
    ),
  };
}
