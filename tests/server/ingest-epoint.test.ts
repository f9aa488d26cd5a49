import { afterEach, describe, expect, test } from 'vitest';
import { type EpointFlaws, type EpointNotice, epointSite, makeEpointNotice } from '#tests/support/epoint-site.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';

const COLUMNS = { '002001001': { label: '招标公告', category: 'construction', stage: 'tenderNotice' } };
const TOKEN = { path: 'EpointWebBuilder/rest/getOauthInfoAction/getNoUserAccessToken' };

let rig: IngestRig;
let notices: EpointNotice[];

/** A rig on an Epoint site with 45 notices of ours and one of another column. */
async function open(adapter: string, settings: object, flaws: EpointFlaws = {}): Promise<IngestRig> {
  notices = Array.from({ length: 45 }, (_, number) => makeEpointNotice(number));
  notices.push(makeEpointNotice(99, { column: '002002006' }));
  const feed = await startFeedServer(epointSite(() => notices, flaws));
  const source = { base: `${feed.url}/`, columns: COLUMNS, rowsPerPage: 10, ...settings };
  rig = await startRig({ adapter, settings: source }, feed);
  return rig;
}

const openSearch = (flaws?: EpointFlaws, settings: object = {}) => open('epoint-fulltext', settings, flaws);
const openPages = (flaws?: EpointFlaws, settings: object = { token: TOKEN }) =>
  open('epoint-pagelist', settings, flaws);
const asked = (part: string) => rig.feed.requests.filter((line) => line.includes(part)).length;

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

describe('full-text search', () => {
  test('every notice once, with its page read once', async () => {
    await openSearch();
    expect(await rig.run()).toMatchObject({ state: 'succeeded', fetched: 45, created: 45, rejected: 0 });
    expect([asked('getFullTextDataNew'), asked('/jyxx/')]).toEqual([5, 45]);
    expect(rig.count('SELECT count(DISTINCT source_url) FROM notices')).toBe(45);
    const [row] = rig.rows(`SELECT n.*, v.content FROM notices n JOIN notice_versions v ON v.notice_id = n.id
      WHERE n.source_item_id = '00000007-1111-4222-8333-444444444444'`);
    expect(row).toMatchObject({
      title: '第7号村道硬化工程施工招标公告',
      category: 'construction',
      stage: 'tenderNotice',
      county: 'zoucheng',
      published_at: '2026-06-19T09:30:00.000Z',
      source_url: `${rig.feed.url}/jyxx/00000007-1111-4222-8333-444444444444.html`,
    });
    const origins = `SELECT count(*) FROM notice_aliases WHERE source_item_id LIKE 'http://town.example/%.html'`;
    expect(rig.count(origins)).toBe(45);
    expect(JSON.parse(String(row?.content))).toMatchObject({ lotCode: 'E370883000100000007001' });
    expect(String(row?.content)).toContain('现公开招标');
    expect(String(row?.content)).not.toContain('截断的摘要');
  });

  test('a counter makes no version, a changed insertion time has the page read again', async () => {
    await openSearch();
    await rig.run();
    expect(await rig.run({ full: true })).toMatchObject({ unchanged: 45, changed: 0 });
    expect(asked('/jyxx/')).toBe(45);
    const [first] = notices;
    if (first) Object.assign(first, { infodate: '2026-06-21 08:00:00', body: `${first.body}<p>工期：90日历天。</p>` });
    expect(await rig.run({ full: true })).toMatchObject({ unchanged: 44, changed: 1 });
    expect(asked('/jyxx/')).toBe(46);
  });

  test('rows that arrive while paging are repeated, not lost', async () => {
    let arrived = 0;
    const flaws: EpointFlaws = {
      beforeList: () => notices.unshift(makeEpointNotice(1000 + arrived++, { webdate: '2026-06-21 09:00:00' })),
    };
    await openSearch(flaws);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', rejected: 0 });
    expect(rig.count(`SELECT count(*) FROM notices WHERE source_item_id < '00001000'`)).toBe(45);
    flaws.beforeList = () => {};
    expect(await rig.run()).toMatchObject({ state: 'succeeded' });
    expect([arrived, rig.count('SELECT count(*) FROM notices')]).toEqual([5, 45 + 5]);
  });

  test.each([2, 3])('an error page every %i answers is asked again', async (errorEvery) => {
    await openSearch({ errorEvery });
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 45 });
  });

  test('a total that is too high ends with the page that repeats', async () => {
    await openSearch({ surplus: 500 });
    expect(await rig.run()).toMatchObject({ state: 'succeeded', fetched: 45, created: 45 });
    expect(asked('getFullTextDataNew')).toBe(6);
  });

  test('slices of days give the same notices', async () => {
    await openSearch({}, { sliceDays: 30, historyFrom: '2026-06-01' });
    expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 45 });
  });

  test('text where whole numbers belong: the error page fails the run', async () => {
    await openSearch({}, { parameters: { rn: '10' } });
    expect(await rig.run()).toMatchObject({ state: 'failed', created: 0 });
    expect(rig.count('SELECT count(*) FROM notices')).toBe(0);
  });

  test('a list that hides its rows is a fault and takes nothing away', async () => {
    const flaws: EpointFlaws = {};
    await openSearch(flaws);
    await rig.run();
    flaws.hidesRows = true;
    expect(await rig.run({ full: true })).toMatchObject({ state: 'failed', gone: 0 });
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(45);
  });
});

describe('page list', () => {
  test('the token is fetched once and carried; status errors beside whole lists do not matter', async () => {
    await openPages({ errorEvery: 4 });
    expect(await rig.run()).toMatchObject({ state: 'succeeded', fetched: 45, created: 45 });
    expect(asked('getNoUserAccessToken')).toBe(1);
    expect(rig.count(`SELECT count(*) FROM notices WHERE title LIKE '第%号村道硬化工程施工招标公告'`)).toBe(45);
    expect(rig.count(`SELECT count(*) FROM notices WHERE published_precision = 'day' AND county = 'zoucheng'`)).toBe(
      45,
    );
    expect(asked('/jyxx/')).toBe(45);
  });

  test('without the token there is no list', async () => {
    await openPages({}, {});
    const failed = await rig.run();
    expect(failed).toMatchObject({ state: 'failed', created: 0 });
    expect(failed.error).toContain('没有列表');
  });

  test('rows that arrive while paging, and a last page repeated for ever', async () => {
    let arrived = 0;
    const beforeList = () => {
      if (arrived < 3) notices.unshift(makeEpointNotice(1000 + arrived++, { infodate: '2026-06-21 09:00:00' }));
    };
    await openPages({ beforeList, surplus: 1000 });
    expect(await rig.run()).toMatchObject({ state: 'succeeded', rejected: 0 });
    expect(rig.count(`SELECT count(*) FROM notices WHERE source_item_id < '00001000'`)).toBe(45);
    await rig.run();
    expect(rig.count('SELECT count(*) FROM notices')).toBe(48);
  });
});
