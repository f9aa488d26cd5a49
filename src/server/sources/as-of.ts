import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect } from '#db/query.ts';
import { sources } from '#db/schema/index.ts';
import type { Instant } from '#src/domain/time/time.ts';

// Text: every page and answer asks it.
const NEWEST = defineSelect(() => ({
  fields: { at: sql<Instant | null>`max(${sources.lastSuccessAt})` },
  rest: sql`FROM ${sources}`,
}));

/** When the data behind an answer was last confirmed by a source; the present when no source has succeeded yet. */
export function getAsOf(db: Db): Instant {
  return NEWEST.first(db)?.at ?? new Date().toISOString();
}
