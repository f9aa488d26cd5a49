import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { releaseSource } from '#src/ingest/run/records.ts';
import { FEED_FAULTS } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

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

describe('a feed that answers wrongly', () => {
  test.each(FEED_FAULTS)(
    '%s: the run fails with a reason, what was good stays, the next good run goes on',
    async (fault) => {
      await rig.run();
      const before = rig.publicContent();
      rig.feed.break(fault);
      const rss = process.memoryUsage.rss();
      const failed = await rig.run({ full: true });
      expect(failed.state).toBe('failed');
      expect(failed.error).toMatch(/\p{Script=Han}/u);
      expect(process.memoryUsage.rss() - rss).toBeLessThan(150 * 1024 * 1024);
      expect(rig.publicContent()).toEqual(before);
      expect(rig.count('SELECT count(*) FROM notices WHERE gone_at IS NOT NULL')).toBe(0);
      expect(rig.source()).toMatchObject({ consecutive_failures: 1, last_error: failed.error });
      rig.feed.break(undefined);
      expect(await rig.run({ full: true })).toMatchObject({ state: 'succeeded', unchanged: 50 });
      expect(rig.source()).toMatchObject({ consecutive_failures: 0, last_error: null });
    },
  );

  test('a page that breaks half-way keeps the pages before it and is read again in full', async () => {
    rig.feed.faultOf = (path) => (path.includes('page=2') ? 'truncated' : undefined);
    expect(await rig.run()).toMatchObject({ state: 'failed', created: 20 });
    rig.feed.break(undefined);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 30, unchanged: 20 });
  });

  test('an error page now and then is asked for once more', async () => {
    let asked = 0;
    rig.feed.faultOf = () => (asked++ % 3 === 0 ? 'truncated' : undefined);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 50 });
  });

  test('a damaged byte puts its item aside with its place, and the others are read; whole again, nothing is left to see to', async () => {
    rig.feed.faultOf = () => (response, answer) => {
      const bytes = Buffer.from(answer.body);
      const at = bytes.indexOf(Buffer.from(rig.items[7]?.title ?? '')) + 4;
      if (at > 4) bytes[at] = 0xff;
      response.writeHead(200, { 'content-type': answer.type }).end(bytes);
    };
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 49, rejected: 1 });
    const rejected = `SELECT json_extract(reasons, '$[0].message') AS reason FROM raw_items WHERE state = 'rejected'`;
    const reasons = rig.db.$client.prepare(rejected).pluck().all();
    expect(reasons).toEqual([expect.stringMatching(/^标题含无法识别的字节（第 \d+ 字节）$/)]);
    rig.feed.break(undefined);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 1 });
    expect(rig.db.$client.prepare(rejected).all()).toEqual([]);
  });

  test('one source that fails does not touch another', async () => {
    const dead = addTestSource(rig.db, 'http://127.0.0.1:9', { key: 'test-dead' });
    const [bad, good] = await Promise.all([rig.run({}, dead), rig.run()]);
    expect([bad.state, good.state]).toEqual(['failed', 'succeeded']);
  });
});

describe('a feed whose paging is broken', () => {
  test('the same page for ever ends', async () => {
    const repeated = rig.items.slice(0, 20);
    Object.defineProperty(rig, 'items', {
      get: () => Object.assign([...repeated], { slice: () => repeated, length: 1e6 }),
    });
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 20 });
    expect(rig.feed.requests).toHaveLength(2);
  });

  test('rows that arrive while paging are neither lost nor doubled', async () => {
    rig.feed.faultOf = (path) => {
      if (path.includes('page=2')) rig.items = [makeItem(900, { date: '2026-06-21' }), ...rig.items];
      return undefined;
    };
    await rig.run();
    rig.feed.break(undefined);
    await rig.run();
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(51);
  });
});

describe('a feed that loses items', () => {
  test('emptied: held and shown, nothing flagged; back again: released', async () => {
    await rig.run();
    const { items } = rig;
    rig.items = [];
    expect(await rig.run()).toMatchObject({ state: 'held' });
    expect(await rig.run({ full: true })).toMatchObject({ state: 'held', gone: 0 });
    expect(rig.source()?.held_reason).toMatch(/少于最低/);
    rig.items = items;
    expect(await rig.run()).toMatchObject({ state: 'succeeded', unchanged: 50 });
    expect(rig.source()?.held_reason).toBeNull();
  });

  test('most gone: held until someone releases it, then flagged and never deleted', async () => {
    await rig.run();
    const { items } = rig;
    rig.items = items.slice(0, 30);
    expect(await rig.run({ full: true })).toMatchObject({ state: 'held', gone: 0 });
    expect(await rig.run()).toMatchObject({ state: 'held' });
    releaseSource(rig.db, rig.key);
    expect(await rig.run({ full: true })).toMatchObject({ state: 'succeeded', gone: 20 });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(50);
    rig.items = items;
    await rig.run({ full: true });
    expect(rig.count('SELECT count(*) FROM notices WHERE gone_at IS NOT NULL')).toBe(0);
  });

  test('a few gone: flagged, still public', async () => {
    await rig.run();
    rig.items = rig.items.slice(0, 45);
    expect(await rig.run({ full: true })).toMatchObject({ state: 'succeeded', gone: 5 });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(50);
  });

  test('withdrawn by the source: a version of its own, nothing public; restored likewise', async () => {
    await rig.run();
    const original = rig.items[4];
    rig.items = rig.items.map((item, index) =>
      index === 4 ? { id: item.id, title: item.title, date: item.date, withdrawn: true } : item,
    );
    expect(await rig.run({ full: true })).toMatchObject({ changed: 1 });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(49);
    expect(rig.rows('SELECT kind, version FROM changes ORDER BY seq DESC LIMIT 1')).toEqual([
      { kind: 'remove', version: 2 },
    ]);
    expect(await rig.run({ full: true })).toMatchObject({ changed: 0, unchanged: 50 });
    rig.items = rig.items.map((item, index) => (index === 4 && original ? original : item));
    expect(await rig.run({ full: true })).toMatchObject({ changed: 1 });
    expect(rig.rows(`SELECT reason FROM notice_versions WHERE version > 1 ORDER BY version`)).toEqual([
      { reason: 'withdrawn' },
      { reason: 'restored' },
    ]);
  });
});
