import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(50);
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

describe('a healthy feed', () => {
  test('is stored once, with everything that hangs on it', async () => {
    const summary = await rig.run();
    expect(summary).toMatchObject({
      state: 'succeeded',
      fetched: 50,
      created: 50,
      changed: 0,
      unchanged: 0,
      rejected: 0,
    });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(50);
    expect(rig.count(`SELECT count(*) FROM raw_items WHERE state = 'accepted'`)).toBe(50);
    expect(rig.count(`SELECT count(*) FROM changes WHERE kind = 'upsert'`)).toBe(50);
    expect(
      rig.rows(
        `SELECT title, county, stage, amount_fen, amount_kind, buyer, project_code FROM notices WHERE source_item_id = 'item-7'`,
      ),
    ).toEqual([
      {
        title: rig.items[7]?.title,
        county: 'zoucheng',
        stage: 'tenderNotice',
        amount_fen: 8_500_000,
        amount_kind: 'budget',
        buyer: '邹城市第7中学',
        project_code: 'SDGP3708832026000007',
      },
    ]);
    expect(rig.source()).toMatchObject({
      last_item_count: 50,
      consecutive_failures: 0,
      last_error: null,
      held_reason: null,
    });
  });

  test('the same content again changes nothing', async () => {
    await rig.run();
    const before = rig.rows('SELECT * FROM notices');
    const summary = await rig.run({ full: true });
    expect(summary).toMatchObject({ created: 0, changed: 0, unchanged: 50 });
    expect(rig.rows('SELECT * FROM notices')).toEqual(before);
    expect(rig.count('SELECT count(*) FROM changes')).toBe(50);
  });

  test('a counter is no change; a changed text is a new version', async () => {
    await rig.run();
    rig.items = rig.items.map((item) => ({ ...item, clicks: 99 }));
    expect(await rig.run({ full: true })).toMatchObject({ changed: 0, unchanged: 50 });
    rig.items[3] = { ...makeItem(3), body: `${rig.items[3]?.body}<p>开标时间：2026年7月1日09时30分</p>` };
    expect(await rig.run({ full: true })).toMatchObject({ changed: 1, unchanged: 49 });
    expect(
      rig.rows(
        `SELECT version, reason FROM notice_versions v JOIN notices n ON n.id = v.notice_id WHERE n.source_item_id = 'item-3'`.replace(
          'version,',
          'v.version,',
        ),
      ),
    ).toEqual([
      { version: 1, reason: 'created' },
      { version: 2, reason: 'changed' },
    ]);
  });

  test('an unchanged list is asked for conditionally and costs nothing', async () => {
    await rig.run();
    rig.feed.requests.length = 0;
    const summary = await rig.run();
    expect(summary).toMatchObject({ state: 'succeeded', fetched: 0, created: 0 });
    expect(rig.feed.requests).toEqual(['GET /list?page=1']);
  });

  test('an incremental run stops at the window and finds late rows inside it', async () => {
    await rig.run();
    rig.items = [...rig.items.slice(0, 10), makeItem(1000, { date: rig.items[9]?.date ?? '' }), ...rig.items.slice(10)];
    rig.feed.requests.length = 0;
    expect(await rig.run()).toMatchObject({ created: 1 });
    expect(rig.feed.requests.length).toBeLessThan(3);
  });

  test('a dry run stores nothing', async () => {
    const summary = await rig.run({ dryRun: true });
    expect(summary).toMatchObject({ created: 50 });
    expect(rig.count('SELECT count(*) FROM raw_items')).toBe(0);
    expect(rig.count('SELECT count(*) FROM ingest_runs')).toBe(0);
  });

  test('any order with repeats gives the same public content', async () => {
    await rig.run();
    const other = await startRig();
    other.items = [...rig.items, ...rig.items.slice(5, 25)].sort((a, b) => (a.id < b.id ? 1 : -1));
    await other.run();
    expect(other.publicContent()).toEqual(rig.publicContent());
    await other.close();
  });
});
