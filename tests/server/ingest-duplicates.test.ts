import { afterEach, beforeEach, expect, test } from 'vitest';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { type FeedItem, makeItem, testSite } from '#tests/support/test-site.ts';

let rig: IngestRig;
let cityItems: FeedItem[];
let city: { key: string; close: () => Promise<void> };

beforeEach(async () => {
  rig = await startRig();
  cityItems = [];
  const server = await startFeedServer(testSite(() => cityItems));
  rig.allow(server.host);
  city = {
    key: addTestSource(rig.db, server.url, { key: 'test-city', county: 'jining', name: '市站' }),
    close: server.close,
  };
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await city.close();
  await rig.close();
});

const publicIds = () =>
  rig.rows("SELECT source_key || ' ' || source_item_id AS id FROM published_notices ORDER BY 1").map(({ id }) => id);
const BODY = '<p>采购邹城市第一中学图书馆桌椅一批，详见采购文件，供应商须具备相应资格条件，逾期不予受理。</p>';

test('five ids with one body, title and day are one notice', async () => {
  rig.items = ['a', 'b', 'c', 'd', 'e'].map((id) => makeItem(1, { id, body: BODY, code: undefined }));
  await rig.run();
  expect(publicIds()).toHaveLength(1);
  expect(rig.count('SELECT count(*) FROM notice_aliases')).toBe(4);
});

test.each([3, 8])('%i lots of one project with nearly equal text stay apart and share the project', async (lots) => {
  rig.items = Array.from({ length: lots }, (_, lot) =>
    makeItem(1, { id: `lot-${lot}`, body: BODY.replace('一批', `第${lot + 1}包`) }),
  );
  await rig.run();
  expect(publicIds()).toHaveLength(lots);
  expect(rig.count('SELECT count(*) FROM projects')).toBe(1);
});

test('the same notice at county and city has one address, found again from the other', async () => {
  rig.items = [makeItem(1)];
  cityItems = [makeItem(1, { id: 'city-1', body: `${BODY}<p>转载</p>`, county: '邹城市' })];
  await rig.run();
  await rig.run({}, city.key);
  expect(publicIds()).toEqual(['test-zoucheng item-1']);
  expect(rig.rows('SELECT source_key, source_item_id FROM notice_aliases')).toEqual([
    { source_key: 'test-city', source_item_id: 'city-1' },
  ]);
});

test('equal titles and codes at the city are lots when the county has only one of them', async () => {
  rig.items = [makeItem(1, { body: BODY })];
  cityItems = [1, 2, 3].map((lot) => makeItem(1, { id: `city-${lot}`, body: BODY.replace('一批', `第${lot}包`) }));
  await rig.run();
  await rig.run({}, city.key);
  expect(publicIds()).toHaveLength(3);
});

test('a repost that names its original page is the same notice, whatever its title', async () => {
  const origin = 'https://zoucheng.example/notice?id=item-1';
  cityItems = [makeItem(1, { id: 'city-1', title: '【邹城】设备采购项目公开招标公告', origin, county: '邹城市' })];
  await rig.run({}, city.key);
  rig.items = [makeItem(1)];
  await rig.run();
  expect(publicIds()).toEqual(['test-city city-1']);
});

test('a front page as original address joins nothing', async () => {
  rig.items = [1, 2, 3].map((number) => makeItem(number, { origin: 'https://zoucheng.example/' }));
  cityItems = [4, 5].map((number) => makeItem(number, { id: `city-${number}`, origin: 'https://zoucheng.example/' }));
  await rig.run();
  await rig.run({}, city.key);
  expect(publicIds()).toHaveLength(5);
});

test('a short project code joins inside one county only', async () => {
  rig.items = [makeItem(1, { code: '2026-001', body: BODY })];
  cityItems = [makeItem(2, { id: 'city-2', code: '2026-001', county: '微山县' })];
  await rig.run();
  await rig.run({}, city.key);
  expect(rig.count('SELECT count(*) FROM projects')).toBe(2);
});

test('stages of one code are one project, with a name free of stage words', async () => {
  rig.items = [
    makeItem(1, { title: '邹城一中图书馆桌椅采购项目公开招标公告' }),
    makeItem(1, { id: 'result', column: '2', title: '邹城一中图书馆桌椅采购项目中标结果公告' }),
  ];
  await rig.run();
  expect(rig.rows('SELECT title FROM projects')).toEqual([{ title: '邹城一中图书馆桌椅采购项目' }]);
});
