import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { retryRejected } from '#src/ingest/retry.ts';
import { type Site, startFeedServer } from '#tests/support/feed-server.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { type NationalNotice, nationalSite } from '#tests/support/national-site.ts';
import { HAS_SAMPLES, sample } from '#tests/support/open-feed.ts';
import { addTestSource } from '#tests/support/test-feed.ts';
import { testSite } from '#tests/support/test-site.ts';
import { TESTER } from '#tests/support/writer.ts';

let rig: IngestRig;
let notices: NationalNotice[];
/** What the site answers to everything, in place of its own answers. */
let refusal: ReturnType<Site> | undefined;

beforeEach(async () => {
  notices = [];
  refusal = undefined;
  const site = nationalSite(() => notices);
  const feed = await startFeedServer((request) => refusal ?? site(request));
  const settings = {
    base: `${feed.url}/`,
    province: '370000',
    city: '370800',
    historyFrom: '2026-01-01',
    sliceDays: 3_660,
  };
  rig = await startRig({ key: 'national-jining', county: 'jining', adapter: 'ggzy-national', settings }, feed);
});

afterEach(async () => {
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
});

const makeNotice = (number: number, more: Partial<NationalNotice> = {}): NationalNotice => ({
  id: `0037${String(number).padStart(32, '0')}`,
  title: `第${number}中学教学设备采购项目公开招标公告`,
  time: `2026-06-${String(1 + (number % 28)).padStart(2, '0')} 09:30`,
  type: '0201',
  body: `<p>采购人：济宁市第${number}中学</p><p>预算金额：${number + 1}.5 万元</p><p>本项目采购教学设备一批，详见采购文件。</p>`,
  code: `SDGP37080020260200${String(number).padStart(4, '0')}`,
  ...more,
});
const asked = (part: string) => rig.feed.requests.filter((line) => line.includes(part));
const publicRows = (columns: string) => rig.rows(`SELECT ${columns} FROM published_notices ORDER BY title`);

test('two pages of list and two pages of each notice, each read once; a second run reads no notice again', async () => {
  notices = Array.from({ length: 23 }, (_, number) => makeNotice(number));
  expect(await rig.run()).toMatchObject({ state: 'succeeded', created: 23, rejected: 0 });
  expect([asked('getTradList'), asked('/html/a/'), asked('/html/b/')].map(({ length }) => length)).toEqual([2, 23, 23]);
  expect(
    rig.rows(`SELECT project_code, amount_fen, buyer, published_at FROM published_notices WHERE title LIKE '第7中学%'`),
  ).toEqual([
    {
      project_code: 'SDGP370800202602000007',
      amount_fen: 8_500_000,
      buyer: '济宁市第7中学',
      published_at: '2026-06-08T01:30:00.000Z',
    },
  ]);
  rig.feed.requests.length = 0;
  expect(await rig.run({ full: true })).toMatchObject({ unchanged: 23 });
  expect(asked('/html/')).toEqual([]);
});

test('stages by title over tab; unknown codes and places wait for someone to map them', async () => {
  notices = [
    makeNotice(1, { title: '第一中学操场工程中标候选人公示', type: '0104' }),
    makeNotice(2, { title: '第二中学校舍工程中标结果公告', type: '0104' }),
    makeNotice(3, { title: '第三中学桌椅采购项目中标（成交）结果公告', type: '0201' }),
    makeNotice(4, { title: '某某排污权交易公告', type: '2201' }),
    makeNotice(5, { platform: '青岛市公共资源交易 电子交易系统' }),
    makeNotice(6, { title: '某某设备采购公告', platform: '曲阜市公共资源交易中心' }),
  ];
  expect(await rig.run()).toMatchObject({ created: 4, rejected: 2 });
  expect(
    publicRows('stage, county')
      .map(({ stage, county }) => `${stage} ${county}`)
      .sort(),
  ).toEqual(['awardNotice jining', 'awardNotice jining', 'candidateNotice jining', 'tenderNotice qufu']);
  expect(rig.rows('SELECT kind, value FROM unknown_codes ORDER BY kind')).toEqual([
    { kind: 'column', value: '2201' },
    { kind: 'county', value: '青岛市公共资源交易 电子交易系统' },
  ]);
});

test('a notice of which only the first page came is not published without its body', async () => {
  notices = [makeNotice(1), makeNotice(2)];
  rig.feed.faultOf = (path) =>
    path.includes('/html/b/') && path.includes(makeNotice(2).id) ? 'status-500' : undefined;
  expect(await rig.run()).toMatchObject({ created: 1, rejected: 1 });
  expect(retryRejected(rig.db, TESTER)).toEqual({ accepted: 0, rejected: 0, deferred: 1 });
  rig.feed.break(undefined);
  expect(await rig.run({ full: true })).toMatchObject({ created: 1 });
  expect(rig.count(`SELECT count(*) FROM published_notices WHERE buyer = '济宁市第2中学'`)).toBe(1);
});

test.each([
  [829, '验证码'],
  [800, '过于频繁'],
  [804, '缩小查询范围'],
])('code %i fails the run with its reason and touches nothing', async (code, reason) => {
  notices = [makeNotice(1)];
  await rig.run();
  refusal = { type: 'application/json', body: JSON.stringify({ code, message: '', data: null }) };
  const summary = await rig.run({ full: true });
  expect(summary.state).toBe('failed');
  expect(summary.error).toContain(reason);
  expect(rig.count('SELECT count(*) FROM published_notices WHERE gone_at IS NULL')).toBe(1);
});

test('three lots of one original page stay three, when that page is a notice of another site', async () => {
  const county = await startFeedServer(
    testSite(() => [
      {
        id: 'item-1',
        title: '邹城市校服采购项目公开招标公告',
        date: '2026-06-02',
        code: 'SDGP370883000202602000555',
        body: '<p>采购校服，共三包，供应商可兼投不可兼中。</p>',
      },
    ]),
  );
  rig.allow(county.host);
  await rig.run({}, addTestSource(rig.db, county.url, { key: 'zoucheng' }));
  notices = [1, 2, 3].map((lot) =>
    makeNotice(lot, {
      title: `邹城市校服采购项目(${lot})公开招标公告`,
      time: '2026-06-02 09:30',
      code: 'SDGP370883000202602000555',
      origin: 'https://zoucheng.example/notice?id=item-1',
    }),
  );
  await rig.run();
  await county.close();
  expect(publicRows('source_key')).toHaveLength(3);
});

interface CollectedRecord {
  record_id: string;
  title: string;
  publish_date: string;
  project_code: string;
  content_text: string;
  original_link: string;
  detail_url: string;
  attachments: { name: string; url: string }[];
}

/** A collected record as the platform serves it. */
function toNotice(record: CollectedRecord): NationalNotice {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const lines = record.content_text.split('\n').map((line) => `<p>${escaped(line)}</p>`);
  const files = record.attachments.map(({ name, url }) => `<p><a href="${url}">${escaped(name)}</a></p>`);
  return {
    id: record.record_id,
    title: record.title,
    time: record.publish_date,
    type: /\/a\/\d+\/(\d{4})\//.exec(record.detail_url)?.[1] ?? '',
    code: record.project_code,
    origin: record.original_link,
    body: [...lines, ...files].join(''),
  };
}

describe.skipIf(!HAS_SAMPLES)('real reposts and lots', () => {
  const records = (): CollectedRecord[] =>
    JSON.parse(sample('ggzy-national.reposts-and-lots.20260316.json').toString());

  test('16 records are 12 notices: five reposts are one, three lots stay three, eight stay eight', async () => {
    notices = records().map(toNotice);
    expect(await rig.run()).toMatchObject({ state: 'succeeded', fetched: 16, created: 16, rejected: 0 });
    const count = (title: string) => rig.count(`SELECT count(*) FROM published_notices WHERE title LIKE '${title}%'`);
    expect([count('徐州市'), count('兰考县'), count('山东省体育总会')]).toEqual([1, 3, 8]);
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(12);
    expect(rig.count(`SELECT count(*) FROM notice_aliases WHERE source_key = 'national-jining'`)).toBe(4);
    expect(rig.count('SELECT count(DISTINCT project_id) FROM published_notices')).toBe(3);
    expect(await rig.run({ full: true })).toMatchObject({ created: 0, changed: 0, unchanged: 16 });
  });

  test('in any order of arrival', async () => {
    notices = records().map(toNotice).reverse();
    await rig.run();
    expect(rig.count('SELECT count(*) FROM published_notices')).toBe(12);
  });
});
