import { type Column, type SQL, sql } from 'drizzle-orm';
import { exposures } from '#db/schema/index.ts';
import { aliased } from '#db/sql-pieces.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** The entry in every query of the exposure board and the blacklist. */
export const e = aliased(exposures, 'e');

/**
 * The condition under which the public may see the entry `e` at an instant. Every reader uses this one: what is public is decided by
 * date when somebody asks.
 */
export function inForce(now: Instant | SQL): SQL {
  return sql`${e.withheld} = 0 AND ${e.publicFrom} <= ${now} AND ${e.publicUntil} > ${now}`;
}

/** Of entries: those about organizations. Natural persons are looked up by nobody. */
export function isNoPerson(subjectType: Column): SQL {
  return sql`${subjectType} NOT IN ('expert', 'individual')`;
}
