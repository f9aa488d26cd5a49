import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFetcher } from '#src/ingest/fetch.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { unpackAnswers } from '#src/publish/items/packed-answers.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { type FeedItem, makeItems, testSite } from '#tests/support/test-site.ts';
import { TESTER } from '#tests/support/writer.ts';

/** Lists without bodies, as most sites serve them. */
function withoutBodies(items: FeedItem[]): FeedItem[] {
  return items.map(({ body: _body, ...item }) => item);
}

describe('a feed whose bodies stand on pages of their own', () => {
  let rig: IngestRig;
  let bodies: FeedItem[];

  beforeEach(async () => {
    bodies = makeItems(30);
    const feed = await startFeedServer((request) =>
      testSite(() => (request.url.pathname === '/detail' ? bodies : withoutBodies(bodies)))(request),
    );
    rig = await startRig({ detail: true }, feed);
  });

  afterEach(async () => {
    expect(await rig.breaches()).toEqual([]);
    await rig.close();
  });

  test('each body is read once and kept as received', async () => {
    expect(await rig.run()).toMatchObject({ created: 30 });
    expect(rig.feed.requests.filter((line) => line.includes('/detail'))).toHaveLength(30);
    const [row] = rig.rows(`SELECT body FROM raw_items WHERE source_item_id = 'item-4'`);
    expect(Buffer.from(unpackAnswers(row?.body as Buffer)[0] ?? []).toString()).toContain(bodies[4]?.body);
    rig.feed.requests.length = 0;
    expect(await rig.run({ full: true })).toMatchObject({ unchanged: 30 });
    expect(rig.feed.requests.filter((line) => line.includes('/detail'))).toEqual([]);
  });

  test('one body that cannot be read is put aside and comes with the next run', async () => {
    rig.feed.faultOf = (path) => (path.includes('item-7') ? 'status-500' : undefined);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 29, rejected: 1 });
    rig.feed.break(undefined);
    expect(await rig.run({ full: true })).toMatchObject({ created: 1, unchanged: 29 });
    expect(rig.count(`SELECT count(*) FROM raw_items WHERE state = 'rejected'`)).toBe(0);
  });

  test('an item refused time and again rests until someone asks', async () => {
    rig.feed.faultOf = (path) => (path.includes('item-7') ? 'status-404' : undefined);
    for (let round = 0; round < 4; round++) await rig.run({ full: true });
    expect(rig.feed.requests.filter((line) => line.includes('detail?id=item-7')).length).toBe(3);
    rig.feed.break(undefined);
    expect(await rig.run({ full: true })).toMatchObject({ created: 0, rejected: 1 });
    expect(retryRejected(rig.db, TESTER)).toEqual({ accepted: 0, rejected: 0, deferred: 1 });
    expect(await rig.run({ full: true })).toMatchObject({ created: 1, rejected: 0 });
  });

  test('when every body fails the site is down, not the items', async () => {
    rig.feed.faultOf = (path) => (path.includes('/detail') ? 'status-500' : undefined);
    expect(await rig.run()).toMatchObject({ state: 'failed', created: 0 });
    expect(rig.count(`SELECT count(*) FROM raw_items`)).toBe(0);
  });
});

test('an adapter that names one detail page over and over is asked for it once', async () => {
  const list = readFileSync('tests/fixtures/feeds/hanweb/dataproxy.xml', 'utf8').replace('>120<', '>4<');
  const page = readFileSync('tests/fixtures/feeds/hanweb/detail.html', 'utf8');
  const feed = await startFeedServer(({ url }) =>
    url.pathname.endsWith('dataproxy.jsp')
      ? { type: 'text/xml', body: list.replaceAll('http://www.example.gov.cn/', '/') }
      : { type: 'text/html', body: page },
  );
  const settings = {
    base: `${feed.url}/`,
    webId: '1',
    unitId: '1',
    columns: { '209488': { category: 'land', stage: 'landOffering' } },
  };
  const rig = await startRig({ adapter: 'hanweb', county: 'jining', settings }, feed);
  expect(await rig.run()).toMatchObject({ created: 2 });
  expect(feed.requests.filter((line) => line.startsWith('GET'))).toHaveLength(2);
  await rig.close();
});

describe('files', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tongming-files-'));
    mkdirSync(join(root, 'land'));
    writeFileSync(join(root, 'land/b.csv'), 'x');
    writeFileSync(join(root, 'land/a.csv'), 'y');
    writeFileSync(join(root, '../outside.csv'), 'secret');
  });
  afterEach(() => removeFolder(root));

  test('a folder is a list of its files, and a validator tells when one changed', async () => {
    const fetcher = createFetcher({ allowPrivate: [], filesDir: root });
    const first = await fetcher.get({ url: 'file:///land', expect: 'file' });
    expect(JSON.parse(Buffer.from(first.bytes).toString())).toEqual([
      { name: 'a.csv', base64: 'eQ==' },
      { name: 'b.csv', base64: 'eA==' },
    ]);
    const same = { validators: first.validators };
    expect((await fetcher.get({ url: 'file:///land', expect: 'file' }, same)).notModified).toBe(true);
    writeFileSync(join(root, 'land/a.csv'), 'yy');
    expect((await fetcher.get({ url: 'file:///land', expect: 'file' }, same)).notModified).toBe(false);
  });

  test.each([
    'file:///../outside.csv',
    'file:///%2e%2e/outside.csv',
    'file:///..%2foutside.csv',
    'file:///land/..%2f..%2foutside.csv',
    'file:///',
    'file://host/land',
  ])('%s is not read', async (url) => {
    const fetcher = createFetcher({ allowPrivate: [], filesDir: root });
    await expect(fetcher.get({ url, expect: 'file' })).rejects.toThrow();
  });

  test('a link out of the root is not followed', async () => {
    symlinkSync(join(root, '../outside.csv'), join(root, 'land/link.csv'));
    const fetcher = createFetcher({ allowPrivate: [], filesDir: root });
    await expect(fetcher.get({ url: 'file:///land/link.csv', expect: 'file' })).rejects.toThrow();
    await expect(fetcher.get({ url: 'file:///land', expect: 'file' })).rejects.toThrow();
  });

  test('without FEED_FILES_DIR there are no files', async () => {
    await expect(
      createFetcher({ allowPrivate: [] }).get({ url: 'file:///etc/hosts', expect: 'file' }),
    ).rejects.toThrow();
  });
});
