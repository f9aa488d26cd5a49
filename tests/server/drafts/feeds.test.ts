import { eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { auditEvents, feedReviews, notices, noticeVersions, sources } from '#db/schema/index.ts';
import { runActor } from '#src/domain/actors.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { completeDraft } from '#src/publish/items/complete-draft.ts';
import { quarantine } from '#src/publish/items/quarantine.ts';
import { storeItem } from '#src/publish/items/store-item.ts';
import { findKnownById } from '#src/publish/notices/known.ts';
import { withdrawNotice } from '#src/publish/notices/store.ts';
import { saveTombstone } from '#src/publish/notices/tombstones.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { FeedDesk } from '#src/staff/feeds/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { releaseItems } from '#src/worker/release-items.ts';
import { DraftRig } from '#tests/support/draft-rig.ts';
import { openTestDatabase, seedRun } from '#tests/support/seed-notices.ts';

const KEY = 'qufu-site';
const NOW = '2026-03-02T01:00:00.000Z';
let shared: ReturnType<typeof openTestDatabase>;
let db: Db;
let desk: FeedDesk;
let reviewer: Session;
let keeper: Session;
beforeEach(() => {
  shared = openTestDatabase();
  db = shared.db;
  db.insert(sources)
    .values({
      key: KEY,
      name: '曲阜站',
      county: 'qufu',
      adapter: 'push',
      settings: {},
      schedule: '',
      release: 'review',
    })
    .run();
  seedRun(db, KEY, NOW);
  const rig = new DraftRig(db);
  desk = new FeedDesk({ db, write: async (write) => db.$client.transaction(() => write(db)).immediate() });
  reviewer = rig.person(['firstReviewer'], 'qufu');
  keeper = rig.person(['administrator'], 'qufu');
});
afterEach(() => shared.close());

const draftOf = (id: string, text = '采购内容见下。'): NoticeDraft => ({
  ...{ sourceItemId: id, column: { code: 'a' }, mapping: { category: 'procurement', stage: 'tenderNotice' } },
  ...{ title: `虚构器材 ${id} 采购公告`, rawTitle: `虚构器材 ${id} 采购公告` },
  ...{ published: { raw: '2026-03-01 10:00', field: 'time' }, ownCounty: true },
  ...{ bodyHtml: `<p>${text}编号 ${id}。</p>`, attachments: [], fields: {}, extra: {} },
});

/** What a run does with an item. */
function receive(draft: NoticeDraft): string {
  const listHash = draftHash(draft);
  const raw = {
    ...{ sourceKey: KEY, sourceItemId: draft.sourceItemId, contentHash: listHash + listHash },
    listItem: JSON.stringify(draft),
  };
  const completed = completeDraft({ draft, sourceKey: KEY, publishedBy: 'qufu' });
  const context = { runId: 'seed', actor: runActor('seed'), now: NOW };
  return db.$client
    .transaction(() => {
      try {
        return storeItem(db, { draft, known: undefined, raw, ...completed }, context);
      } catch (error) {
        quarantine(db, raw, error, draft.title, context);
        return String(error);
      }
    })
    .immediate();
}
const count = () => db.select().from(notices).all().length;
const refusal = (promise: Promise<unknown>) => promise.then(String, String);

test('what waits is public only after somebody let it through, as published by them, once', async () => {
  expect(receive(draftOf('1'))).toContain('等待工作人员审核');
  expect(receive(draftOf('1'))).toContain('等待工作人员审核');
  expect(receive(draftOf('2'))).toContain('等待');
  expect(count()).toBe(0);
  const { items, total } = desk.waiting(reviewer);
  expect(total).toBe(2);
  const [first, second] = items;
  if (!first || !second) throw new Error('two wait');
  expect(await refusal(desk.decide(reviewer, [second], { state: 'refused', reason: '' }))).toContain('理由');
  expect(await desk.decide(reviewer, [first], { state: 'released', reason: '' })).toBe(1);
  expect(await desk.decide(reviewer, [second], { state: 'refused', reason: '不属于公开范围' })).toBe(1);
  expect(await desk.decide(reviewer, [first, second], { state: 'released', reason: '' })).toBe(0);
  expect(releaseItems(db, NOW)).toBe(1);
  expect(releaseItems(db, NOW)).toBe(0);
  expect(db.select().from(noticeVersions).all()).toMatchObject([{ actor: reviewer.doer.actor }]);
  expect(receive(draftOf('2'))).toContain('审核未通过');
  expect(receive(draftOf('1'))).toBe('unchanged');
  expect(db.select().from(auditEvents).where(eq(auditEvents.action, 'feed.review')).all()).toHaveLength(2);
});

test('a change of what is public waits too, and the public form stays', async () => {
  db.update(sources).set({ release: 'automatic' }).run();
  expect(receive(draftOf('1'))).toBe('created');
  await desk.setRelease(keeper, KEY, 'review', '近期错误较多');
  expect(receive(draftOf('1'))).toBe('unchanged');
  expect(receive(draftOf('1', '采购内容有调整。'))).toContain('等待');
  expect(db.select().from(feedReviews).all()).toMatchObject([{ noticeId: db.select().from(notices).get()?.id }]);
  expect(db.select().from(noticeVersions).all()).toHaveLength(1);
});

test('a rule lets through what it names until its day, and not longer', async () => {
  const rule = { sourceKey: KEY, category: 'procurement' as const, stage: null, reason: '连续一年无差错' };
  expect(await refusal(desk.trust(keeper, { ...rule, expiresAt: '2028-03-02T01:00:00.000Z' }))).toContain('一年以内');
  await desk.trust(keeper, { ...rule, stage: 'awardNotice', expiresAt: '2026-06-01T00:00:00.000Z' });
  expect(receive(draftOf('1'))).toContain('等待');
  await desk.trust(keeper, { ...rule, expiresAt: '2026-06-01T00:00:00.000Z' });
  expect(receive(draftOf('2'))).toBe('created');
  const [last] = desk.rules(reviewer);
  await desk.revoke(keeper, last?.id ?? 0, '恢复逐条审核');
  expect(receive(draftOf('3'))).toContain('等待');
});

test('what the console took back and a source says again under another id waits for staff, whatever the source and its trust', async () => {
  db.update(sources).set({ release: 'automatic' }).run();
  expect(receive(draftOf('1'))).toBe('created');
  const known = findKnownById(db, db.select().from(notices).get()?.id ?? '');
  if (!known) throw new Error('it was published');
  const raw = { sourceKey: KEY, sourceItemId: 'taken', contentHash: 'f'.repeat(64), listItem: '{}' };
  withdrawNotice(db, known, raw, { runId: 'seed', actor: runActor('seed'), now: NOW });
  saveTombstone(db, { noticeId: known.id, version: known.version + 1, reason: '测试撤回', at: NOW });
  const again = { ...draftOf('1'), sourceItemId: 'another-id' };
  expect(receive(again)).toContain('等待工作人员审核');
  // Not by another day or title either, when it says the same words.
  const { title } = draftOf('9');
  expect(
    receive({
      ...again,
      sourceItemId: 'third',
      title,
      rawTitle: title,
      published: { raw: '2026-03-02 08:00', field: 'time' },
    }),
  ).toContain('等待');
  expect(receive(draftOf('2'))).toBe('created');
  expect(desk.waiting(reviewer).items.map(({ why }) => why)).toEqual([
    expect.stringContaining(known.id),
    expect.stringContaining(known.id),
  ]);
  const [first] = desk.waiting(reviewer).items;
  if (!first) throw new Error('two wait');
  await desk.decide(reviewer, [first], { state: 'released', reason: '已核对，可以公开' });
  expect(releaseItems(db, NOW)).toBe(1);
  expect(db.select().from(notices).where(isNull(notices.withdrawnAt)).all()).toHaveLength(2);
});

test('is nobody else’s: not of another county, not of another post', async () => {
  receive(draftOf('1'));
  const rig = new DraftRig(db);
  const other = rig.person(['firstReviewer', 'administrator'], 'zoucheng');
  expect(desk.waiting(other).items).toEqual([]);
  const [item] = desk.waiting(reviewer).items;
  if (!item) throw new Error('one waits');
  expect(await refusal(desk.decide(other, [item], { state: 'released', reason: '' }))).toMatch(/^ForbiddenError/);
  expect(await refusal(desk.setRelease(other, KEY, 'automatic', '理由充分'))).toMatch(/^ForbiddenError/);
  expect(await refusal(desk.setRelease(reviewer, KEY, 'automatic', '理由充分'))).toMatch(/^ForbiddenError/);
  expect(() => desk.waiting(rig.person(['countyClerk'], 'qufu'))).toThrow('没有这项权限');
});
