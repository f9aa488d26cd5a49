import type { Instant } from '#src/domain/time/time.ts';

/**
 * The condition under which the public may see an entry `e`, with the present instant twice as its values. Every reader uses this
 * one: what is public is decided by date when somebody asks.
 */
export const IN_FORCE = 'e.withheld = 0 AND e.public_from <= ? AND e.public_until > ?';

/** The values of `IN_FORCE`. */
export function inForceValues(now: Instant): [Instant, Instant] {
  return [now, now];
}
