import type { Db } from '#db/client.ts';
import { readState, saveState } from '#db/states.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { listRows, run } from '../statements.ts';

/** Until when dates have been looked at; first written by the migration. */
const SWEPT = 'exposures.swept';

const PASSED = `
  SELECT id FROM exposures WHERE withheld = 0 AND public_until > @since AND public_from > @since AND public_from <= @now
  UNION SELECT id FROM exposures WHERE withheld = 0 AND public_until > @since AND public_until <= @now
  UNION SELECT exposure_id FROM exposure_events WHERE at > @since AND at <= @now`;

/**
 * Tells those who follow the changes of entries whose publication began or ended, or to which something happened, by date alone
 * since the last sweep: nothing is written on such a date, entries are public by date. Writes only when a date has passed.
 * Returns how many entries it told of.
 */
export function sweepExposureDates(db: Db, now: Instant = new Date().toISOString()): number {
  if (listPassed(db, now).length === 0) return 0;
  const sweep = () => {
    const ids = listPassed(db, now);
    for (const id of ids) {
      run(db, 'DELETE FROM exposure_changes WHERE exposure_id = ?', [id]);
      run(db, 'INSERT INTO exposure_changes (exposure_id, created_at) VALUES (?, ?)', [id, now]);
    }
    saveState(db, SWEPT, now);
    return ids.length;
  };
  return db.$client.transaction(sweep).immediate();
}

function listPassed(db: Db, now: Instant): string[] {
  const values = { since: readState(db, SWEPT, ''), now };
  return listRows<{ id: string }>(db, PASSED, values).map(({ id }) => id);
}
