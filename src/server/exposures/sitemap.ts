import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { named } from '#db/sql-pieces.ts';
import { exposureUrl } from '#src/domain/exposures/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { e, inForce, isNoPerson } from './in-force.ts';

/** The protocol's limit for one file. */
const MOST_ENTRIES = 50_000;

const ENTRIES = defineSelect((p: Params<{ now: Instant }>) => ({
  fields: { id: e.id, updatedAt: e.updatedAt },
  rest: sql`FROM ${named(e)} WHERE ${inForce(p.now)} AND ${isNoPerson(e.subjectType)}
    ORDER BY ${e.decisionDate} DESC LIMIT ${MOST_ENTRIES}`,
}));

/** Addresses of the entries in force for search engines; pages about natural persons are kept out of them. */
export function listExposurePaths(
  db: Db,
  now: Instant = new Date().toISOString(),
): { path: string; modifiedAt: Instant }[] {
  return ENTRIES.all(db, { now }).map(({ id, updatedAt }) => ({ path: exposureUrl(id), modifiedAt: updatedAt }));
}
