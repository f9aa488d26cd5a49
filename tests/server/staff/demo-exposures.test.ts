import { expect, test } from 'vitest';
import { exchangeRecords, exposureDrafts } from '#db/schema/index.ts';
import { loadDemoExposures } from '#scripts/demo/exposure-desk.ts';
import { createDemoStaff } from '#scripts/demo/staff.ts';
import { EXPOSURE_DRAFT_STATE_KEYS } from '#src/domain/exposures/drafts/states.ts';
import { getWorkingCalendar } from '#src/server/calendar.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

test('the demonstration has an entry in every state and a record of every end, once, and all of it holds', async () => {
  const { db, close } = openTestDatabase();
  const now = new Date().toISOString();
  await createDemoStaff(db, now);
  for (let start = 0; start < 2; start++) await loadDemoExposures(db, getWorkingCalendar(), now);
  const states = db
    .select()
    .from(exposureDrafts)
    .all()
    .map(({ state }) => state);
  expect([...new Set(states)].sort()).toEqual([...EXPOSURE_DRAFT_STATE_KEYS].sort());
  expect(states).toHaveLength(9);
  const results = db
    .select()
    .from(exchangeRecords)
    .all()
    .map(({ result }) => result);
  expect(results).toEqual(['drafted', 'duplicate', 'rejected', 'rejected']);
  const broken = (await verifyInvariants(db, DATABASE_CHECKS)).filter(({ breaches }) => breaches > 0);
  expect(broken).toEqual([]);
  close();
});
