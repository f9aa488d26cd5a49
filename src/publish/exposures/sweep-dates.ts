import { and, eq, gt, lte, type SQL } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery } from '#db/query.ts';
import { exposureEvents, exposures } from '#db/schema/index.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { tellExposure } from './rows.ts';

/** Until when dates have been looked at; first written by the migration. */
const SWEPT = 'exposures.swept';

const IS_SHOWN = eq(exposures.withheld, false).inlineParams();
const PASSED = defineQuery((db, p: Params<{ since: string; now: string }>) => {
  const entries = (began: SQL | undefined) =>
    db
      .select({ id: exposures.id })
      .from(exposures)
      .where(and(IS_SHOWN, gt(exposures.publicUntil, p.since), began));
  return union(
    entries(and(gt(exposures.publicFrom, p.since), lte(exposures.publicFrom, p.now))),
    entries(lte(exposures.publicUntil, p.now)),
    db
      .select({ id: exposureEvents.exposureId })
      .from(exposureEvents)
      .where(and(gt(exposureEvents.at, p.since), lte(exposureEvents.at, p.now))),
  );
});

/**
 * Tells those who follow the changes of entries whose publication began or ended, or to which something happened, by date alone
 * since the last sweep: nothing is written on such a date, entries are public by date. Writes only when a date has passed.
 * Returns how many entries it told of.
 */
export function sweepExposureDates(db: Db, context: WriteContext): number {
  const { now } = context;
  if (listPassed(db, now).length === 0) return 0;
  const sweep = () => {
    const ids = listPassed(db, now);
    for (const id of ids) tellExposure(db, id, 'date', context);
    saveKeyValue(db, SWEPT, now);
    return ids.length;
  };
  return db.$client.transaction(sweep).immediate();
}

function listPassed(db: Db, now: Instant): string[] {
  return PASSED.all(db, { since: readKeyValue(db, SWEPT, ''), now }).map(({ id }) => id);
}
