import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  CONFIRMATIONS_A_DAY,
  CONFIRMATIONS_A_HOST,
  CONFIRMATIONS_AN_HOUR,
} from '#src/server/subscriptions/confirmation-limit.ts';
import { confirmSubscription, forgetExpired, stopSubscription } from '#src/server/subscriptions/subscription.ts';
import { makeToken } from '#src/server/subscriptions/tokens.ts';
import { speltMailbox } from '#tests/support/mailbox-forms.ts';
import { type SubscriptionRig, startSubscriptionRig } from '#tests/support/subscription-rig.ts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`floods: seed ${seed}`);

let rig: SubscriptionRig;
beforeEach(async () => {
  rig = await startSubscriptionRig({});
});
afterEach(() => rig.close());

const count = (sql: string) => rig.db.$client.prepare(sql).pluck().get() as number;
const countMails = () => count('SELECT count(*) FROM subscription_messages');
const clear = () => {
  for (const table of ['subscriptions', 'confirmation_requests']) rig.db.$client.prepare(`DELETE FROM ${table}`).run();
};
const requestMany = (addresses: readonly string[]) =>
  addresses.map((address, at) => rig.request({ address, filter: `q=词${at}` }));

it('writes to no mailbox more than three times a day, however its address is spelt', () => {
  fc.assert(
    fc.property(speltMailbox, ({ plain, spellings }) => {
      clear();
      requestMany([plain, ...spellings]);
      expect(countMails()).toBe(CONFIRMATIONS_A_DAY);
      rig.request({ address: `other-${plain}` });
      expect(countMails()).toBe(CONFIRMATIONS_A_DAY + 1);
    }),
    { seed, numRuns: 60 },
  );
});

it('counts what was stopped, and no longer what was confirmed or is a day old', () => {
  const token = (purpose: 'confirm' | 'manage', id: string) => makeToken(rig.key, purpose, id);
  const ids = requestMany(['a@mail.example', 'A+1@mail.example', 'a+2@mail.example']);
  for (const id of ids) stopSubscription(rig.db, token('manage', id));
  requestMany(['a@mail.example']);
  expect(countMails()).toBe(0);
  rig.pass(DAY_MS + 1);
  for (let day = 0; day < 10; day++) {
    confirmSubscription(
      rig.db,
      token('confirm', rig.request({ address: 'a@mail.example', filter: `q=词${day}` })),
      rig.now,
    );
  }
  expect(count('SELECT count(*) FROM subscriptions WHERE confirmed_at IS NOT NULL')).toBe(10);
  rig.pass(2 * DAY_MS);
  forgetExpired(rig.db, rig.now);
  expect(count('SELECT count(*) FROM confirmation_requests')).toBe(0);
});

it('writes to an organization and to everybody together only so often, and to users of a public provider as before', () => {
  requestMany(Array.from({ length: CONFIRMATIONS_A_HOST.email + 20 }, (_, at) => `catch-all-${at}@jining.gov.example`));
  expect(countMails()).toBe(CONFIRMATIONS_A_HOST.email);
  requestMany(Array.from({ length: 300 }, (_, at) => `reader${at}@qq.com`));
  expect(countMails()).toBe(CONFIRMATIONS_AN_HOUR);
  rig.pass(HOUR_MS + 1);
  requestMany(['late@qq.com']);
  expect(countMails()).toBe(CONFIRMATIONS_AN_HOUR + 1);
});

it('keeps nobody who can be told by what is kept', () => {
  requestMany(['reader@mail.example']);
  const [kept] = rig.db.$client.prepare('SELECT * FROM confirmation_requests').all() as Record<string, string>[];
  expect(kept?.recipient).toMatch(/^[\w-]{43}$/);
  expect(JSON.stringify(kept)).not.toMatch(/reader|mail\.example/);
});
