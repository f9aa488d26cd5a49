import { expect, test } from 'vitest';
import { drafts } from '#db/schema/index.ts';
import { loadDemoDrafts } from '#scripts/demo/drafts/load.ts';
import { createDemoStaff } from '#scripts/demo/staff.ts';
import { DRAFT_STATE_KEYS, isReleased } from '#src/domain/drafts/states.ts';
import { listDue } from '#src/staff/drafts/release.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

test('the demonstration has a draft in every state before it is published, once, and publishes none of itself', async () => {
  const { db, close } = openTestDatabase();
  const now = new Date().toISOString();
  await createDemoStaff(db, now);
  await loadDemoDrafts(db, now);
  await loadDemoDrafts(db, now);
  const states = db.select({ state: drafts.state }).from(drafts).all();
  expect(states).toHaveLength(9);
  expect(new Set(states.map(({ state }) => state))).toEqual(
    new Set(DRAFT_STATE_KEYS.filter((state) => !isReleased(state))),
  );
  expect(listDue(db, now)).toEqual([]);
  close();
});
