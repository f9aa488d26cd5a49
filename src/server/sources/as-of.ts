import type { Db } from '#db/client.ts';
import { findRow } from '#db/statements.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** When the data behind an answer was last confirmed by a source; the present when no source has succeeded yet. */
export function getAsOf(db: Db): Instant {
  const newest = findRow<{ at: string | null }>(db, 'SELECT max(last_success_at) AS at FROM sources')?.at;
  return newest ?? new Date().toISOString();
}
