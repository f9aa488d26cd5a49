import { afterEach, beforeEach, expect, it } from 'vitest';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { markUnread, reextractNotices } from '#src/publish/notices/reextract.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { searchWith } from '#src/server/search/search.ts';
import { batchDeliveries } from '#src/server/subscriptions/batch.ts';
import { listMessageItems, type MessageItem } from '#src/server/subscriptions/content.ts';
import { toMessageParagraph } from '#src/server/subscriptions/message.ts';
import { renewHashes } from '#src/server/subscriptions/notifier.ts';
import { listSubscriptions, stopById } from '#src/server/subscriptions/operate.ts';
import { forgetExpired, getSubscription } from '#src/server/subscriptions/subscription.ts';
import { makeToken } from '#src/server/subscriptions/tokens.ts';
import { SITE, type SubscriptionRig, startSubscriptionRig } from '#tests/support/subscription-rig.ts';
import { TESTER } from '#tests/support/writer.ts';

const BODY = (deadline: string, more = '') =>
  `<p>采购人：青石镇中学</p><p>预算金额：50 万元</p><p>投标截止时间：${deadline}</p>${more}`;

let rig: SubscriptionRig;
beforeEach(async () => {
  rig = await startSubscriptionRig();
});
afterEach(async () => {
  expect(await rig.ingest.breaches()).toEqual([]);
  await rig.close();
});

it('tells of new notices that match, each once, whatever is repeated', async () => {
  const all = rig.subscribe({ filter: '' });
  const words = rig.subscribe({ filter: 'q=设备采购+-3号' });
  rig.subscribe({ filter: 'q=航天发射场' });
  await rig.publish(rig.item(1), rig.item(3));
  rig.follow();
  const expected = [`${all} created`, `${all} created`, `${words} created`].sort();
  expect(rig.deliveries()).toEqual(expected);
  rig.db.$client.prepare(`UPDATE key_values SET value = '0' WHERE key = 'notify.cursor'`).run();
  rig.restart();
  rig.follow();
  expect(rig.deliveries()).toEqual(expected);
});

it('does not tell of what was before the subscription, of old notices found late, nor before it is confirmed', async () => {
  await rig.publish(rig.item(1));
  const late = rig.subscribe({});
  rig.db.$client.prepare('UPDATE subscriptions SET confirmed_at = ?').run(new Date().toISOString());
  rig.request({ address: 'other@mail.example' });
  await rig.publish(rig.item(2, { date: '2020-03-01' }));
  rig.follow();
  expect(rig.deliveries()).toEqual([]);
  await rig.publish(rig.item(3));
  rig.follow();
  expect(rig.deliveries()).toEqual([`${late} created`]);
});

it('tells of a notice that comes weeks late, once its source is being read', async () => {
  await rig.publish(rig.item(1));
  rig.follow();
  const id = rig.subscribe({});
  rig.db.$client.prepare("UPDATE ingest_runs SET started_at = '2020-01-01T00:00:00.000Z'").run();
  await rig.publish(rig.item(2, { date: '2020-03-01' }));
  rig.follow();
  expect(rig.deliveries()).toEqual([`${id} created`]);
});

it('tells of a project alone to those who follow it', async () => {
  await rig.publish(rig.item(1), rig.item(2));
  rig.follow();
  const [one, other] = rig.rows<{ project: string }>('SELECT project_id AS project FROM notices ORDER BY id');
  const id = rig.subscribe({ filter: `project=${one?.project}` });
  expect(one?.project).not.toBe(other?.project);
  await rig.publish(
    rig.item(1, { body: BODY('2026年12月20日 09:00') }),
    rig.item(2, { body: BODY('2026年12月20日 09:00') }),
  );
  rig.follow();
  expect(rig.deliveries()).toEqual([`${id} changed`]);
});

it('tells of a moved deadline, and of nothing when only the layout changed or the rules read anew', async () => {
  const id = rig.subscribe({});
  await rig.publish(rig.item(1, { body: BODY('2026年12月20日 09:00') }));
  rig.follow();
  await rig.publish(rig.item(1, { body: BODY('2026年12月20日 09:00', '<p>　</p>') }));
  rig.follow();
  await rig.publish(rig.item(1, { body: BODY('<b>2026年12月20日 09:00</b>', '<p>请各单位留意。</p>') }));
  rig.follow();
  expect(rig.rows('SELECT version FROM notices')).not.toEqual([{ version: 1 }]);
  expect(rig.deliveries()).toEqual([`${id} created`]);
  await rig.publish(rig.item(1, { body: BODY('2026年12月25日 09:00') }));
  rig.follow();
  expect(rig.deliveries()).toEqual([`${id} changed`, `${id} created`]);
  markUnread(rig.db);
  await reextractNotices(rig.db, { actor: TESTER });
  rig.follow();
  expect(rig.deliveries()).toHaveLength(2);
});

it('tells of a correction that moves a deadline those whom the call concerns, by the old time and the new', async () => {
  const stage = rig.subscribe({ filter: 'stage=tenderNotice&status=open', address: 'stage@mail.example' });
  const buyer = rig.subscribe({ filter: `buyer=${encodeURIComponent('青石镇中学')}`, address: 'buyer@mail.example' });
  const other = rig.subscribe({ filter: 'category=land', address: 'other@mail.example' });
  const call = rig.item(1, { body: BODY('2028年12月20日 09:00') });
  await rig.publish(call);
  rig.follow();
  const title = call.title.replace('公开招标公告', '更正公告');
  await rig.publish(
    rig.item(2, { title, ...(call.code && { code: call.code }), body: '<p>投标截止时间：2028年12月25日 09:30</p>' }),
  );
  rig.follow();
  expect(rig.deliveries()).toEqual([stage, buyer].flatMap((id) => [`${id} created`, `${id} created`]).sort());
  expect(rig.deliveries().join()).not.toContain(other);
  batchDeliveries(rig.db, rig.now, 8);
  const [message] = rig.rows<{ id: string }>('SELECT id FROM subscription_messages');
  const { items } = listMessageItems(rig.db, NOTICE_READER.read, message?.id ?? '', 10);
  const item = items.find((one) => one.kind !== 'withdrawn' && one.title === title);
  const paragraph = toMessageParagraph(item as MessageItem, SITE);
  expect(paragraph.heading).toBe(`【截止时间变更】${title}`);
  expect(paragraph.lines).toContain('截止时间：2028-12-20 09:00 → 2028-12-25 09:30');
  expect(paragraph.deadlineMoved).toEqual({ from: '2028-12-20T09:00:00+08:00', to: '2028-12-25T09:30:00+08:00' });
});

it('reads words as the search does: a name that is a buyer asks for its notices, not for those that mention it', async () => {
  await rig.publish(rig.item(1, { body: BODY('2028年12月20日 09:00') }));
  rig.follow();
  const q = '青石镇中学 设备采购';
  const id = rig.subscribe({ filter: `q=${encodeURIComponent(q)}` });
  await rig.publish(
    rig.item(2, { body: BODY('2028年12月21日 09:00') }),
    rig.item(3, { body: '<p>采购人：白石镇中学</p><p>交货地点：青石镇中学东侧</p>' }),
  );
  rig.follow();
  const told = rig.rows<{ item: string }>(
    'SELECT n.source_item_id AS item FROM subscription_deliveries d JOIN notices n ON n.id = d.notice_id',
  );
  expect(rig.deliveries()).toEqual([`${id} created`]);
  while ((await drainChanges(rig.db, null)) > 0);
  const found = await searchWith(rig.db, ftsBackend(rig.db), { q });
  expect(found.plan?.conditions).toMatchObject([{ kind: 'party' }]);
  expect(told.map(({ item }) => item)).toEqual(['item-2']);
  expect(found.items.map(({ title }) => title).join()).not.toContain('第3号');
});

it('tells of a withdrawal those who were told of the notice, and nobody else', async () => {
  const told = rig.subscribe({ address: 'first@mail.example' });
  await rig.publish(rig.item(1));
  rig.follow();
  rig.subscribe({ address: 'second@mail.example' });
  await rig.publish(rig.item(1, { withdrawn: true }));
  rig.follow();
  expect(rig.deliveries()).toEqual([`${told} created`, `${told} withdrawn`]);
});

it('holds thousands of subscriptions against a notice, and forgets one that is stopped', async () => {
  const wishes = Array.from({ length: 3_000 }, (_, number) => ({
    address: `reader${number}@mail.example`,
    filter: number % 2 === 0 ? `q=第${number}号` : `category=${number % 4 === 1 ? 'land' : 'procurement'}`,
  }));
  rig.db.$client.transaction(() => wishes.map((wish) => rig.subscribe(wish)))();
  await rig.publish(rig.item(42), rig.item(77));
  rig.follow();
  const byWord = rig.rows(
    "SELECT s.filter FROM subscription_deliveries d JOIN subscriptions s ON s.id = d.subscription_id WHERE s.filter LIKE 'q=%'",
  );
  expect(byWord.map(({ filter }) => new URLSearchParams(String(filter)).get('q'))).toEqual(['第42号']);
  expect(rig.deliveries()).toHaveLength(750 * 2 + 1);
  rig.db.$client.prepare('DELETE FROM subscriptions').run();
  expect(rig.deliveries()).toEqual([]);
});

it('shows operators masked addresses, and lets them stop a subscription', () => {
  const id = rig.subscribe({ filter: 'county=qufu' });
  expect(listSubscriptions(rig.db)).toMatchObject([{ id, address: 'r***@mail.example', filter: '曲阜市' }]);
  expect(stopById(rig.db, id)).toBe(true);
  expect(stopById(rig.db, id)).toBe(false);
  expect(listSubscriptions(rig.db)).toEqual([]);
});

it('forgets what nobody confirmed in time', () => {
  rig.request({ address: 'first@mail.example' });
  const kept = rig.subscribe({ address: 'second@mail.example' });
  const afterHours = (hours: number) => new Date(Date.parse(rig.now) + hours * 3600_000).toISOString();
  expect(forgetExpired(rig.db, afterHours(46))).toBe(0);
  expect(forgetExpired(rig.db, afterHours(48))).toBe(1);
  expect(listSubscriptions(rig.db).map(({ id }) => id)).toEqual([kept]);
});

it('forgets an address that nothing has reached for a month, but not one that something has', async () => {
  rig.subscribe({ address: 'gone@mail.example' });
  const kept = rig.subscribe({ address: 'moody@mail.example' });
  await rig.publish(rig.item(1));
  rig.follow();
  batchDeliveries(rig.db, rig.now, 8);
  rig.db.$client.prepare(`UPDATE subscription_messages SET state = 'dead'`).run();
  const afterDays = (days: number) => new Date(Date.parse(rig.now) + days * 86_400_000).toISOString();
  rig.db.$client
    .prepare(`INSERT INTO subscription_messages (id, subscription_id, kind, state, attempts, due_at, created_at, sent_at)
      VALUES ('m', ?, 'notices', 'sent', 1, ?, ?, ?)`)
    .run(kept, ...[20, 20, 20].map(afterDays));
  expect(forgetExpired(rig.db, afterDays(29))).toBe(0);
  expect(forgetExpired(rig.db, afterDays(31))).toBe(1);
  expect(listSubscriptions(rig.db).map(({ id }) => id)).toEqual([kept]);
});

it('asks one host for confirmation twenty times a day at most', () => {
  const ask = (host: string) => (number: number) =>
    rig.request({ channel: 'webhook', address: `https://${host}/${number}` });
  for (let number = 0; number < 25; number++) ask('one.example')(number);
  ask('other.example')(1);
  expect(rig.rows(`SELECT 1 FROM subscriptions WHERE address LIKE 'https://one.example/%'`)).toHaveLength(20);
  expect(rig.rows('SELECT 1 FROM subscriptions')).toHaveLength(21);
});

it('has links that follow the key', () => {
  const id = rig.subscribe({});
  expect(renewHashes(rig.db, rig.key)).toBe(0);
  const other = Buffer.alloc(32, 7);
  expect(renewHashes(rig.db, other)).toBe(1);
  expect(getSubscription(rig.db, 'manage', makeToken(other, 'manage', id)).id).toBe(id);
  expect(() => getSubscription(rig.db, 'manage', makeToken(rig.key, 'manage', id))).toThrow('没有这个订阅');
});
