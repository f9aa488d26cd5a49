import { describe, expect, test } from 'vitest';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { ccgp } from '#src/ingest/adapters/ccgp.ts';
import { hanweb } from '#src/ingest/adapters/hanweb.ts';
import { jinan } from '#src/ingest/adapters/jinan.ts';
import { syndication } from '#src/ingest/adapters/syndication.ts';
import type { FeedRequest } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { fixture, HAS_SAMPLES, openFeed, sample } from '#tests/support/open-feed.ts';

const WINDOW = { since: '2026-08-19', until: '2026-08-21' };
const JINAN = {
  base: 'http://jnggzy.jinan.gov.cn/',
  columns: { '0/招标公告': { category: 'construction', stage: 'tenderNotice' } },
};
const HANWEB = {
  base: 'http://www.example.gov.cn/',
  webId: '428',
  unitId: '474655',
  columns: { '209488': { category: 'land', stage: 'landOffering' } },
};
const FEED = {
  feeds: [{ url: 'https://feeds.example/rss.xml', column: 'a' }],
  columns: { a: { category: 'construction', stage: 'mixed' } },
};
const CCGP = {
  search: { url: 'http://search.ccgp.gov.cn/bxsearch', query: { displayZone: '山东', zoneId: '37' } },
  channels: [{ url: 'http://www.ccgp.gov.cn/cggg/dfgg/index.htm', column: '地方' }],
  columns: {
    公开招标公告: { category: 'procurement', stage: 'tenderNotice' },
    中标公告: { category: 'procurement', stage: 'awardNotice' },
    地方: { category: 'procurement', stage: 'mixed' },
  },
};

const openJinan = () => openFeed(jinan, JINAN, WINDOW);
const openHanweb = () => openFeed(hanweb, HANWEB, WINDOW);
const openSyndication = () => openFeed(syndication, FEED, WINDOW);
const openCcgp = (more: { sliceDays?: number } = {}) => openFeed(ccgp, { ...CCGP, ...more }, WINDOW);

/** Answers that are never a feed (docs/feeds.md#traps, 8 and 14); every adapter must refuse each. */
const NOT_FEEDS = [
  '',
  '   ',
  '<html><body>访问过于频繁</body></html>',
  '<html><head><title>登录</title></head><body><form><input name=p></form></body></html>',
  '<div id="app"></div>',
  '{"success":false}',
  '[]',
  'null',
  '{"params":{}}',
  '<a><b>cut',
  '\uFFFD',
];

describe.each([
  ['jinan', openJinan, 'jinan/search-do.json'],
  ['hanweb', openHanweb, 'hanweb/dataproxy.xml'],
  ['syndication', openSyndication, 'syndication/rss.xml'],
  ['ccgp', openCcgp, 'ccgp/search.html'],
] as const)('%s refuses what is not its feed', (_name, feed, whole) => {
  test.each(NOT_FEEDS)('%j', (answer) => expect(() => feed().page(answer)).toThrow(FeedFormatError));

  test('a feed cut anywhere in its second half', () => {
    const bytes = fixture(whole);
    for (const share of [0.5, 0.7, 0.9, 0.98])
      expect(() => feed().page(bytes.subarray(0, Math.floor(bytes.length * share)))).toThrow(FeedFormatError);
  });
});

describe('jinan', () => {
  test('rows with full titles and days, also the nested ones; page 2 is asked for next, none after the last', () => {
    const feed = openJinan();
    const { drafts, faults, next } = feed.page(fixture('jinan/search-do.json'));
    expect(faults).toEqual([]);
    expect(drafts.map(({ sourceItemId, title, published }) => [sourceItemId, title, published.raw])).toEqual([
      ['50196', '凫岭植物园蓼沟东区温室改造及道路铺装工程（一期）资格预审公告（代招标公告）', '2026-08-20'],
      ['50201', '凫岭植物园蓼沟东区温室改造工程监理招标公告', '2026-08-20'],
      ['50182', '尼丘雁医院康复楼电梯、窗帘及标识牌采购', '2026-08-18'],
      ['50096', '岱岳川县重坊烁镇小学操场翻新工程招标公告', '2026-08-18'],
      ['50090', '圣壑西路（鲁桥岸路至南阳舫立交）供热管道、弯头、补偿器采购（第二次）', '2026-08-17'],
    ]);
    expect(drafts[0]).toMatchObject({
      countyText: '市本级缗城区',
      mapping: { category: 'construction', stage: 'tenderNotice' },
    });
    expect(drafts.map(({ extra }) => extra.state)).toEqual(['', '', '正在报名', '正在报名', '正在报名']);
    expect(new URLSearchParams(next?.body).get('pagenum')).toBe('2');
    const last = { ...(next as FeedRequest), body: next?.body?.replace('pagenum=2', 'pagenum=12') };
    expect(feed.page(fixture('jinan/search-do.json'), last).next).toBeUndefined();
  });

  test.skipIf(!HAS_SAMPLES)('the captured list: 10 rows of 364 pages with full titles and days', () => {
    const feed = openJinan();
    const bytes = sample('jinan.search-do.20180925.json');
    const { drafts, faults, next } = feed.page(bytes);
    expect([drafts.length, faults]).toEqual([10, []]);
    expect(drafts.filter(({ title }) => /(?:…|\.{3})$/.test(title))).toEqual([]);
    expect(drafts.every(({ published }) => parseFeedTime(published.raw)?.precision === 'day')).toBe(true);
    expect(drafts[0]).toMatchObject({ sourceItemId: '38196', countyText: '市本级天桥区' });
    const last = { ...(next as FeedRequest), body: next?.body?.replace('pagenum=2', 'pagenum=364') };
    expect(feed.page(bytes, last).next).toBeUndefined();
  });

  test('hexadecimal ids and the newer call', () => {
    const str = `<ul><li><span class="span1">[章丘区]</span><a onclick="showview('0A1B2C',1,'招标公告')" title='甲公告'>甲公告</a><span class="span2">2026-08-01</span></li></ul>`;
    const { drafts } = openJinan().page(JSON.stringify({ success: true, params: { pagenum: '1', pagesum: 1, str } }));
    expect(drafts[0]?.sourceItemId).toBe('0A1B2C');
    expect(drafts[0]?.url).toBe(
      'http://jnggzy.jinan.gov.cn/jnggzyztb/front/showNotice.do?iid=0A1B2C&xuanxiang=%E6%8B%9B%E6%A0%87%E5%85%AC%E5%91%8A&isnew=1',
    );
  });
});

describe('hanweb', () => {
  test('rows by link, title and day; unreadable rows are faults; the next request begins behind the last row', () => {
    const { drafts, faults, total, next } = openHanweb().page(fixture('hanweb/dataproxy.xml'));
    expect(
      drafts.map(({ sourceItemId, title, published, countyText }) => [sourceItemId, title, published.raw, countyText]),
    ).toEqual([
      ['10389764', '济宁市某地块国有建设用地使用权挂牌出让公告', '2026-07-06', undefined],
      ['10389763', '某林场采伐权&经营权转让公告', '2026-07-05', '邹城市'],
    ]);
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少链接', '条目缺少日期']);
    expect(total).toBe(120);
    const parameters = new URL(next?.url ?? '').searchParams;
    expect([parameters.get('startrecord'), parameters.get('endrecord')]).toEqual(['55', '108']);
    expect(new URLSearchParams(next?.body).get('columnid')).toBe('209488');
  });

  test('the last rows end the list; a list that hides its rows is refused', () => {
    const feed = openHanweb();
    const empty =
      '<datastore><totalrecord>120</totalrecord><totalpage>7</totalpage><recordset></recordset></datastore>';
    expect(() => feed.page(empty)).toThrow(FeedFormatError);
    expect(feed.page(fixture('hanweb/dataproxy.xml').toString().replace('>120<', '>4<')).next).toBeUndefined();
  });

  test('the article: body, documents only', () => {
    const feed = openHanweb();
    const [draft] = feed.page(fixture('hanweb/dataproxy.xml')).drafts;
    const whole = feed.detail(fixture('hanweb/detail.html'), draft as NoticeDraft);
    expect(whole.attachments).toEqual([{ name: '出让文件', url: 'http://www.example.gov.cn/attach/0/a.PDF' }]);
    const facts = extractFacts({
      ...sanitizeBody(whole.bodyHtml ?? ''),
      category: 'land',
      stage: 'landOffering',
      fields: {},
    });
    expect(facts.landArea?.squareMetres).toBe(52_928.04);
    expect(() => feed.detail('<html><body><div id="zoom"></div></body></html>', draft as NoticeDraft)).toThrow(
      FeedFormatError,
    );
  });
});

describe('syndication', () => {
  test('RSS: ids, times, bodies, enclosures, next page', () => {
    const { drafts, faults, next } = openSyndication().page(fixture('syndication/rss.xml'));
    expect(drafts.map(({ sourceItemId, title }) => [sourceItemId, title])).toEqual([
      ['n-0001', '某道路改造工程施工招标公告'],
      ['https://www.example.gov.cn/a/3.html', '以网址为编号的公告'],
    ]);
    expect(parseFeedTime(drafts[0]?.published.raw ?? '')?.instant).toBe('2026-01-30T01:07:01.000Z');
    expect(sanitizeBody(drafts[0]?.bodyHtml ?? '').text).toBe('工期<90日历天');
    expect(drafts[0]?.attachments).toEqual([{ name: '1.pdf', url: 'https://www.example.gov.cn/a/1.pdf' }]);
    expect(faults).toHaveLength(1);
    expect(next?.url).toBe('https://feeds.example/rss.xml?page=2');
  });

  test('Atom: content of all kinds, changes, titles of enclosures', () => {
    const { drafts } = openSyndication().page(fixture('syndication/atom.xml'));
    expect(drafts[0]).toMatchObject({
      sourceItemId: 'urn:x:1',
      url: 'https://feeds.example/a/1.html',
      modified: { raw: '2026-01-31T09:07:01+08:00' },
    });
    expect(drafts.map(({ bodyHtml = '' }) => sanitizeBody(bodyHtml).text)).toEqual(['正文 < 90', '工期<90']);
    expect(drafts[1]?.attachments[0]).toEqual({ name: '附件二.pdf', url: 'https://feeds.example/a/2.pdf' });
  });

  test('a next page of another site is not followed', () => {
    const text = fixture('syndication/rss.xml')
      .toString()
      .replace('https://feeds.example/rss.xml?page=2', 'https://evil.example/');
    expect(openSyndication().page(text).next).toBeUndefined();
  });
});

describe('ccgp', () => {
  test('searches carry the window with colons, channels follow', () => {
    const { requests } = openCcgp({ sliceDays: 2 });
    const parameters = requests.map(({ url }) => new URL(url).searchParams);
    expect(parameters.map((each) => [each.get('start_time'), each.get('end_time'), each.get('zoneId')])).toEqual([
      ['2026:08:20', '2026:08:21', '37'],
      ['2026:08:19', '2026:08:19', '37'],
      [null, null, null],
    ]);
  });

  test('search results: clean titles, types as columns, buyers; unknown types stay unmapped', () => {
    const { drafts, faults, total, next } = openCcgp().page(fixture('ccgp/search.html'));
    expect(
      drafts.map(({ sourceItemId, title, mapping, countyText }) => [sourceItemId, title, mapping?.stage, countyText]),
    ).toEqual([
      ['25100001', '济宁市某学校教学设备采购项目公开招标公告', 'tenderNotice', '山东'],
      ['25100002', '济宁市某医院设备采购中标公告', 'awardNotice', '山东'],
      ['25100003', '某新类型公告', undefined, undefined],
    ]);
    expect(drafts[0]?.fields).toEqual({ 采购人: '济宁市某学校', 代理机构: '山东某某项目管理有限公司' });
    expect(parseFeedTime(drafts[0]?.published.raw ?? '')?.instant).toBe('2026-08-21T15:46:51.000Z');
    expect(faults).toHaveLength(1);
    expect(total).toBe(61);
    expect(next).toBeUndefined();
  });

  test('twenty rows ask for the next page', () => {
    const text = fixture('ccgp/search.html').toString();
    const row = /<li>[\s\S]*?<\/li>/.exec(text)?.[0] ?? '';
    const full = text.replace('</ul>', `${row.repeat(16)}</ul>`);
    expect(new URL(openCcgp().page(full).next?.url ?? '').searchParams.get('page_index')).toBe('2');
  });

  test('channel lists: titles from the attribute, relative links, pages by file name', () => {
    const feed = openCcgp();
    const request = feed.requests.at(-1) as FeedRequest;
    const { drafts, next } = feed.page(fixture('ccgp/channel.html'), request);
    expect(drafts[0]).toMatchObject({
      sourceItemId: '25099001',
      title: '济宁市某局办公楼物业服务竞争性磋商公告',
      url: 'http://www.ccgp.gov.cn/cggg/dfgg/202608/t20260820_25099001.htm',
      mapping: { stage: 'mixed' },
      countyText: '山东',
    });
    expect(next?.url).toBe('http://www.ccgp.gov.cn/cggg/dfgg/index_1.htm');
    expect(
      feed.page(fixture('ccgp/channel.html').toString().replace('current:0', 'current:24'), {
        ...request,
        url: 'http://www.ccgp.gov.cn/cggg/dfgg/index_24.htm',
      }).next,
    ).toBeUndefined();
  });

  test('the notice: time, summary and body agree on the amount', () => {
    const feed = openCcgp();
    const draft = feed.page(fixture('ccgp/search.html')).drafts[1] as NoticeDraft;
    const whole = feed.detail(fixture('ccgp/detail.html'), draft);
    expect(parseFeedTime(whole.published.raw)).toEqual({ instant: '2026-08-21T14:00:00.000Z', precision: 'minute' });
    expect(whole.countyText).toBe('任城区');
    expect(whole.attachments).toEqual([
      { name: '采购文件.pdf', url: 'http://www.ccgp.gov.cn/oss/download?uuid=0123456789ABCDEF' },
    ]);
    const body = sanitizeBody(whole.bodyHtml ?? '');
    const input = { ...body, category: 'procurement', stage: 'awardNotice' } as const;
    const both = [extractFacts({ ...input, fields: whole.fields }), extractFacts({ ...input, fields: {} })];
    expect(both.map(({ awardAmount }) => awardAmount?.fen)).toEqual([56_980_000, 56_980_000]);
    expect(both[0]?.supplier?.text).toBe('济宁某某医疗器械有限公司');
    expect(both[0]?.projectCode?.text).toBe('SDGP370811000202602000123');
  });

  test('a page that asks for patience is no notice', () => {
    const feed = openCcgp();
    const draft = feed.page(fixture('ccgp/search.html')).drafts[0] as NoticeDraft;
    expect(() => feed.detail('<html><body>您的访问过于频繁,请稍后再试</body></html>', draft)).toThrow(FeedFormatError);
  });
});
