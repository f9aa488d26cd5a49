import { describe, expect, test } from 'vitest';
import { attributeCounty } from '#src/domain/counties/county-attribution.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { jiningAbp } from '#src/ingest/adapters/jining-abp.ts';
import { jiningNewest } from '#src/ingest/adapters/jining-newest.ts';
import type { FeedRequest, FetchWindow } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { draftHash } from '#src/publish/prepare/fingerprints.ts';
import { fixture, HAS_SAMPLES, openFeed, sample } from '#tests/support/open-feed.ts';

const POLL = { since: '2026-06-10', until: '2026-06-13' };

const NEWEST = {
  base: 'https://www.example.cn/',
  tenant: 'JiNing',
  columns: {
    '536': { label: '招标计划', category: 'construction', stage: 'tenderPlan' },
    '551003': { label: '其他交易', category: 'general', stage: 'mixed' },
    '553001': { label: '结果公告', category: 'procurement', stage: 'awardNotice' },
    '599999': { label: '尚未认识的栏目' },
  },
};
const ABP = {
  base: 'https://old.example.cn:4430',
  tenant: 'ZouCheng',
  tenantId: '10',
  columns: {
    '503000': { category: 'construction', stage: 'tenderNotice' },
    '511001': { category: 'construction', stage: 'candidateNotice' },
  },
};

const newest = (window: FetchWindow = POLL, more: object = {}) =>
  openFeed(jiningNewest, { ...NEWEST, ...more }, window);
const abp = () => openFeed(jiningAbp, ABP, POLL);
const postsRequest = () => newest({ until: POLL.until }).requests[0] as FeedRequest;

describe('what is asked for', () => {
  test('a poll asks each newest.json, columns that tell the stage first', () => {
    expect(newest().requests.map(({ url }) => url)).toEqual([
      'https://www.example.cn/Tenants/JiNing/Posts/536/newest.json',
      'https://www.example.cn/Tenants/JiNing/Posts/553001/newest.json',
      'https://www.example.cn/Tenants/JiNing/Posts/551003/newest.json',
      'https://www.example.cn/Tenants/JiNing/Posts/599999/newest.json',
    ]);
  });

  test.each([
    ['a full run', { until: '2026-06-13' }],
    ['a sweep of two months', { since: '2026-04-14', until: '2026-06-13' }],
  ])('%s reads the HTML lists from their first page', (_name, window) => {
    expect(newest(window).requests[0]).toEqual({
      url: 'https://www.example.cn/JiNing/Posts?cat=536&pn=1',
      expect: 'html',
    });
  });

  test('columns without newest.json are polled by their HTML list', () => {
    const feed = newest(POLL, { pagedColumns: ['553001'] });
    expect(feed.requests.map(({ expect: kind }) => kind)).toEqual(['json', 'html', 'json', 'json']);
  });

  test('the older interface is posted to, tenant as text, twenty rows from an offset', () => {
    const [first] = abp().requests;
    expect(first).toMatchObject({
      url: 'https://old.example.cn:4430/api/services/app/stPrtBulletin/GetBulletinList',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({
      skipCount: 0,
      maxResultCount: 20,
      categoryCode: '503000',
      includeAllSite: false,
      FilterText: '',
      tenantId: '10',
      regionId: '0',
      tenderProjectType: '',
    });
  });
});

describe('newest.json', () => {
  test('rows by GUID; titles clean; rows without id or day are faults', () => {
    const { drafts, faults, total, next } = newest().page(fixture('jining/newest.json'));
    expect(drafts.map(({ sourceItemId, title, published }) => [sourceItemId, title, published.raw])).toEqual([
      ['3a21cd23-aa25-1a2b-3c4d-5e6f708192a3', '太白湖新区某某路管网改造工程（一期） （监理）', '2026-06-12'],
      ['3a21cb86-86fc-2b3c-4d5e-6f708192a3b4', '2026年度某某县道养护工程(二期）EPC', '2026-06-12'],
      ['3a21c6cc-2780-3c4d-5e6f-708192a3b4c5', '某某小学操场改造“交钥匙”工程', '2026-06-11'],
    ]);
    expect(drafts[0]).toMatchObject({
      column: { code: '536', label: '招标计划' },
      mapping: { category: 'construction', stage: 'tenderPlan' },
      url: 'https://www.example.cn/JiNing/Posts/Detail?id=3a21cd23-aa25-1a2b-3c4d-5e6f708192a3',
      extra: { newest: true, createdAt: '2026-06-12T08:33:18.373Z' },
    });
    expect(drafts[2]?.countyText).toBe('任城区');
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少编号', '条目缺少日期']);
    expect(total).toBeUndefined();
    expect(next).toEqual({ url: 'https://www.example.cn/JiNing/Posts?cat=536&pn=1', expect: 'html' });
  });

  test('the badge is no change', () => {
    const other = fixture('jining/newest.json').toString().replace('"newest": true', '"newest": false');
    const [one, two] = [fixture('jining/newest.json'), other].map(
      (bytes) => newest().page(bytes).drafts[0] as NoticeDraft,
    );
    expect(two?.extra).not.toEqual(one?.extra);
    expect(draftHash(two as NoticeDraft)).toBe(draftHash(one as NoticeDraft));
  });

  test('an unreadable row stays the same fault whatever its badge or place', () => {
    const json = fixture('jining/newest.json').toString();
    const flipped = json.replaceAll('"newest": false', '"newest": true');
    expect(newest().page(flipped).faults).toEqual(newest().page(json).faults);
    expect(newest().page(json).faults[1]?.sourceItemId).toBe('3a21c28f-4120-4d5e-6f70-8192a3b4c5d6');
    const html = fixture('jining/posts.html').toString();
    const moved = html.replace('>3</span>', '>13</span>').replace('>4</span>', '>14</span>');
    expect(newest().page(moved, postsRequest()).faults).toEqual(newest().page(html, postsRequest()).faults);
  });

  test('a bare list is read too; it goes on in the HTML list behind its rows', () => {
    const row = JSON.parse(fixture('jining/newest.json').toString()).data[0];
    const rows = Array.from({ length: 25 }, () => row);
    const { drafts, next } = newest().page(JSON.stringify(rows));
    expect(drafts).toHaveLength(25);
    expect(new URL(next?.url ?? '').searchParams.get('pn')).toBe('2');
  });

  test('a column without notices is an empty page, an empty answer is none', () => {
    expect(newest().page('{"config":{},"data":[]}').drafts).toEqual([]);
    for (const answer of [
      '',
      '[]',
      '{}',
      '{"data":null}',
      '{"data":{}}',
      '[1,2]',
      '{"data":["a"]}',
      '{"data":[{"name":"a"}]}',
    ])
      expect(() => newest().page(answer)).toThrow(FeedFormatError);
  });

  test.skipIf(!HAS_SAMPLES)('the captured list: 25 plans, ids and days agree, zones by their titles', () => {
    const { drafts, faults } = newest().page(sample('jining-jnsggzy.newest.JiNing-536.20260426.json'));
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(25);
    const days = drafts.map(({ published }) => published.raw);
    expect(drafts.map(({ extra }) => formatDate(String(extra.createdAt)))).toEqual(days);
    expect(days).toEqual([...days].sort().reverse());
    const counties = drafts.map(({ title, countyText }) =>
      attributeCounty({ title, countyText, publishedBy: 'jining' }),
    );
    expect(counties.filter((place) => 'county' in place && place.county !== 'jining')).toHaveLength(18);
  });
});

describe('HTML list', () => {
  test('the same notices as newest.json: badge dropped, year kept, menus passed over', () => {
    const { drafts, faults, next } = newest().page(fixture('jining/posts.html'), postsRequest());
    const polled = newest().page(fixture('jining/newest.json')).drafts;
    expect(drafts.map(({ title }) => title)).toEqual(polled.slice(0, 2).map(({ title }) => title));
    expect(drafts.map(draftHash)).toEqual(polled.slice(0, 2).map(draftHash));
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少编号', '条目缺少日期']);
    expect(next?.url).toBe('https://www.example.cn/JiNing/Posts?cat=536&pn=2');
  });

  const html = () => fixture('jining/posts.html').toString();
  test('the last page has no link to a next one', () => {
    const links = [
      html().replace('PagedList-skipToNext', 'x'),
      html().replace('PagedList-skipToNext', 'PagedList-skipToNext disabled'),
    ];
    for (const last of links) expect(newest().page(last, postsRequest()).next).toBeUndefined();
  });

  test('without a pager only a full page goes on', () => {
    const bare = html().replace(/<div class="pagination-container">[\s\S]*?<\/div>/, '');
    expect(newest().page(bare, postsRequest()).next).toBeUndefined();
    const row = /<li class="list-group-item">\s*<span class="time">[\s\S]*?<\/li>/.exec(bare)?.[0] ?? '';
    const full = bare.replace(row, row.repeat(20));
    expect(new URL(newest().page(full, postsRequest()).next?.url ?? '').searchParams.get('pn')).toBe('2');
  });

  test('an empty column is an empty page; other pages, cut pages and data are refused', () => {
    const page = (body: string) => newest().page(`<html><body>${body}</body></html>`, postsRequest());
    expect(page('<ul class="list-group"></ul>').drafts).toEqual([]);
    expect(page('<p>暂无数据</p>').drafts).toEqual([]);
    expect(() => page('<form>用户名 <input name="u"></form>')).toThrow(FeedFormatError);
    expect(() => page('<h1>系统繁忙，请稍后再试</h1>')).toThrow(FeedFormatError);
    for (const share of [0, 0.5, 0.9, 0.98])
      expect(() => newest().page(html().slice(0, html().length * share), postsRequest())).toThrow(FeedFormatError);
    expect(() => newest().page('{"data":[]}', postsRequest())).toThrow(FeedFormatError);
  });
});

describe('notice pages', () => {
  const draft = () => newest().page(fixture('jining/newest.json')).drafts[0] as NoticeDraft;
  const whole = (body: string) => `<html><body>${body}</body></html>`;
  const long = '招标人：济宁市某某建设管理处，计划于2026年7月发布招标公告，资金来源为财政资金。';

  test('the body container comes before panels; attachments stand outside of it, not in header and footer', () => {
    const { bodyHtml, attachments } = newest().detail(fixture('jining/detail.html'), draft());
    expect(bodyHtml).toContain('1,234.56万元');
    expect(bodyHtml).not.toContain('浏览次数');
    expect(attachments).toEqual([{ name: '招标计划表.pdf', url: 'https://www.example.cn/Files/Download?uuid=42' }]);
  });

  test('a configured selector comes first, an unknown layout gives its largest block', () => {
    const page = whole(
      `<h1>${draft().title}</h1><div class="mine"><p>${long}甲</p></div><div class="other"><p>${long}乙乙乙</p></div>`,
    );
    const feed = newest(POLL, { bodySelectors: ['.mine'] });
    expect(feed.detail(page, draft()).bodyHtml).toContain('甲');
    expect(newest().detail(page, draft()).bodyHtml).toContain('乙');
  });

  test('less than 30 characters are a body only beside an attachment', () => {
    const brief = '<div class="panel-body">详见附件。</div>';
    expect(() => newest().detail(whole(brief), draft())).toThrow(FeedFormatError);
    const withFile = newest().detail(whole(`${brief}<a href="/f/1.pdf">公告.pdf</a>`), draft());
    expect(withFile).toMatchObject({ bodyHtml: '详见附件。', attachments: [{ name: '公告.pdf' }] });
  });

  test.each(['<html><body>页面不存在</body></html>', '', '{"success":false}', '<html><body><div class="panel-body">'])(
    '%j is no notice',
    (page) => expect(() => newest().detail(page, draft())).toThrow(FeedFormatError),
  );

  test('the first generation: panel body without side links and column tree', () => {
    const bulletin = abp().page(fixture('jining/bulletins.json')).drafts[1] as NoticeDraft;
    const { bodyHtml, attachments } = abp().detail(fixture('jining/bulletin-2018.html'), bulletin);
    expect(bodyHtml).toContain('第一中标候选人');
    expect(bodyHtml).not.toMatch(/上一篇|澄清答疑/);
    expect(attachments).toEqual([{ name: '评标报告.pdf', url: 'https://old.example.cn:4430/File/DownloadFile?id=9' }]);
  });
});

describe('older interface', () => {
  const handshake = (cookies: Record<string, string>) =>
    jiningAbp.handshake?.headers({ bytes: Buffer.from('<html></html>'), headers: {}, cookies }, abp().settings);

  test('the token of the cookie is sent back, under the names of either build', () => {
    expect(jiningAbp.handshake?.request(abp().settings)).toEqual({
      url: 'https://old.example.cn:4430/ZouCheng/Bulletins?CategoryCode=503000',
      expect: 'html',
    });
    expect(handshake({ __RequestVerificationToken: 'r', 'XSRF-TOKEN': 'a%2Bb' })).toEqual({ 'X-XSRF-TOKEN': 'a+b' });
    expect(handshake({ 'Public-XSRF-TOKEN': '100%' })).toEqual({ 'Public-X-XSRF-TOKEN': '100%' });
    expect(() => handshake({ __RequestVerificationToken: 'r' })).toThrow(FeedFormatError);
    expect(() => handshake({ 'XSRF-TOKEN': '' })).toThrow(FeedFormatError);
  });

  test('rows: tidy titles, lenient times, changes, codes; unknown columns stay unmapped', () => {
    const { drafts, faults, total, next } = abp().page(fixture('jining/bulletins.json'));
    expect(
      drafts.map(({ title, published, modified, mapping, projectCode }) => [
        title,
        published.field,
        parseFeedTime(published.raw)?.instant,
        modified?.raw,
        mapping?.stage,
        projectCode,
      ]),
    ).toEqual([
      [
        '某某镇卫生院综合楼 工程 招标公告',
        'releaseDate',
        '2021-04-19T01:00:00.000Z',
        undefined,
        'tenderNotice',
        'ZC-2021-015',
      ],
      [
        '某某中学教学楼工程中标候选人公示',
        'releaseDate',
        '2018-08-14T07:23:00.000Z',
        '2018-08-15T10:00:00',
        'candidateNotice',
        undefined,
      ],
      ['没有发布时间的公告', 'creationTime', '2019-03-01T02:00:00.000Z', undefined, undefined, undefined],
    ]);
    expect(drafts[1]?.url).toBe(
      'https://old.example.cn:4430/ZouCheng/Bulletins/Detail/b2c3d4e5-f607-1829-3a4b-39e8497e4968/?CategoryCode=511001',
    );
    expect(drafts[1]?.extra).toMatchObject({ hits: 7, createdAt: '2018-08-14T07:23:29.000Z' });
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少编号']);
    expect(total).toBe(45);
    expect(JSON.parse(next?.body ?? '').skipCount).toBe(4);
  });

  test('a counter is no change, lastModificationTime is one', () => {
    const text = fixture('jining/bulletins.json').toString();
    const hash = (json: string) => draftHash(abp().page(json).drafts[0] as NoticeDraft);
    expect(hash(text.replace('"hits": 12', '"hits": 13'))).toBe(hash(text));
    expect(
      hash(text.replace('"lastModificationTime": null', '"lastModificationTime": "2021-04-20T08:00:00"')),
    ).not.toBe(hash(text));
  });

  test('the last rows end the list', () => {
    const text = fixture('jining/bulletins.json').toString().replace('"45"', '4');
    expect(abp().page(text).next).toBeUndefined();
    expect(abp().page('{"result":{"totalCount":0,"items":[]},"success":true}')).toMatchObject({ drafts: [], total: 0 });
  });

  test.each([
    '',
    '<html><body>Empty or invalid anti forgery header token.</body></html>',
    '{"result":null,"success":false,"error":{"message":"对不起,在处理您的请求期间发生了一个错误!"},"__abp":true}',
    '{"result":{"totalCount":3,"items":[]},"success":true}',
    '{"result":{"items":[]},"success":true}',
    '{"result":{"totalCount":3},"success":true}',
    '{"totalCount":0,"items":[]}',
    '[]',
    'null',
  ])('%j is refused', (answer) => expect(() => abp().page(answer)).toThrow(FeedFormatError));

  test('a refusal says what the site says', () => {
    const answer = '{"result":null,"success":false,"error":{"code":0,"message":"当前用户没有登录到系统"}}';
    expect(() => abp().page(answer)).toThrow(expect.objectContaining({ excerpt: expect.stringContaining('没有登录') }));
  });
});
