import { describe, expect, test } from 'vitest';
import { encodeJsonGb18030 } from '#scripts/demo/platforms/gb18030.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { epointFulltext } from '#src/ingest/adapters/epoint-fulltext.ts';
import { epointPagelist } from '#src/ingest/adapters/epoint-pagelist.ts';
import type { FeedRequest, FetchWindow } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { fixture, HAS_SAMPLES, openFeed, sample } from '#tests/support/open-feed.ts';

const WINDOW = { since: '2026-08-19', until: '2026-08-21' };
const BASE = 'https://ggzy.example/';
const COLUMNS = { '002001001': { label: '招标公告', category: 'construction', stage: 'tenderNotice' } } as const;
const ERROR_PAGE = '<html><head><title>错误</title></head><body>系统繁忙，请稍后再试</body></html>';

const list = () => fixture('epoint/fulltext.json');

const fulltext = (more: object = {}, window: FetchWindow = WINDOW) =>
  openFeed(epointFulltext, { base: BASE, columns: COLUMNS, ...more }, window);
const pagelist = (more: object = {}, window: FetchWindow = WINDOW) =>
  openFeed(epointPagelist, { base: BASE, columns: COLUMNS, ...more }, window);
const queryOf = (request: FeedRequest | undefined) => JSON.parse(request?.body ?? '');
const paramsOf = (request: FeedRequest | undefined) =>
  JSON.parse(new URLSearchParams(request?.body).get('params') ?? '');
const plain = () => JSON.parse(list().toString());

/** Answers that are neither list. */
const NOT_LISTS = [
  '',
  ERROR_PAGE,
  '[]',
  'null',
  '{"success":false}',
  '{"result":null}',
  '{"result":{"totalcount":0}}',
  '{"result":{"records":[]}}',
  '{"result":{"totalcount":41,"records":[]}}',
  '{"code":500,"content":""}',
  '{"code":200,"content":"{\\"result\\":"}',
  '{"custom":{},"status":{"code":1}}',
  '{"custom":{"count":60,"infodata":[]},"status":{"code":1,"text":"操作成功"}}',
  '{"code":403,"data":[],"msg":"访问过于频繁"}',
  '{"RowCount":3,"Table":[]}',
];

describe.each([
  ['epoint-fulltext', () => fulltext()],
  ['epoint-pagelist', () => pagelist()],
] as const)('%s refuses what is not its list', (_name, feed) => {
  test.each(NOT_LISTS)('%j', (answer) => expect(() => feed().page(answer)).toThrow(FeedFormatError));
});

describe('epoint-fulltext requests', () => {
  test('whole numbers, the column as a prefix, and the headers without which the sites answer an error page', () => {
    const [request] = fulltext().requests;
    expect(queryOf(request)).toMatchObject({
      pn: 0,
      rn: 20,
      cl: 200,
      sort: '{"webdate":"0"}',
      condition: [{ fieldName: 'categorynum', equal: '002001001', isLike: true, likeType: 2 }],
      time: null,
    });
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json; charset=UTF-8',
      origin: 'https://ggzy.example',
      referer: BASE,
      'x-requested-with': 'XMLHttpRequest',
    });
  });

  test('day slices, newest first, for each column; a full run starts at the beginning of the history', () => {
    const slices = { sliceDays: 2, historyFrom: '2026-08-15', timeField: 'infodate' };
    const days = ({ requests }: { requests: FeedRequest[] }) =>
      requests.map((request) => {
        const [time] = queryOf(request).time;
        return [time.fieldName, time.startTime, time.endTime];
      });
    expect(days(fulltext(slices))).toEqual([
      ['infodate', '2026-08-20 00:00:00', '2026-08-21 23:59:59'],
      ['infodate', '2026-08-19 00:00:00', '2026-08-19 23:59:59'],
    ]);
    expect(days(fulltext(slices, { until: '2026-08-21' })).at(-1)?.[1]).toBe('2026-08-15 00:00:00');
    expect(() => fulltext({ sliceDays: 2 })).toThrow(/historyFrom/);
  });

  test('the content type, conditions and parameters of the site; null leaves a parameter out', () => {
    const [request] = fulltext({
      contentType: 'application/x-www-form-urlencoded',
      path: 'interface_wz/rest/esinteligentsearch/getFullTextDataNew',
      conditions: [{ field: 'xiaquncode', value: '003', isPrefix: true }],
      parameters: { fields: null, noWd: true },
    }).requests;
    expect(request?.url).toBe(`${BASE}interface_wz/rest/esinteligentsearch/getFullTextDataNew`);
    expect(request?.headers?.['content-type']).toBe('application/x-www-form-urlencoded; charset=UTF-8');
    expect(queryOf(request)).toMatchObject({ noWd: true, condition: [{}, { fieldName: 'xiaquncode', equal: '003' }] });
    expect(queryOf(request)).not.toHaveProperty('fields');
  });
});

describe('epoint-fulltext records', () => {
  test('ids, titles, times, districts; other columns left out; the row without a date is a fault', () => {
    const { drafts, faults, total } = fulltext().page(list());
    expect(total).toBe(41);
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少发布时间']);
    expect(drafts.map(({ sourceItemId, title, countyText }) => [sourceItemId, title, countyText])).toEqual([
      ['000000A1-1111-4222-8333-0000000000A1', '邹城市某中学教学楼工程施工&监理招标公告', '邹城市'],
      ['000000a2-1111-4222-8333-0000000000a2', '太平镇道路硬化工程招标公告', undefined],
      ['000000a3-1111-4222-8333-0000000000a3', '某村水渠维修项目招标公告', '泗水县'],
      ['000000a4-1111-4222-8333-0000000000a4', '某村道路维修项目招标公告', '370883'],
    ]);
    expect(drafts[0]).toMatchObject({
      column: { code: '002001001', label: '招标公告' },
      mapping: { category: 'construction', stage: 'tenderNotice' },
      published: { raw: '2026-08-20 09:30:00', field: 'webdate' },
      modified: { raw: '2026-08-20 09:29:56', field: 'infodate' },
      url: `${BASE}jyxx/002001/002001001/20260820/000000A1-1111-4222-8333-0000000000A1.html`,
      projectCode: 'E3708830001000001',
    });
    expect(drafts[1]).toMatchObject({
      column: { code: '002001001003', label: '招标公告' },
      mapping: { stage: 'tenderNotice' },
      published: { raw: '2026-08-19', field: 'infodate' },
      url: 'http://other.example/a.html',
    });
    expect(drafts[1]?.modified).toBeUndefined();
  });

  test('an empty link is no link, and the summary is no body', () => {
    const { drafts } = fulltext().page(list());
    expect(drafts.slice(2).map(({ url }) => url)).toEqual([undefined, undefined]);
    expect(drafts.every(({ bodyHtml, extra }) => bodyHtml === undefined && !('content' in extra))).toBe(true);
    expect(epointFulltext.detail?.(drafts[2] as NoticeDraft, fulltext().settings)).toBeUndefined();
  });

  test('links are relative to the root of the pages, with or without it', () => {
    const text = list().toString().replace('"linkurl": ""', '"linkurl": "/bzweb/b.html"');
    const { drafts } = fulltext({ linkBase: `${BASE}bzweb/` }).page(text);
    expect(drafts[0]?.url).toMatch(/^https:\/\/ggzy\.example\/bzweb\/jyxx\/002001\//);
    expect(drafts[2]?.url).toBe(`${BASE}bzweb/b.html`);
  });

  test('counters do not change what a record says', () => {
    const [before] = fulltext().page(list()).drafts;
    const later = list().toString().replaceAll('"sysclicktimes": 12', '"sysclicktimes": 99');
    const [after] = fulltext().page(later).drafts;
    expect(draftHash(after as NoticeDraft)).toBe(draftHash(before as NoticeDraft));
  });

  test('GB18030 under whatever header, and the result as text inside content, read the same', () => {
    const wanted = fulltext().page(list());
    expect(fulltext().page(encodeJsonGb18030(list().toString()))).toEqual(wanted);
    const wrapped = JSON.stringify({ code: '200', content: JSON.stringify(plain()) });
    expect(fulltext().page(wrapped)).toEqual(wanted);
  });

  test('a search of the whole site in which nothing is ours is an error, not an empty column', () => {
    const text = list().toString().replaceAll('002001001', '009001');
    expect(() => fulltext().page(text)).toThrow('返回的条目都不属于所请求的栏目');
  });

  test('the next page continues behind the rows received, up to the total', () => {
    const feed = fulltext();
    const { next } = feed.page(list());
    expect(queryOf(next)).toEqual({ ...queryOf(feed.requests[0]), pn: 6 });
    const last = { ...(next as FeedRequest), body: JSON.stringify({ ...queryOf(next), pn: 35 }) };
    expect(feed.page(list(), last).next).toBeUndefined();
    expect(feed.page('{"result":{"totalcount":"0","records":[]}}')).toMatchObject({ drafts: [], total: 0 });
  });
});

describe('Epoint detail pages', () => {
  const read = (html: string | Uint8Array = fixture('epoint/detail.html'), more: Partial<NoticeDraft> = {}) => {
    const feed = fulltext();
    const draft = feed.page(list()).drafts[0] as NoticeDraft;
    return feed.detail(html, { ...draft, ...more });
  };

  test('title, origin, lot, attachments and the visible body only', () => {
    const whole = read();
    expect(whole).toMatchObject({
      title: '邹城市某中学教学楼工程施工&监理招标公告',
      published: { raw: '2026-08-20 09:30:00', field: 'webdate' },
      originUrl: 'http://county.example/jyxx/20260820/a1.html',
      lotCode: 'E3708830001000001001001',
      attachments: [
        { name: '招标文件.pdf', url: `${BASE}frame/pages/attachstorageinfo/attachdown.jspx?attachGuid=1` },
        { name: '工程量清单.zip', url: `${BASE}EpointWebBuilder/downloadztbattach?attachGuid=2` },
      ],
    });
    const { text } = sanitizeBody(whole.bodyHtml ?? '');
    expect(text).toContain('本工程已具备招标条件');
    expect(text).not.toMatch(/盖章位置|margin|Title|助农易贷/);
  });

  test('a cut title of the list is completed; a serial number is not', () => {
    expect(read(undefined, { title: '邹城市某中学教学楼工…' }).title).toBe('邹城市某中学教学楼工程施工&监理招标公告');
    const html = fixture('epoint/detail.html').toString().replace('招标公告308831', '308831');
    const title = '邹城市某中学教学楼工程施工&监理';
    expect(read(html, { title }).title).toBe(title);
    expect(read(html.replace('308831', '…'), { title }).title).toBe(title);
  });

  test('other layouts: by setting, by the known containers, by the largest block under the title', () => {
    const wrap = (inner: string) => `<html><body><h3 class="infotitle">某工程公告</h3>${inner}</body></html>`;
    const text = '本项目已具备招标条件，现对该项目进行公开招标，欢迎符合条件的投标人参加投标。';
    const origin = '<div id="originurl"><a data-value="https://county.example/o.html">原文</a></div>';
    expect(read(wrap(`${origin}<div id="newsText">${text}</div>`))).toMatchObject({
      bodyHtml: text,
      originUrl: 'https://county.example/o.html',
    });
    expect(read(wrap(`<div class="other"><p>${text}</p></div>`)).bodyHtml).toContain(text);
  });

  test('a container that a script fills is refused, an embedded viewer gives the file', () => {
    const empty = `<html><body><h2 class="ewb-trade-h">某工程公告</h2><div class="ewb-trade-right"></div><div>${'友情链接'.repeat(20)}</div></body></html>`;
    expect(() => read(empty)).toThrow(FeedFormatError);
    const viewer = '<iframe src="/pdf/web/viewer.html?file=/files/a.pdf"></iframe>';
    expect(read(empty.replace('right">', `right">${viewer}`))).toMatchObject({
      bodyHtml: undefined,
      attachments: [{ name: '公告原文', url: `${BASE}files/a.pdf` }],
    });
    expect(() => read(ERROR_PAGE)).toThrow(FeedFormatError);
  });

  test('a row id in the place of the lot code is no lot code', () => {
    const html = fixture('epoint/detail.html').toString();
    const guid = html.replace('E3708830001000001001001', '478bbb10-17a1-467c-b06c-e213fddbb7d9');
    expect(read(guid).lotCode).toBeUndefined();
  });
});

const CARDS = [
  {
    infoid: 'b1',
    realtitle: '某街道排水工程招标公告',
    customtitle: '<font color="red">[微山县]</font>某街道排水工程…',
    infourl: '/jyxx/b1.html',
    infodate: '[2026-08-20]',
    categorynum: '002001001',
    areacode: '微山县',
  },
  { infoid: 'b2', title: '某街道绿化工程招标公告', infourl: '/jyxx/b2.html', infodate: '2026-08-19', areacode: '12' },
];

describe('epoint-pagelist', () => {
  test('getPageInfoListNew: JSON in a form field, pages from 0, strings for totals, errors beside whole lists', () => {
    const feed = pagelist({ rowsPerPage: 2 });
    expect(paramsOf(feed.requests[0])).toMatchObject({ categoryNum: '002001001', pageIndex: 0, pageSize: 2 });
    const answer = { controls: [], custom: { count: '3', infodata: CARDS }, status: { code: 0, text: 'error' } };
    const { drafts, faults, total, next } = feed.page(JSON.stringify(answer));
    expect(faults).toEqual([]);
    expect(total).toBe(3);
    expect(drafts.map(({ title, countyText, url }) => [title, countyText, url])).toEqual([
      ['某街道排水工程招标公告', '微山县', `${BASE}jyxx/b1.html`],
      ['某街道绿化工程招标公告', undefined, `${BASE}jyxx/b2.html`],
    ]);
    expect(paramsOf(next)).toEqual({ ...paramsOf(feed.requests[0]), pageIndex: 1 });
    expect(feed.page(JSON.stringify(answer), next).next).toBeUndefined();
    const text = JSON.stringify({ ...answer, custom: JSON.stringify(answer.custom) });
    expect(feed.page(`<![CDATA[${text}]]>`).drafts).toEqual(drafts);
  });

  test('getSecInfoListYzm: plain fields by the names of the site, days with their times', () => {
    const feed = pagelist({
      path: 'EpointWebBuilder/rest/secaction/getSecInfoListYzm',
      style: 'form',
      names: { page: 'pageindex', size: 'pagesize', from: 'startdate', to: 'enddate' },
      parameters: { xiqucode: '' },
      firstPage: 1,
      rowsPerPage: 2,
      sliceDays: 30,
      historyFrom: '2026-01-01',
    });
    const form = Object.fromEntries(new URLSearchParams(feed.requests[0]?.body));
    expect(form).toMatchObject({ pageindex: '1', pagesize: '2', startdate: '2026-08-19 00:00:00', xiqucode: '' });
    const { next } = feed.page(JSON.stringify({ custom: { count: 3, infodata: CARDS } }));
    expect(new URLSearchParams(next?.body).get('pageindex')).toBe('2');
    expect(feed.page(JSON.stringify({ custom: { count: 3, infodata: CARDS } }), next).next).toBeUndefined();
    expect(feed.page('{"custom":{"count":0,"infodata":[]}}').drafts).toEqual([]);
  });

  test('params in the address', () => {
    const feed = pagelist({ style: 'query', rowsPerPage: 2 });
    const { next } = feed.page(JSON.stringify({ custom: { count: 3, infodata: CARDS } }));
    expect(JSON.parse(new URL(next?.url ?? '').searchParams.get('params') ?? '')).toMatchObject({ pageIndex: 1 });
  });

  test('the oldest generation: RowCount that counts the page, Table, and names of its own', () => {
    const row = (id: number) => ({
      guid: `0000000${id}-0000-4000-8000-000000000000`,
      title2: `某某工程${id}招标公告`,
      link: `/jyxx/${id}.html`,
      postdate: `2018-04-0${id}`,
      cityname: '邹城市',
      xmbh: `ZC-${id}`,
    });
    const feed = pagelist({ rowsPerPage: 2 });
    const first = feed.page(JSON.stringify({ RowCount: 2, Table: [row(1), row(2)] }));
    expect(first.faults).toEqual([]);
    expect(first.drafts[0]).toMatchObject({
      sourceItemId: row(1).guid,
      title: '某某工程1招标公告',
      published: { raw: '2018-04-01', field: 'postdate' },
      url: `${BASE}jyxx/1.html`,
      countyText: '邹城市',
      projectCode: 'ZC-1',
    });
    expect([first.total, paramsOf(first.next).pageIndex]).toEqual([undefined, 1]);
    const last = feed.page(JSON.stringify({ RowCount: 1, Table: [row(3)] }), first.next);
    expect([last.drafts.length, last.next]).toEqual([1, undefined]);
    const gone = feed.page(JSON.stringify({ RowCount: 0, Table: [] }), first.next);
    expect([gone.drafts.length, gone.next]).toEqual([0, undefined]);
  });

  test('names of fields are settings', () => {
    const fields = { id: ['NewsGuid'], title: ['NewsTitle'], published: ['PubTime'], url: ['NewsUrl'] };
    const row = {
      NewsGuid: 'n-1',
      NewsTitle: '某某工程招标公告',
      PubTime: '2026-04-01',
      NewsUrl: '/n/1.html',
      title: '别的',
    };
    const { drafts } = pagelist({ fields }).page(JSON.stringify({ RowCount: 1, Table: [row] }));
    expect(drafts).toMatchObject([{ sourceItemId: 'n-1', title: '某某工程招标公告', url: `${BASE}n/1.html` }]);
    const { drafts: searched } = fulltext({ fields }).page(
      JSON.stringify({ result: { totalcount: 1, records: [row] } }),
    );
    expect(searched).toMatchObject([{ sourceItemId: 'n-1', title: '某某工程招标公告' }]);
  });

  test('the anonymous token, where the settings want one', () => {
    const token = { path: 'EpointWebBuilder_x/rest/getOauthInfoAction/getNoUserAccessToken', clientId: 'c' };
    const { handshake } = epointPagelist;
    expect(handshake?.request(pagelist().settings)).toBeUndefined();
    expect(handshake?.request(pagelist({ token }).settings)).toMatchObject({ url: BASE + token.path, method: 'POST' });
    const headers = (text: string) =>
      handshake?.headers({ bytes: Buffer.from(text), headers: {}, cookies: {} }, pagelist().settings);
    expect(headers('{"custom":{"access_token":"ab12"}}')).toEqual({ authorization: 'Bearer ab12' });
    for (const text of ['{"custom":{}}', '{}', ERROR_PAGE]) expect(() => headers(text)).toThrow(FeedFormatError);
  });

  const ROWS = [
    {
      title: '某医院设备采购公告',
      date: '2026年8月17日',
      href: '/jyxx/20260817/000000c1-1111-4222-8333-0000000000c1.html',
      index: 1,
    },
    { title: '某学校家具采购公告', date: '2026年8月16日', href: '/jyxx/c2.html', index: 2 },
  ];

  test.each([
    ['JSON as text in data', { data: JSON.stringify({ data: ROWS, totalcount: 5 }) }, 5],
    ['JSON as text in custom', { custom: JSON.stringify({ data: JSON.stringify(ROWS), total: '5' }) }, 5],
    ['RowCount and Table', { RowCount: 5, Table: ROWS }, 5],
    ['the same as a string', JSON.stringify({ RowCount: '5', Table: ROWS }), 5],
    ['a bare list', ROWS, undefined],
  ])('EWB-FRONT: %s', (_name, answer, total) => {
    const feed = pagelist({
      path: 'EWB-FRONT/moreinfoListAction.action?cmd=getInfolist',
      style: 'form',
      names: { column: 'CatgoryNum' },
      parameters: { vname: '/dy', Title: '', YZM: '', ImgGuid: '' },
      rowsPerPage: 2,
    });
    expect(feed.requests[0]?.url).toBe(`${BASE}EWB-FRONT/moreinfoListAction.action?cmd=getInfolist`);
    const page = feed.page(JSON.stringify(answer));
    expect(page.total).toBe(total);
    expect(page.drafts.map(({ sourceItemId, published }) => [sourceItemId, published.raw])).toEqual([
      ['000000c1-1111-4222-8333-0000000000c1', '2026年8月17日'],
      [`${BASE}jyxx/c2.html`, '2026年8月16日'],
    ]);
    expect(page.drafts[0]).toMatchObject({ column: { code: '002001001' }, mapping: { stage: 'tenderNotice' } });
    expect(new URLSearchParams(page.next?.body).get('pageIndex')).toBe('1');
  });

  test('a bare list ends with an empty page, but does not begin with one', () => {
    const feed = pagelist({ rowsPerPage: 2 });
    const { next } = feed.page(JSON.stringify(ROWS));
    expect(feed.page('[]', next)).toMatchObject({ drafts: [], next: undefined });
  });
});

describe.skipIf(!HAS_SAMPLES)('real payloads', () => {
  const hebei = () =>
    fulltext({
      base: 'http://www.hebpr.example/',
      columns: { '003005002001': { category: 'construction', stage: 'tenderNotice' } },
    }).page(sample('epoint-hebei.getFullTextData.003005002001.20180730.json'));

  test('Hebei: ten notices with bare ids, one inserted before it was shown', () => {
    const { drafts, faults, total, next } = hebei();
    expect([drafts.length, faults.length, total, queryOf(next).pn]).toEqual([10, 0, 232, 10]);
    expect(drafts.every(({ sourceItemId }) => /^[0-9a-f-]{36}$/.test(sourceItemId))).toBe(true);
    expect(drafts.filter(({ published, modified }) => modified && modified.raw < published.raw)).toHaveLength(1);
    expect(new Set(drafts.map(({ url }) => url)).size).toBe(10);
    expect(drafts.every(({ countyText, bodyHtml }) => countyText === '辛集市' && bodyHtml === undefined)).toBe(true);
  });

  test('Jiangsu: the detail page with its nested document', () => {
    const page = sample('epoint-jsggzy.detail.003001001.20260529.html').toString();
    const title = /<h2 class="ewb-trade-h">\(市交易中心\) (.+招标公告)308831</.exec(page)?.[1] ?? '';
    const draft = { ...(hebei().drafts[0] as NoticeDraft), title: `${title.slice(0, 19)}…` };
    const whole = fulltext().detail(page, draft);
    expect(whole).toMatchObject({
      title,
      lotCode: 'E3201001831000927019001',
      published: draft.published,
    });
    expect(whole.originUrl).toMatch(/^http:\/\/njggzy\.nanjing\.gov\.cn\/njweb\/jtsw\/069001\//);
    expect(whole.attachments.map(({ name }) => name)).toEqual(['招标人信用承诺书', '招标文件']);
    const { text } = sanitizeBody(whole.bodyHtml ?? '');
    expect(text).toContain('1. 招标条件');
    expect(text).not.toMatch(/盖章位置|font-family|margin:/);
  });
});
