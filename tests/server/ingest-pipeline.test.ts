import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { type RunOptions, runSource } from '#src/ingest/pipeline.ts';
import { drainOutbox } from '#src/server/search/indexer.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { type FeedServer, startFeedServer } from '#tests/support/feed-server.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { addTestSource, type FeedItem, makeItem, makeItems, testSite } from '#tests/support/test-feed.ts';

let items: FeedItem[];
let feed: FeedServer;
let fetcher: Fetcher;
let db: Db;
let close: () => void;
let key: string;

beforeEach(async () => {
  items = makeItems(50);
  feed = await startFeedServer(testSite(() => items));
  fetcher = createFetcher({ allowPrivate: [feed.host], timeoutMs: 1_500, backoffMs: 1 });
  ({ db, close } = openTestDatabase());
  key = addTestSource(db, feed.url);
});

afterEach(async () => {
  await drainOutbox(db, null);
  const broken = (await verifyInvariants(db, DATABASE_CHECKS)).filter(({ breaches }) => breaches > 0);
  expect(broken).toEqual([]);
  await fetcher.close();
  await feed.close();
  close();
});

const run = (options: Partial<RunOptions> = {}) => runSource(db, key, { fetcher, ...options });
const count = (sql: string): number => db.$client.prepare(sql).pluck().get() as number;
const rows = (sql: string) => db.$client.prepare(sql).all() as Record<string, unknown>[];
const source = () => rows('SELECT * FROM sources')[0];

describe('a healthy feed', () => {
  test('is stored once, with everything that hangs on it', async () => {
    const summary = await run();
    expect(summary).toMatchObject({
      state: 'succeeded',
      fetched: 50,
      created: 50,
      changed: 0,
      unchanged: 0,
      rejected: 0,
    });
    expect(count('SELECT count(*) FROM published_notices')).toBe(50);
    expect(count(`SELECT count(*) FROM raw_items WHERE state = 'accepted'`)).toBe(50);
    expect(count(`SELECT count(*) FROM outbox WHERE kind = 'notice.upsert'`)).toBe(50);
    expect(
      rows(
        `SELECT title, county, stage, amount_fen, amount_kind, buyer, project_code FROM notices WHERE source_item_id = 'item-7'`,
      ),
    ).toEqual([
      {
        title: items[7]?.title,
        county: 'zoucheng',
        stage: 'tenderNotice',
        amount_fen: 8_500_000,
        amount_kind: 'budget',
        buyer: '邹城市第7中学',
        project_code: 'SDGP3708832026000007',
      },
    ]);
    expect(source()).toMatchObject({
      last_item_count: 50,
      consecutive_failures: 0,
      last_error: null,
      held_reason: null,
    });
  });

  test('the same content again changes nothing', async () => {
    await run();
    const before = rows('SELECT * FROM notices');
    const summary = await run({ full: true });
    expect(summary).toMatchObject({ created: 0, changed: 0, unchanged: 50 });
    expect(rows('SELECT * FROM notices')).toEqual(before);
    expect(count('SELECT count(*) FROM outbox')).toBe(50);
  });

  test('a counter is no change; a changed text is a new version', async () => {
    await run();
    items = items.map((item) => ({ ...item, clicks: 99 }));
    expect(await run({ full: true })).toMatchObject({ changed: 0, unchanged: 50 });
    items[3] = { ...makeItem(3), body: `${items[3]?.body}<p>开标时间：2026年7月1日09时30分</p>` };
    expect(await run({ full: true })).toMatchObject({ changed: 1, unchanged: 49 });
    expect(
      rows(
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
    await run();
    feed.requests.length = 0;
    const summary = await run();
    expect(summary).toMatchObject({ state: 'succeeded', fetched: 0, created: 0 });
    expect(feed.requests).toEqual(['GET /list?page=1']);
  });

  test('an incremental run stops at the window and finds late rows inside it', async () => {
    await run();
    items = [...items.slice(0, 10), makeItem(1000, { date: items[9]?.date ?? '' }), ...items.slice(10)];
    feed.requests.length = 0;
    expect(await run()).toMatchObject({ created: 1 });
    expect(feed.requests.length).toBeLessThan(3);
  });

  test('a dry run stores nothing', async () => {
    const summary = await run({ dryRun: true });
    expect(summary).toMatchObject({ created: 50 });
    expect(count('SELECT count(*) FROM raw_items')).toBe(0);
    expect(count('SELECT count(*) FROM ingest_runs')).toBe(0);
  });

  test('any order with repeats gives the same public content', async () => {
    await run();
    const first = rows('SELECT id, title, version, project_id FROM published_notices ORDER BY id');
    const other = openTestDatabase();
    items = [...items, ...items.slice(5, 25)].sort((a, b) => (a.id < b.id ? 1 : -1));
    await runSource(other.db, addTestSource(other.db, feed.url), { fetcher });
    expect(
      other.db.$client.prepare('SELECT id, title, version, project_id FROM published_notices ORDER BY id').all(),
    ).toEqual(first);
    other.close();
  });
});
