import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { exposureUrl } from '#src/domain/exposures/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { IN_FORCE, inForceValues } from './in-force.ts';

/** The protocol's limit for one file. */
const MOST_ENTRIES = 50_000;

const ENTRIES = `SELECT e.id, e.updated_at AS updatedAt FROM exposures e
  WHERE ${IN_FORCE} AND e.subject_type NOT IN ('expert', 'individual') ORDER BY e.decision_date DESC LIMIT ${MOST_ENTRIES}`;

/** Addresses of the entries in force for search engines; pages about natural persons are kept out of them. */
export function listExposurePaths(
  db: Db,
  now: Instant = new Date().toISOString(),
): { path: string; modifiedAt: Instant }[] {
  const rows = listRows<{ id: string; updatedAt: Instant }>(db, ENTRIES, inForceValues(now));
  return rows.map(({ id, updatedAt }) => ({ path: exposureUrl(id), modifiedAt: updatedAt }));
}
