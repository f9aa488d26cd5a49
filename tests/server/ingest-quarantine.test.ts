import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireLease, releaseLease } from '#db/lease.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { releaseSource } from '#src/ingest/run/records.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';
import { TESTER } from '#tests/support/writer.ts';

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(50);
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  expect(rig.count('SELECT count(*) FROM leases')).toBe(0);
  await rig.close();
});

describe('items that may not be published', () => {
  const reasons = () =>
    rig.rows(
      `SELECT source_item_id AS id, json_extract(reasons, '$[0].code') AS code FROM raw_items WHERE state = 'rejected' ORDER BY id`,
    );

  test('a bad item is put aside with its reason and the good ones around it stay', async () => {
    const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    rig.items = [
      makeItem(1),
      makeItem(101, { date: '' }),
      makeItem(102, { date: tomorrow }),
      makeItem(103, { column: '99' }),
      makeItem(104, { column: '3', title: '某某小学教学楼' }),
      makeItem(105, { title: '' }),
      makeItem(106, { body: '<div>'.repeat(20_000) }),
      makeItem(107, { title: '第107号设备采购项目公开招标公告\ud83d' }),
      makeItem(2),
    ];
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 2, rejected: 7 });
    expect(reasons()).toEqual([
      { id: 'item-101', code: 'time-missing' },
      { id: 'item-102', code: 'time-future' },
      { id: 'item-103', code: 'column-unknown' },
      { id: 'item-104', code: 'stage-unknown' },
      { id: 'item-105', code: 'invalid' },
      { id: 'item-106', code: expect.any(String) },
      { id: 'item-107', code: 'text-broken' },
    ]);
    expect(rig.rows('SELECT kind, value FROM unknown_codes ORDER BY kind')).toEqual([
      { kind: 'column', value: '99' },
      { kind: 'stage', value: '3' },
    ]);
  });

  test('a mapped column lets its items through on retry', async () => {
    rig.items = [makeItem(1), makeItem(2, { column: '99' })];
    await rig.run();
    const settings = JSON.parse(String(rig.source()?.settings));
    settings.columns['99'] = { category: 'medical', stage: 'tenderNotice' };
    rig.db.$client.prepare('UPDATE sources SET settings = ?').run(JSON.stringify(settings));
    expect(retryRejected(rig.db, TESTER, { sourceKey: rig.key })).toEqual({ accepted: 1, rejected: 0, deferred: 0 });
    expect(rig.count(`SELECT count(*) FROM published_notices WHERE category = 'medical'`)).toBe(1);
    expect(reasons()).toEqual([]);
  });

  test('an id given to another notice is not an update', async () => {
    await rig.run();
    rig.items[0] = makeItem(0, {
      title: '微山县环卫车辆租赁服务竞争性磋商公告',
      code: 'SDGP370826202602000777',
      body: '<p>另一个项目</p>',
    });
    expect(await rig.run({ full: true })).toMatchObject({ changed: 0, rejected: 1 });
    expect(reasons()).toEqual([{ id: 'item-0', code: 'id-reused' }]);
    expect(rig.rows(`SELECT version FROM notices WHERE source_item_id = 'item-0'`)).toEqual([{ version: 1 }]);
  });

  test('ids re-issued for most items: held, and after release no notice is doubled', async () => {
    await rig.run();
    rig.items = rig.items.map((item) => ({ ...item, id: `new-${item.id}` }));
    expect(await rig.run({ full: true })).toMatchObject({ state: 'held', created: 0 });
    expect(rig.source()?.held_reason).toMatch(/编号/);
    releaseSource(rig.db, rig.key);
    await rig.run({ full: true });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(50);
    expect(rig.count('SELECT count(*) FROM notice_aliases')).toBe(50);
  });
});

describe('two at once', () => {
  test('the second run of a source steps aside', async () => {
    const [first, second] = await Promise.all([rig.run(), rig.run()]);
    expect([first.state, second.state].sort()).toEqual(['busy', 'succeeded']);
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(50);
  });

  test('a run that lost its lease can no longer write', async () => {
    rig.feed.faultOf = (path) => {
      if (path.includes('page=2')) rig.db.$client.exec(`UPDATE leases SET token = token + 1, holder = 'elsewhere 1 x'`);
      return undefined;
    };
    expect(await rig.run()).toMatchObject({ state: 'interrupted', error: expect.stringMatching(/租约/) });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(0);
    rig.db.$client.exec('DELETE FROM leases');
    rig.feed.break(undefined);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 50 });
    expect(rig.count(`SELECT count(*) FROM ingest_runs WHERE state = 'interrupted'`)).toBe(1);
  });

  test('a lease is taken over when it has expired, not before', () => {
    const lease = acquireLease(rig.db, 'x');
    expect(acquireLease(rig.db, 'x')).toBeUndefined();
    rig.db.$client.exec(`UPDATE leases SET expires_at = '2020-01-01T00:00:00.000Z'`);
    const next = acquireLease(rig.db, 'x');
    expect(next?.token).toBe((lease?.token ?? 0) + 1);
    if (lease) releaseLease(rig.db, lease);
    expect(rig.count('SELECT count(*) FROM leases')).toBe(1);
    if (next) releaseLease(rig.db, next);
  });
});
