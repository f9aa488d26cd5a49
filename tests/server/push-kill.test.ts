import { expect, test } from 'vitest';
import type { PushResult } from '#src/server/api/sync/schema.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { makeNotice, sendPush, signPush, toLines } from '#tests/support/push-client.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, startPortal } from '#tests/support/test-portal.ts';

const ITEMS = 300;
const KILLS = 2;

test('killed in the middle of pushes that are then repeated: nothing answered is lost, nothing is there twice', async () => {
  const shared = openTestDatabase();
  const key: IssuedKey = issueKey(shared.db, 'qufu', PORTAL_SITE, new Date().toISOString());
  const count = () => shared.db.$client.prepare('SELECT count(*) FROM notices').pluck().get() as number;
  const answered: PushResult[] = [];
  let kills = 0;
  for (let round = 0; round <= KILLS; round++) {
    const items = Array.from({ length: ITEMS }, (_, each) => makeNotice(round * ITEMS + each));
    const body = toLines(items);
    const idempotencyKey = `push-${round}-of-test`;
    const portal = await startPortal(() => undefined, {}, shared);
    const before = count();
    const first = sendPush(portal.url, await signPush(key, body, { idempotencyKey })).catch(() => undefined);
    if (round < KILLS) {
      while (count() < before + 60 + round * 80) await new Promise((resolve) => setTimeout(resolve, 2));
      portal.kill();
      if ((await first) === undefined) kills++;
      const again = await startPortal(() => undefined, {}, shared);
      const { status, answer } = await sendPush(again.url, await signPush(key, body, { idempotencyKey }));
      expect(status).toBe(200);
      answered.push(answer);
      await again.stop();
    } else {
      answered.push((await first)?.answer as PushResult);
      await portal.stop();
    }
    expect(count()).toBe(before + ITEMS);
  }
  expect(kills).toBe(KILLS);
  expect(answered.every(({ received, rejected }) => received === ITEMS && rejected === 0)).toBe(true);
  const versions = shared.db.$client.prepare('SELECT max(version) FROM notice_versions').pluck().get();
  expect(versions).toBe(1);
  expect(shared.db.$client.prepare(`SELECT count(*) FROM push_requests WHERE answer IS NULL`).pluck().get()).toBe(0);
  const checks = DATABASE_CHECKS.filter(({ key: name }) => !name.includes('index'));
  expect((await verifyInvariants(shared.db, checks)).filter(({ breaches }) => breaches > 0)).toEqual([]);
  shared.close();
}, 600_000);
