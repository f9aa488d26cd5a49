import { max } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import type { Instant } from '#src/domain/time/time.ts';

const NEWEST = defineQuery((db) => db.select({ at: max(sources.lastSuccessAt) }).from(sources));

/** When the data behind an answer was last confirmed by a source; the present when no source has succeeded yet. */
export function getAsOf(db: Db): Instant {
  return NEWEST.first(db)?.at ?? new Date().toISOString();
}
