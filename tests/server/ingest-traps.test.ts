import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

test('trap 4: a site whose ids are other tokens at every request brings nothing new', async () => {
  const [list, detail] = ['list', 'detail-gbk'].map((name) =>
    readFileSync(`tests/fixtures/feeds/ccgp-shandong/${name}.json`, 'utf8').replace('"pages": 3', '"pages": 1'),
  );
  let asked = 0;
  const site = await startFeedServer(({ url }) => ({
    type: 'application/json',
    body: (url.pathname.endsWith('getDetail') ? detail : list?.replaceAll('"tok', `"${++asked}tok`)) ?? '',
  }));
  rig.allow(site.host);
  const columns = { '0303': { category: 'procurement', stage: 'tenderNotice' } };
  const settings = { base: `${site.url}/`, site: `${site.url}/`, area: '370800', columns };
  const entry = { key: 'shandong', county: 'jining', adapter: 'ccgp-shandong', settings } as const;
  const key = addTestSource(rig.db, site.url, entry);
  expect(await rig.run({}, key)).toMatchObject({ created: 4, rejected: 2 });
  site.requests.length = 0;
  expect(await rig.run({ full: true }, key)).toMatchObject({ created: 0, changed: 0, unchanged: 4 });
  expect(site.requests.filter((line) => line.includes('getDetail'))).toEqual([]);
  await site.close();
});

test('trap 12: a row skipped because others were withdrawn while paging comes with the next run', async () => {
  rig.items = makeItems(50);
  // The answer is made before its fault is chosen: page 1 still shows the two that are gone when page 2 is made.
  rig.feed.faultOf = (path) => {
    if (path.includes('page=1')) rig.items = rig.items.slice(2);
    return undefined;
  };
  await rig.run();
  const ids = () => rig.rows('SELECT source_item_id AS id FROM published_notices').map(({ id }) => id);
  expect(ids()).not.toContain('item-20');
  rig.feed.break(undefined);
  await rig.run();
  expect(ids()).toEqual(expect.arrayContaining(['item-20', 'item-21']));
});

test('trap 12: a notice published late under a date before the window is found by a longer look back', async () => {
  rig.items = makeItems(50);
  await rig.run();
  rig.items = [...rig.items, makeItem(900, { date: '2026-04-20' })];
  await rig.run({ since: '2026-04-01' });
  expect(rig.count(`SELECT count(*) FROM published_notices WHERE source_item_id = 'item-900'`)).toBe(1);
});

test('trap 13: a certificate that nobody vouches for is refused, and only this source is down', async () => {
  const pem = (name: string) => readFileSync(`tests/fixtures/tls/self-signed.${name}.pem`);
  const site = createServer({ key: pem('key'), cert: pem('cert') }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"items":[],"total":0}');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  rig.allow(host);
  rig.items = makeItems(3);
  const summary = await rig.run({}, addTestSource(rig.db, `https://${host}`, { key: 'untrusted' }));
  expect(summary).toMatchObject({ state: 'failed', fetched: 0 });
  expect(summary.error).toMatch(/certificate/);
  expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 3 });
  site.closeAllConnections();
  site.close();
});
