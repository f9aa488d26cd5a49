import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { statisticObservations } from '#db/schema/statistics.ts';
import { compareLots } from '#src/server/projects/comparable.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let db: Db;
let close: () => void;
beforeEach(() => {
  ({ db, close } = openTestDatabase());
});
afterEach(() => close());

/** A lot with a saving of so many percent of a baseline in 元. */
function observe(
  projectId: string,
  saving: number,
  { yuan = 1_000_000, month = '2026-03', category = 'construction' as const } = {},
) {
  const denominator = yuan * 100;
  db.$client.pragma('foreign_keys = OFF');
  db.insert(statisticObservations)
    .values({
      ...{ measure: 'savingRate', month, category, county: 'qufu', part: '-', projectId, lot: '', status: 'counted' },
      ...{ numerator: (denominator * saving) / 100, denominator },
    })
    .run();
}

it('a lot is put beside others of its category, year and size, with their number; too few say nothing', () => {
  observe('own', 4);
  for (const [index, saving] of [2, 6, 10, 14].entries()) observe(`like ${index}`, saving);
  observe('of another year', 90, { month: '2025-12' });
  observe('too small', 90, { yuan: 400_000 });
  observe('too large', 90, { yuan: 2_100_000 });
  expect(compareLots(db, 'own')).toEqual([{ measure: 'savingRate', lot: '', value: 0.04, n: 4, quartiles: null }]);
  observe('fifth', 18, { yuan: 2_000_000, month: '2026-12' });
  expect(compareLots(db, 'own')).toEqual([
    { measure: 'savingRate', lot: '', value: 0.04, n: 5, quartiles: { lower: 0.06, median: 0.1, upper: 0.14 } },
  ]);
});
