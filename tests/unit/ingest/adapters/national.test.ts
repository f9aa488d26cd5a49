import { describe, expect, test } from 'vitest';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { NATIONAL_COLUMNS } from '#src/ingest/adapters/ggzy-national/settings.ts';
import { ggzyNational } from '#src/ingest/adapters/ggzy-national.ts';
import type { FeedRequest } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { normaliseDraft } from '#src/publish/prepare/normalise.ts';
import { fixture, HAS_SAMPLES, openFeed, sample } from '#tests/support/open-feed.ts';

const WINDOW = { since: '2026-06-01', until: '2026-06-14' };
const SETTINGS = { historyFrom: '2026-01-01' };
const OF_CITY = { ...SETTINGS, province: '370000', city: '370800' };
const LIST = fixture('ggzy-national/list.json');

const open = (more: Partial<Record<string, unknown>> = {}) => openFeed(ggzyNational, { ...SETTINGS, ...more }, WINDOW);
const formOf = (request: FeedRequest | undefined) => Object.fromEntries(new URLSearchParams(request?.body));

/** The list with parts of its page replaced. */
function changed(data: object, top: object = {}): string {
  const whole = JSON.parse(LIST.toString());
  return JSON.stringify({ ...whole, ...top, data: { ...whole.data, ...data } });
}

/** A record of the list. */
const records = () => JSON.parse(LIST.toString()).data.records as Record<string, unknown>[];

function stageOf(draft: NoticeDraft | undefined): string | undefined {
  const result = draft && normaliseDraft({ ...draft, countyText: undefined }, 'jining', Date.parse('2026-07-01'));
  return result && 'notice' in result ? result.notice.stage : undefined;
}

describe('the request', () => {
  test('a window is asked for as an interval, in slices, newest first; pages count from 1', () => {
    const { requests } = open(OF_CITY);
    expect(requests.map(formOf)).toMatchObject([
      { DEAL_TIME: '06', TIMEBEGIN: '2026-06-05', TIMEEND: '2026-06-14', PAGENUMBER: '1', DEAL_PROVINCE: '370000' },
      { DEAL_TIME: '06', TIMEBEGIN: '2026-06-01', TIMEEND: '2026-06-04', PAGENUMBER: '1', DEAL_CITY: '370800' },
    ]);
    expect(requests[0]).toMatchObject({ method: 'POST', expect: 'json' });
  });

  test('a full run begins at the first day of the settings', () => {
    const { requests } = openFeed(ggzyNational, SETTINGS, { until: '2026-01-12' });
    expect(requests.map(formOf).at(-1)).toMatchObject({ TIMEBEGIN: '2026-01-01', TIMEEND: '2026-01-02' });
  });

  test('the next page keeps all but its number; the last page has none', () => {
    const { requests, page } = open(OF_CITY);
    const { next } = page(LIST);
    expect(formOf(next)).toEqual({ ...formOf(requests[0]), PAGENUMBER: '2' });
    expect(page(changed({ current: 2 }), next).next).toBeUndefined();
  });
});

describe('the list', () => {
  test('records with nearly all of their fields null become drafts; unreadable rows are faults', () => {
    const { drafts, faults, total } = open(OF_CITY).page(LIST);
    expect(drafts.map(({ title, column, countyText }) => [title, column.code, countyText])).toEqual([
      ['任城区某某学校图书采购项目 竞争性磋商公告', '0201', '济宁市公共资源交易中心'],
      ['某某职业学校实训楼工程（一标段）中标候选人公示', '0104', undefined],
      ['某某学校食堂设备采购项目中标（成交）结果公告', '0201', undefined],
      ['某某学校碳排放配额转让', '2101', undefined],
    ]);
    expect(faults.map(({ reason }) => reason)).toEqual(['条目缺少标题', '条目不属于所查的省份', '条目缺少链接']);
    expect(total).toBe(27);
    expect(drafts[0]?.url).toMatch(/^https:\/\/www\.ggzy\.gov\.cn\/information\/deal\/html\/a\/370000\/0201\//);
    expect(drafts[0]?.rawTitle).toContain('p_tit');
  });

  test('without a city asked for, a row that names no place is of its province', () => {
    const { drafts } = open().page(LIST);
    expect(drafts[1]?.countyText).toBe('山东省');
  });

  test('trap 6: codes outside the table have no mapping, and those of other markets only a name', () => {
    const { drafts } = open(OF_CITY).page(LIST);
    expect(drafts[3]).toMatchObject({ mapping: undefined, column: { code: '2101', label: '交易公告' } });
    expect(NATIONAL_COLUMNS['0403']).toEqual({ label: '公开信息' });
  });

  test('trap 7: titles sort what the tabs mix and misfile', () => {
    const { drafts } = open(OF_CITY).page(LIST);
    expect(drafts.slice(0, 3).map(stageOf)).toEqual(['tenderNotice', 'candidateNotice', 'awardNotice']);
  });

  test('trap 11: a keyword without a hit, answered with the unfiltered list, finds nothing', () => {
    const feed = open({ ...OF_CITY, keyword: '水利' });
    expect(feed.page(LIST)).toEqual({ drafts: [], faults: [], total: 0 });
    expect(open({ ...OF_CITY, keyword: '学校图书' }).page(LIST).drafts).toHaveLength(1);
  });

  test('a list that was not filtered by province is refused', () => {
    const rows = records().map((row) => ({ ...row, province: '410000' }));
    expect(() => open(OF_CITY).page(changed({ records: rows }))).toThrow(/没有按省份筛选/);
  });

  test('trap 9: page 1 in answer to page 2 is refused', () => {
    const { page } = open(OF_CITY);
    expect(() => page(LIST, page(LIST).next)).toThrow(/第 1 页，而不是第 2 页/);
  });

  test('numbers may be text, and the page count may be left out', () => {
    const { page } = open(OF_CITY);
    expect(formOf(page(changed({ total: '27', current: '1', pages: '2' }, { code: '200' })).next).PAGENUMBER).toBe('2');
    expect(formOf(page(changed({ pages: null })).next).PAGENUMBER).toBe('2');
  });

  test('a window without any notice is no failure; a page that hides its rows is', () => {
    expect(open().page(changed({ records: [], total: 0, pages: 0 })).drafts).toEqual([]);
    expect(() => open().page(changed({ records: [] }))).toThrow(/与其总数不符/);
  });

  test.each([
    [829, /验证码/],
    [800, /过于频繁/],
    [804, /缩小查询范围/],
    ['500', /系统异常/],
  ])('code %s is a failure with its reason', (code, reason) => {
    const answer = JSON.stringify({ code, message: '系统异常', data: null });
    expect(() => open().page(answer)).toThrow(FeedFormatError);
    expect(() => open().page(answer)).toThrow(reason);
  });

  test.each([
    '',
    '<html><body>访问过于频繁</body></html>',
    '[]',
    'null',
    '{"code":200}',
    '{"code":200,"data":{"total":3}}',
    '{"code":200,"data":{"records":{}}}',
    LIST.toString().slice(0, 2_000),
  ])('trap 8: %j is refused', (answer) => expect(() => open().page(answer)).toThrow(FeedFormatError));

  test('one row that is no record stops no other', () => {
    const { drafts, faults } = open().page(changed({ records: [null, 'x', ...records().slice(0, 2)] }));
    expect([drafts.length, faults.length]).toEqual([2, 2]);
  });
});

describe('the two pages of a notice', () => {
  const feed = open(OF_CITY);
  const first = feed.page(LIST).drafts[0] as NoticeDraft;
  const project = feed.detail(fixture('ggzy-national/project.html'), first);
  const whole = feed.detail(fixture('ggzy-national/content.html'), project);
  const ask = (draft: NoticeDraft) => ggzyNational.detail?.(draft, feed.settings);

  test('the A page gives the project code and its own B page, not the one of the scripts', () => {
    expect(project.projectCode).toBe('SDGP370811000202602000777');
    expect(ask(project)?.url).toBe(
      `https://www.ggzy.gov.cn/information/deal/html/b/370000/0201/20260612/${first.sourceItemId}.html`,
    );
    expect(project.bodyHtml).toBeUndefined();
  });

  test('the B page gives body, time of the list’s day, origin and files; nothing more is asked for', () => {
    expect(whole.bodyHtml).toContain('预算金额：38.5 万元');
    expect(whole.published).toEqual({ raw: '2026-06-12 17:36', field: 'p_o' });
    expect(ask(whole)).toBeUndefined();
  });

  test('trap 25: a leading blank does not glue the origin to the platform; files belong to the origin', () => {
    expect(whole.originUrl).toBe('http://cx.rencheng.example/notice/77.html');
    expect(whole.attachments).toEqual([
      { name: '磋商文件.pdf', url: 'http://cx.rencheng.example/files/%E7%A3%8B%E5%95%86%E6%96%87%E4%BB%B6.pdf' },
    ]);
  });

  test('trap 20: a time of another day is not the time of publication', () => {
    const page = fixture('ggzy-national/content.html').toString().replace('2026-06-12 17:36', '2026-06-10 09:00');
    expect(feed.detail(page, project).published).toEqual(first.published);
  });

  test('a code beside the project’s own is not the project’s', () => {
    const page = fixture('ggzy-national/project.html').toString().replace('采购项目编号：', '合同编号：');
    expect(feed.detail(page, first).projectCode).toBeUndefined();
  });

  test('an A page that does not name the notice leaves the address to the pattern', () => {
    const page = fixture('ggzy-national/project.html').toString().replaceAll(first.sourceItemId, 'another');
    expect(ask(feed.detail(page, first))?.url).toBe(first.url?.replace('/html/a/', '/html/b/'));
  });

  test.each(['<html><body>页面不存在</body></html>', '{"code":829}', '<html><body><h4 class="h4_o">甲</h4>'])(
    '%j is neither page',
    (page) => {
      expect(() => feed.detail(page, first)).toThrow(FeedFormatError);
      expect(() => feed.detail(page, project)).toThrow(FeedFormatError);
    },
  );
});

describe.skipIf(!HAS_SAMPLES)('real payloads', () => {
  const window = { since: '2026-03-16', until: '2026-03-17' };

  test('page 1: 20 drafts of 8 codes, 5 without platform, all titles with the word asked for', () => {
    const feed = openFeed(ggzyNational, { ...SETTINGS, keyword: '体育' }, window);
    const { drafts, faults, total, next } = feed.page(sample('ggzy-national.getTradList.page1.20260317.json'));
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(20);
    const counts = Map.groupBy(drafts, ({ column }) => column.code);
    expect(Object.fromEntries([...counts].map(([code, { length }]) => [code, length]))).toEqual({
      '0201': 10,
      '0204': 2,
      '0104': 2,
      '9002': 2,
      '0203': 1,
      '0202': 1,
      '0105': 1,
      '0101': 1,
    });
    expect(drafts.filter(({ extra }) => !extra.transactionSourcesPlatformText)).toHaveLength(5);
    expect(drafts.every(({ mapping }) => mapping !== undefined)).toBe(true);
    expect([total, formOf(next).PAGENUMBER]).toEqual([1598, '2']);
    expect(new Set(drafts.map(stageOf))).toEqual(
      new Set([
        'contractNotice',
        'awardNotice',
        'tenderNotice',
        'correctionNotice',
        'clarification',
        'candidateNotice',
        'prequalificationNotice',
      ]),
    );
  });

  test('detail a and b: code of the project, body of the contract, nothing of the left-over variables', () => {
    const feed = openFeed(ggzyNational, SETTINGS, window);
    const { drafts } = feed.page(sample('ggzy-national.getTradList.page1.20260317.json'));
    const project = feed.detail(sample('ggzy-national.detail-a.0203.20260317.html'), drafts[0] as NoticeDraft);
    expect(project.projectCode).toBe('330521253680050000027-ZJXCXZF-2025-JC57');
    const whole = feed.detail(sample('ggzy-national.detail-b.0203.20260317.html'), project);
    expect(whole.bodyHtml).toContain('合同签署时间');
    expect(whole.published.raw).toBe('2026-03-17');
    expect(JSON.stringify(whole)).not.toMatch(/2024-0|00536c16/);
  });
});
