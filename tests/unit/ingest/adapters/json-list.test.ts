import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { encodeJsonGb18030 } from '#scripts/demo/platforms/gb18030.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { jsonList } from '#src/ingest/adapters/json-list.ts';
import type { FeedPage, FeedRequest } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { HAS_SAMPLES, openFeed, sample } from '#tests/support/open-feed.ts';

type Input = z.input<typeof jsonList.settings>;
const WINDOW = { since: '2026-03-14', until: '2026-03-17' };
const TENDER = { category: 'procurement', stage: 'tenderNotice' } as const;

const open = (settings: unknown) => openFeed(jsonList, settings as Input, WINDOW);
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const brief = ({ drafts }: FeedPage) =>
  drafts.map(({ sourceItemId, title, published }) => [sourceItemId, title, parseFeedTime(published.raw)?.instant]);
const bare = ({ url }: FeedRequest) => url.replace(/#.*/, '');

/** 2026-03-17 09:30:00 in Shanghai, as answers write it. */
const INSTANT = '2026-03-17T01:30:00.000Z';
const EXPECTED = [['1', '某某小学课桌采购公告', INSTANT]];

interface Shape {
  settings: Record<string, unknown>;
  answer: unknown;
  /** How the first request must look. */
  asks: { url?: string; body?: unknown; method?: string };
}

const get = (url = 'https://a.example/list?p={page}') => ({ url });
const columns = { a: TENDER };

/** Invented after the shapes that platforms of provinces and vendors serve. */
const SHAPES: Record<string, Shape> = {
  'a MyBatis-Plus page behind a form (national, 黔云桂 platforms)': {
    settings: {
      list: {
        url: 'https://a.example/getTradList',
        form: { PAGENUMBER: '{page}', DEAL_STAGE: '{column}', TIMEBEGIN: '{from}', TIMEEND: '{to}' },
      },
      paging: { by: 'page', size: 20 },
      rows: 'data.records',
      total: 'data.total',
      success: { path: 'code', equals: [200], message: 'message' },
      fields: { id: 'id', title: 'title', published: 'publishTime', url: 'url' },
      columns,
    },
    answer: {
      code: 200,
      data: {
        records: [
          {
            id: '1',
            title: '<span class="p_tit">某某</span>小学课桌采购公告',
            publishTime: '2026-03-17 09:30:00',
            url: '/a/1.html',
          },
        ],
        total: 1,
      },
    },
    asks: { method: 'POST', body: 'PAGENUMBER=1&DEAL_STAGE=a&TIMEBEGIN=2026-03-14&TIMEEND=2026-03-17' },
  },
  'RuoYi: rows and total': {
    settings: {
      list: {
        url: 'https://a.example/system/notice/list',
        query: { pageNum: '{page}', pageSize: '{size}', type: '{column}' },
      },
      paging: { by: 'page', size: 10 },
      rows: 'rows',
      total: 'total',
      fields: { id: 'noticeId', title: 'noticeTitle', published: 'createTime' },
      columns,
    },
    answer: {
      total: '1',
      code: 200,
      rows: [{ noticeId: 1, noticeTitle: '某某小学课桌采购公告', createTime: '2026-03-17T09:30:00.000+08:00' }],
    },
    asks: { method: 'GET', url: 'https://a.example/system/notice/list?pageNum=1&pageSize=10&type=a' },
  },
  'JEECG: result.records, numbers kept numbers in a JSON body': {
    settings: {
      list: {
        url: 'https://a.example/list',
        json: { pageNo: '{page}', pageSize: '{size}', code: '{column}', no: '{page|text}', flag: true },
      },
      paging: { by: 'page' },
      rows: 'result.records',
      total: 'result.total',
      fields: { id: 'id', title: ['titleFull', 'title'], published: 'releaseTime' },
      columns,
    },
    answer: {
      success: true,
      result: {
        total: 1,
        records: [{ id: '1', title: '某某小学课桌…', titleFull: '某某小学课桌采购公告', releaseTime: 1773711000000 }],
      },
    },
    asks: { body: { pageNo: 1, pageSize: 20, code: 'a', no: '1', flag: true } },
  },
  'Epoint full text by offset, a JSON text inside the body': {
    settings: {
      list: {
        url: 'https://a.example/getFullTextDataNew',
        json: {
          pn: '{offset}',
          rn: '{size}',
          sort: '{"webdate":"0"}',
          condition: [{ fieldName: 'categorynum', equal: '{column}', likeType: 2 }],
          time: [{ startTime: '{from|YYYY-MM-DD HH:mm:ss}', endTime: '{to|YYYY-MM-DD HH:mm:ss}' }],
        },
      },
      paging: { by: 'offset', size: 10 },
      rows: 'content.result.records',
      total: 'content.result.totalcount',
      fields: { id: { from: 'id', match: '^(.+?)(?:_\\d{3})?$' }, title: 'title', published: ['webdate', 'infodate'] },
      columns,
    },
    answer: {
      code: 1,
      content: JSON.stringify({
        result: {
          totalcount: '1',
          records: [
            { id: '1_001', title: '某某小学<em>课桌</em>采购公告', webdate: '', infodate: '2026-03-17 09:30:00' },
          ],
        },
      }),
    },
    asks: {
      body: {
        pn: 0,
        rn: 10,
        sort: '{"webdate":"0"}',
        condition: [{ fieldName: 'categorynum', equal: 'a', likeType: 2 }],
        time: [{ startTime: '2026-03-14 00:00:00', endTime: '2026-03-17 23:59:59' }],
      },
    },
  },
  'EpointWebBuilder: JSON in one form field, pages from 0': {
    settings: {
      list: {
        url: 'https://a.example/getPageInfoListNew',
        form: { params: { categoryNum: '{column}', pageIndex: '{page}', pageSize: '{size}' } },
      },
      paging: { by: 'page', first: 0, size: 15 },
      rows: 'custom.infodata',
      total: 'custom.count',
      fields: { id: 'infoid', title: ['realtitle', 'title'], published: 'infodate' },
      columns,
    },
    answer: {
      status: { code: 0 },
      custom: { count: 1, infodata: [{ infoid: '1', title: '某某小学课桌采购公告', infodate: '2026-03-17 09:30:00' }] },
    },
    asks: { body: `params=${encodeURIComponent('{"categoryNum":"a","pageIndex":0,"pageSize":15}')}` },
  },
  'two envelopes with JSON as text in each': {
    settings: {
      list: get('https://a.example/x?p={page}&c={column}'),
      paging: { by: 'page' },
      rows: 'data.list',
      total: 'data.page.count',
      fields: { id: 'k', title: 't', published: 'd' },
      columns,
    },
    answer: {
      data: JSON.stringify({
        list: JSON.stringify([{ k: '1', t: '某某小学课桌采购公告', d: '2026年03月17日 09时30分' }]),
        page: { count: 1 },
      }),
    },
    asks: { url: 'https://a.example/x?p=1&c=a' },
  },
  'rows grouped by day, the day outside the row': {
    settings: {
      list: get(),
      paging: { by: 'page' },
      rows: 'data.*.items',
      fields: {
        id: 'id',
        title: 'name',
        published: '{^.day} {time}',
        category: { value: 'procurement' },
        stage: { value: 'tenderNotice' },
      },
    },
    answer: {
      data: [
        { day: '2026-03-17', items: [{ id: 1, name: '某某小学课桌采购公告', time: '09:30:00' }] },
        { day: '2026-03-16', items: [] },
      ],
    },
    asks: { url: 'https://a.example/list?p=1' },
  },
  'an object in place of a list, epoch seconds': {
    settings: {
      list: get(),
      paging: { by: 'page' },
      rows: 'result.*',
      fields: {
        id: 'id',
        title: 'title',
        published: 'time',
        category: { value: 'procurement' },
        stage: { value: 'tenderNotice' },
      },
    },
    answer: { result: { x1: { id: 1, title: '某某小学课桌采购公告', time: '1773711000' } } },
    asks: {},
  },
  'rows that are lists of values, times as Java writes them': {
    settings: {
      list: get(),
      paging: { by: 'page' },
      rows: 'aaData',
      total: 'iTotalRecords',
      fields: {
        id: '0',
        title: '1',
        published: '2',
        category: { value: 'procurement' },
        stage: { value: 'tenderNotice' },
      },
    },
    answer: { iTotalRecords: 1, aaData: [['1', '<a href="#">某某小学课桌采购公告</a>', [2026, 3, 17, 9, 30]]] },
    asks: {},
  },
  'HTML rows inside JSON': {
    settings: {
      list: get(),
      paging: { by: 'page' },
      rows: 'params.str',
      rowSelector: 'li',
      fields: {
        id: { from: 'css:a@onclick', match: "showview\\('(\\w+)'" },
        title: ['css:a@title', 'css:a'],
        published: 'css:.time',
        category: { value: 'procurement' },
        stage: { value: 'tenderNotice' },
      },
    },
    answer: {
      params: {
        str: `<ul><li><a onclick="showview('1')" title="某某小学课桌采购公告">某某小学…</a><i class="time">[2026/3/17 9:30:00]</i></li></ul>`,
      },
    },
    asks: {},
  },
  'a bare list, a column told by two fields': {
    settings: {
      list: get(),
      paging: { by: 'none' },
      rows: '.',
      fields: { id: 'guid', title: 'bt', published: 'fbsj', column: '{lx}/{jd}' },
      columns: { '2/1': TENDER },
    },
    answer: [{ guid: '1', bt: '某某小学课桌采购公告', fbsj: '20260317093000', lx: 2, jd: 1 }],
    asks: {},
  },
  'landchina: wrong case of nothing, list in data.list, dates as ms': {
    settings: {
      list: {
        url: 'https://a.example/tGygg/transfer/list',
        json: { pageNum: '{page}', startDate: '{from|ms}', endDate: '{to|YYYYMMDD}' },
      },
      paging: { by: 'page' },
      rows: ['data.rows', 'data.list'],
      total: 'data.total',
      fields: {
        id: 'gyggGuid',
        title: 'gyggBt',
        published: 'fbSj',
        category: { value: 'land' },
        stage: { value: 'landOffering' },
      },
    },
    answer: {
      code: 200,
      data: { total: 1, list: [{ gyggGuid: 1, gyggBt: '某某小学课桌采购公告', fbSj: 1773711000000 }] },
    },
    asks: { body: { pageNum: 1, startDate: Date.parse('2026-03-14T00:00:00+08:00'), endDate: '20260317' } },
  },
  'a search engine: hits.hits with _source and highlights': {
    settings: {
      list: { url: 'https://a.example/_search', json: { from: '{offset}', size: '{size}' } },
      paging: { by: 'offset' },
      rows: 'hits.hits',
      total: ['hits.total.value', 'hits.total'],
      fields: {
        id: '_id',
        title: ['highlight.title.0', '_source.title'],
        published: '_source.publishDate',
        category: { value: 'procurement' },
        stage: { value: 'tenderNotice' },
      },
    },
    answer: {
      hits: {
        total: { value: 1 },
        hits: [
          {
            _id: '1',
            _source: { title: '某某小学课桌采购公告', publishDate: 1773711000000 },
            highlight: { title: ['某某小学<em>课桌</em>采购公告'] },
          },
        ],
      },
    },
    asks: { body: { from: 0, size: 20 } },
  },
  'a time in the address, the province in a nested object': {
    settings: {
      list: get(),
      paging: { by: 'page' },
      rows: 'data.list',
      fields: {
        id: { from: 'href', match: '/(\\d+)\\.html$' },
        title: 'a.text',
        published: { from: 'href', match: '/(\\d{14})/' },
        category: { value: 'procurement' },
        stage: { value: 'tenderNotice' },
      },
    },
    answer: { data: { list: [{ href: '/20260317093000/1.html', a: { text: '某某小学课桌采购公告' } }] } },
    asks: {},
  },
  'a title of two fields, an English date, JSONP': {
    settings: {
      list: get(),
      paging: { by: 'page' },
      rows: 'd',
      fields: {
        id: 'n',
        title: '{project}{kind}',
        published: 'at',
        category: { from: 'type', values: { B: 'procurement' } },
        stage: { from: 'kind', values: { 采购公告: 'tenderNotice' }, default: 'mixed' },
      },
    },
    answer: { d: [{ n: 1, project: '某某小学课桌', kind: '采购公告', at: 'Mar 17, 2026 9:30:00 AM', type: 'B' }] },
    asks: {},
  },
};

describe('shapes of answers', () => {
  test.each(Object.entries(SHAPES))('%s', (_name, { settings, answer, asks }) => {
    const feed = open(settings);
    const [request] = feed.requests as [FeedRequest];
    const page = feed.page(json(answer));
    expect(page.faults).toEqual([]);
    expect(brief(page)).toEqual(EXPECTED);
    expect(page.drafts[0]?.mapping?.stage).toMatch(/Notice|Offering/);
    if (asks.method) expect(request.method).toBe(asks.method);
    if (asks.url) expect(bare(request)).toBe(asks.url);
    if (typeof asks.body === 'string') expect(request.body).toBe(asks.body);
    else if (asks.body) expect(JSON.parse(request.body ?? '')).toEqual(asks.body);
  });

  test('JSONP, an XML element around the JSON, and GB18030 read the same', () => {
    const { settings, answer } = SHAPES['a title of two fields, an English date, JSONP'] as Shape;
    const text = JSON.stringify(answer);
    for (const bytes of [
      `cb(${text});`,
      `<string xmlns="x">${text.replace(/"/g, '&quot;')}</string>`,
      encodeJsonGb18030(text),
    ]) {
      expect(brief(open(settings).page(bytes))).toEqual(EXPECTED);
    }
  });
});

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: from + at,
    title: `某某工程${from + at}采购公告`,
    date: '2026-03-17',
  }));
const FIELDS = {
  id: 'id',
  title: 'title',
  published: 'date',
  category: { value: 'procurement' },
  stage: { value: 'tenderNotice' },
};

/** Pages through a site until nothing is asked for any more: the addresses asked, and the ids read. */
function walk(settings: unknown, answer: (request: FeedRequest) => unknown, limit = 20) {
  const feed = open(settings);
  const asked: FeedRequest[] = [];
  const ids: string[] = [];
  for (let request = feed.requests[0]; request && asked.length < limit; ) {
    asked.push(request);
    const page = feed.page(json(answer(request)), request);
    ids.push(...page.drafts.map(({ sourceItemId }) => sourceItemId));
    request = page.next;
  }
  return { asked, ids };
}

describe('paging', () => {
  const bodyOf = ({ body }: FeedRequest) => JSON.parse(body ?? '{}');

  test('by page, to a total that is text', () => {
    const { asked, ids } = walk(
      { list: get(), paging: { by: 'page', size: 2 }, rows: 'rows', total: 'total', fields: FIELDS },
      ({ url }) => ({
        total: '5',
        rows: rows((Number(new URL(url).searchParams.get('p')) - 1) * 2, url.includes('p=3') ? 1 : 2),
      }),
    );
    expect(asked.map(bare)).toEqual([1, 2, 3].map((page) => `https://a.example/list?p=${page}`));
    expect(ids).toHaveLength(5);
  });

  test('a total that counts the page is no total: the list goes on until it is short, or shows nothing', () => {
    const settings = { list: get(), paging: { by: 'page', size: 2 }, rows: 'Table', total: 'RowCount', fields: FIELDS };
    const site =
      (all: number) =>
      ({ url }: FeedRequest) => {
        const from = (Number(new URL(url).searchParams.get('p')) - 1) * 2;
        const Table = rows(from, Math.max(0, Math.min(2, all - from)));
        return { RowCount: Table.length, Table };
      };
    expect(walk(settings, site(5)).ids).toHaveLength(5);
    expect(walk(settings, site(4)).ids).toHaveLength(4);
  });

  test('a site that gives fewer rows than it is asked for is read to its total', () => {
    const { ids } = walk(
      {
        list: { url: 'https://a.example/l', json: { from: '{offset}' } },
        paging: { by: 'offset', size: 20 },
        rows: 'rows',
        total: 'total',
        fields: FIELDS,
      },
      (request) => ({ total: 25, rows: rows(bodyOf(request).from, Math.min(10, 25 - bodyOf(request).from)) }),
    );
    expect(ids).toEqual(Array.from({ length: 25 }, (_, at) => String(at)));
  });

  test('by row numbers from 1, by number of pages, and up to the last page that a site answers', () => {
    const settings = {
      list: { url: 'https://a.example/l', json: { a: '{start}', b: '{end}' } },
      paging: { by: 'page', size: 2, maximum: 3 },
      rows: 'rows',
      pages: 'pages',
      fields: FIELDS,
    };
    const { asked } = walk(settings, (request) => ({ pages: 9, rows: rows(bodyOf(request).a, 2) }));
    expect(asked.map(bodyOf)).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
      { a: 5, b: 6 },
    ]);
  });

  test('by cursor, in a body, until there is none or it stays', () => {
    const settings = {
      list: { url: 'https://a.example/l', json: { scrollId: '{cursor}' } },
      paging: { by: 'cursor', next: 'data.next' },
      rows: 'data.rows',
      fields: FIELDS,
    };
    const answers: Record<string, unknown> = {
      '': { next: 'x', rows: rows(0, 2) },
      x: { next: 'y', rows: rows(2, 2) },
      y: { next: 'y', rows: rows(4, 1) },
    };
    const { asked, ids } = walk(settings, (request) => ({ data: answers[bodyOf(request).scrollId] }));
    expect(asked.map((request) => bodyOf(request).scrollId)).toEqual(['', 'x', 'y']);
    expect(ids).toHaveLength(5);
  });

  test('by link, at the same site only; page numbers in paths with a first page of its own', () => {
    const link = {
      list: get('https://a.example/l'),
      paging: { by: 'link', next: 'next' },
      rows: 'rows',
      fields: FIELDS,
    };
    const { asked } = walk(link, ({ url }) => ({
      rows: rows(url.length, 1),
      next: url.includes('page=2') ? 'https://evil.example/' : '/l?page=2',
    }));
    expect(asked.map(bare)).toEqual(['https://a.example/l', 'https://a.example/l?page=2']);
    const path = {
      list: { url: 'https://a.example/list_{page}.json', firstUrl: 'https://a.example/list.json' },
      paging: { by: 'page', size: 1 },
      rows: 'rows',
      fields: FIELDS,
    };
    const { asked: paths } = walk(path, ({ url }) => ({ rows: url.includes('_3') ? [] : rows(url.length, 1) }));
    expect(paths.map(bare)).toEqual([
      'https://a.example/list.json',
      'https://a.example/list_2.json',
      'https://a.example/list_3.json',
    ]);
  });

  test('slices of days, for each column with values of its own', () => {
    const feed = open({
      list: {
        url: 'https://a.example/l',
        form: { t: '{params.type}', c: '{column}', a: '{from|YYYY/MM/DD}', p: '{page}' },
      },
      paging: { by: 'page' },
      rows: 'rows',
      fields: { id: 'id', title: 'title', published: 'date' },
      columns: { x: TENDER, y: TENDER },
      params: { x: { type: '7' }, y: { type: '8' } },
      sliceDays: 2,
      historyFrom: '2020-01-01',
    });
    expect(feed.requests.map(({ body }) => decodeURIComponent(body ?? ''))).toEqual(
      ['t=7&c=x', 't=8&c=y'].flatMap((part) => ['16', '14'].map((day) => `${part}&a=2026/03/${day}&p=1`)),
    );
    expect(feed.page(json({ rows: rows(1, 1) }), feed.requests[2]).drafts[0]?.column.code).toBe('y');
  });

  test('rows of others are left out and do not end the list', () => {
    const settings = {
      list: get(),
      paging: { by: 'page', size: 2 },
      rows: 'rows',
      only: { area: ['3708'] },
      fields: FIELDS,
    };
    const page = open(settings).page(
      json({ rows: rows(1, 2).map((row, at) => ({ ...row, area: at ? '3701' : 3708 })) }),
    );
    expect([page.drafts.length, page.skipped?.length, page.next !== undefined]).toEqual([1, 1, true]);
  });
});

describe('fields', () => {
  const read = (
    row: unknown,
    more: Record<string, unknown> = {},
    fields: Record<string, unknown> = {},
  ): NoticeDraft => {
    const page = open({
      list: get(),
      paging: { by: 'none' },
      rows: 'rows',
      fields: { ...FIELDS, ...fields },
      ...more,
    }).page(json({ rows: [row] }));
    expect(page.faults).toEqual([]);
    return page.drafts[0] as NoticeDraft;
  };
  const row = { id: 'A/1', title: '某某采购公告', date: '2026-03-17' };

  test('addresses by template, encoded, or relative to a base; an empty link is none', () => {
    expect(read(row, {}, { url: 'https://a.example/d?id={id}' }).url).toBe('https://a.example/d?id=A%2F1');
    expect(read({ ...row, u: '/x/1.html' }, { linkBase: 'https://b.example/' }, { url: 'u' }).url).toBe(
      'https://b.example/x/1.html',
    );
    expect(read({ ...row, u: '/x/1' }, {}, { url: 'https://b.example/web{+u}' }).url).toBe('https://b.example/web/x/1');
    expect(read({ ...row, u: '' }, {}, { url: ['u', 'missing'] }).url).toBeUndefined();
  });

  test('county, stage and category by values; what no value names goes to the mapping board', () => {
    const county = { from: 'qx', values: { '370881': 'qufu' } };
    const stage = { from: 'lx', values: { '2': 'awardNotice' } };
    expect(read({ ...row, qx: 370881, lx: '2' }, {}, { county, stage })).toMatchObject({
      countyText: '曲阜市',
      mapping: { stage: 'awardNotice' },
    });
    expect(read({ ...row, lx: '99' }, {}, { stage })).toMatchObject({ column: { code: '99' }, mapping: undefined });
  });

  test('facts, files, further ids, and the facts as a body where there is none', () => {
    const draft = read(
      {
        ...row,
        je: 12.5,
        other: 'B2',
        files: [
          { n: '公告.pdf', f: 7 },
          { n: '', f: '' },
        ],
      },
      {
        facts: { 预算金额: '{je}万元', 采购人: 'missing' },
        attachments: { rows: 'files', name: 'n', url: 'https://a.example/f?id={f}' },
      },
      { aliases: ['other'] },
    );
    expect(draft).toMatchObject({
      fields: { 预算金额: '12.5万元' },
      aliases: ['B2'],
      attachments: [{ name: '公告.pdf', url: 'https://a.example/f?id=7' }],
    });
    expect(draft.bodyHtml).toContain('<td>12.5万元</td>');
  });

  test.each([
    ['HTML', '<p>某某采购内容</p>'],
    ['entities', '&lt;p&gt;某某采购内容&lt;/p&gt;'],
    ['percent-encoded', encodeURIComponent('<p>某某采购内容</p>')],
    ['base64 of UTF-8', Buffer.from('<div class="x"><p>某某采购内容</p></div>').toString('base64')],
    ['base64 of GBK', encodeJsonGb18030('<div class="content"><p>某某采购内容</p></div>').toString('base64')],
    ['plain text', '某某采购内容\n第二行'],
    ['parts', [{ t: '<p>某某采购内容</p>' }, { t: '<p>第二部分</p>' }]],
  ])('a body as %s', (_name, body) => {
    expect(read({ ...row, body }, {}, { body: 'body' }).bodyHtml).toMatch(/<p>某某采购内容<\/p>/);
  });

  test('times: the first that names a day; placeholders are passed over', () => {
    const times = { published: ['a', 'b'] };
    expect(read({ ...row, a: '1970-01-01', b: '/Date(1773711000000)/' }, {}, times).published).toEqual({
      raw: '/Date(1773711000000)/',
      field: 'b',
    });
    expect(read({ ...row, a: null, b: { time: 1773711000 } }, {}, { published: ['a', 'b.time'] }).published.raw).toBe(
      '1773711000',
    );
  });

  test('a row without id, title or time is a fault and stops no other', () => {
    const { drafts, faults } = open({ list: get(), paging: { by: 'none' }, rows: 'rows', fields: FIELDS }).page(
      json({
        rows: [
          { ...row, id: null },
          { ...row, id: 2, title: ' ' },
          { ...row, id: 3, date: '' },
          { ...row, id: 4 },
        ],
      }),
    );
    expect(drafts.map(({ sourceItemId }) => sourceItemId)).toEqual(['4']);
    expect(faults.map(({ sourceItemId, reason }) => [sourceItemId, reason])).toEqual([
      [undefined, '条目缺少编号'],
      ['2', '条目缺少标题'],
      ['3', '条目缺少发布时间'],
    ]);
  });
});

describe('details', () => {
  const base = { list: get(), paging: { by: 'none' }, rows: 'rows', fields: FIELDS };
  const first = (feed: ReturnType<typeof open>) =>
    feed.page(json({ rows: [{ id: 1, title: '某某采购公告', date: '2026-03-17', kind: 'x' }] }))
      .drafts[0] as NoticeDraft;
  const TEXT = '<p>采购人：某某小学。预算金额：12.5万元。<a href="/f/1.pdf">公告附件.pdf</a></p>';

  test('JSON: asked by POST with values of the row; body, facts and files by paths', () => {
    const feed = open({
      ...base,
      detail: {
        request: {
          url: 'https://a.example/detail',
          json: { id: '{id}', kind: '{kind}' },
          headers: { 'X-Requested-With': 'XMLHttpRequest' },
        },
        success: { path: 'code', equals: [200] },
        fields: { body: 'data.content', published: 'data.time', projectCode: 'data.no' },
        facts: { 采购人: 'data.buyer' },
        attachments: { rows: 'data.files', name: 'name', url: 'path' },
      },
    });
    const draft = first(feed);
    const request = jsonList.detail?.(draft, feed.settings);
    expect(JSON.parse(request?.body ?? '')).toEqual({ id: '1', kind: 'x' });
    expect(request?.headers?.['x-requested-with']).toBe('XMLHttpRequest');
    const answer = {
      code: 200,
      data: {
        content: Buffer.from(TEXT).toString('base64'),
        time: '2026-03-17 09:30',
        no: 'ZC-1',
        buyer: '某某小学',
        files: [{ name: '文件.zip', path: '/f/2.zip' }],
      },
    };
    const whole = feed.detail(json(answer), draft);
    expect(whole).toMatchObject({
      bodyHtml: TEXT,
      projectCode: 'ZC-1',
      fields: { 采购人: '某某小学' },
      published: { raw: '2026-03-17 09:30' },
    });
    expect(whole.attachments.map(({ url }) => url)).toEqual(['https://a.example/f/2.zip', 'https://a.example/f/1.pdf']);
    expect(jsonList.detail?.(whole, feed.settings)).toBeUndefined();
    expect(() => feed.detail(json({ code: 500 }), draft)).toThrow(/接口返回失败/);
    expect(() => feed.detail(json({ code: 200, data: { content: '' } }), draft)).toThrow(/没有可读的正文/);
  });

  test('HTML: by selector, with what selectors give besides', () => {
    const feed = open({
      ...base,
      detail: {
        request: { url: 'https://a.example/d/{id}.html', expect: 'html' },
        selectors: ['#content'],
        fields: { originUrl: 'css:#origin@href' },
      },
    });
    const page = `<!DOCTYPE html><html><body><a id="origin" href="https://b.example/1">原文</a><div id="content">${TEXT.repeat(2)}</div></body></html>`;
    expect(feed.detail(page, first(feed))).toMatchObject({
      bodyHtml: TEXT.repeat(2),
      originUrl: 'https://b.example/1',
    });
  });

  test('the address of the notice itself; a row cannot lead a path to another host', () => {
    const detail = (url: string) =>
      open({ ...base, fields: { ...FIELDS, url: 'u' }, detail: { request: { url, expect: 'html' } } });
    const asked = (url: string, u: string) => {
      const feed = detail(url);
      const [draft] = feed.page(json({ rows: [{ id: 1, title: '某某采购公告', date: '2026-03-17', u }] })).drafts;
      return draft && jsonList.detail?.(draft, feed.settings)?.url;
    };
    expect(asked('{+address}', '/d/1.html')).toBe('https://a.example/d/1.html');
    expect(asked('https://b.example{+u}', '/d/1.html')).toBe('https://b.example/d/1.html');
    expect(asked('https://b.example{+u}', '@evil.example/')).toBeUndefined();
    expect(asked('{+u}', 'javascript:alert(1)')).toBeUndefined();
  });

  test('two steps: JSON that names a page', () => {
    const feed = open({
      ...base,
      detail: [
        { request: { url: 'https://a.example/meta?id={id}' } },
        { request: { url: 'https://a.example{+$.data.path}', expect: 'html' }, selectors: ['.c'] },
      ],
    });
    const half = feed.detail(json({ data: { path: '/p/1.html' } }), first(feed));
    expect(jsonList.detail?.(half, feed.settings)?.url).toBe('https://a.example/p/1.html#step=1');
    const whole = feed.detail(`<!DOCTYPE html><html><body><div class="c">${TEXT.repeat(2)}</div></body></html>`, half);
    expect(whole.bodyHtml).toContain('某某小学');
    expect(jsonList.detail?.(whole, feed.settings)).toBeUndefined();
  });
});

describe('what is refused, and why', () => {
  const good = { list: get(), paging: { by: 'page' }, rows: 'rows', fields: FIELDS };
  const faults = (settings: unknown) => {
    const result = jsonList.settings.safeParse(settings);
    return result.success ? [] : result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  };

  test.each([
    ['a placeholder nobody fills', { ...good, list: get('https://a.example/?p={pgae}') }, /\{pgae\} 不认识/],
    ['paging that the request does not carry', { ...good, list: get('https://a.example/') }, /没有 \{page\}/],
    ['a cookie', { ...good, list: { ...get(), headers: { Cookie: 'x=1' } } }, /list\.headers\.Cookie: /],
    ['a header with a line end', { ...good, list: { ...get(), headers: { 'x-a': 'a\r\nb: c' } } }, /控制字符/],
    ['a host made by a template', { ...good, list: get('https://{column}.example/?p={page}') }, /主机名不能是模板/],
    ['another scheme', { ...good, list: get('file:///etc/passwd?p={page}') }, /http/],
    ['an expression that is none', { ...good, fields: { ...FIELDS, id: { from: 'id', match: '(' } } }, /fields\.id/],
    [
      'nothing that tells category and stage',
      { ...good, fields: { id: 'id', title: 't', published: 'd' } },
      /要么给出 columns/,
    ],
    ['slices without a start', { ...good, sliceDays: 3 }, /historyFrom/],
    ['an unknown setting', { ...good, colums: {} }, /colums/],
  ])('settings: %s', (_name, settings, message) => expect(faults(settings).join('\n')).toMatch(message));

  test.each<[string, string, RegExp]>([
    ['a page', '<html>登录</html>', /网页/],
    [
      'no list, with a hint where one is',
      '{"data":{"list":[{"a":1},{"a":2}]}}',
      /缺少列表“rows”；有列表的位置：data.list（2 条）/,
    ],
    ['fewer rows than its total says', '{"rows":[],"n":5}', /与其总数不符/],
    ['an empty answer', '', /为空/],
  ])('answers: %s', (_name, answer, reason) => {
    const read = () => open({ ...good, total: 'n' }).page(answer);
    expect(read).toThrow(FeedFormatError);
    expect(read).toThrow(reason);
  });

  test('an empty list is one, also as null beside a total of 0', () => {
    expect(open({ ...good, total: 'n' }).page('{"rows":null,"n":0}').drafts).toEqual([]);
    expect(open(good).page('{"rows":[]}').next).toBeUndefined();
  });

  test('a session: its headers are made of the first answer', () => {
    const feed = open({
      ...good,
      session: {
        request: { url: 'https://a.example/token', form: { a: 'b' } },
        headers: { Authorization: 'Bearer {data.token}' },
      },
    });
    expect(jsonList.handshake?.request(feed.settings)).toMatchObject({ method: 'POST', body: 'a=b' });
    const answer = (text: string) => ({ bytes: Buffer.from(text), headers: {}, cookies: {} });
    expect(jsonList.handshake?.headers(answer('{"data":{"token":"t1"}}'), feed.settings)).toEqual({
      authorization: 'Bearer t1',
    });
    expect(() => jsonList.handshake?.headers(answer('{"data":{}}'), feed.settings)).toThrow(/Authorization/);
    const page = open({
      ...good,
      session: {
        request: { url: 'https://a.example/', expect: 'html' },
        headers: { 'X-XSRF-TOKEN': '{cookie.XSRF-TOKEN}' },
      },
    });
    const cookies = { 'XSRF-TOKEN': 't2' };
    expect(jsonList.handshake?.headers({ ...answer('<html></html>'), cookies }, page.settings)).toEqual({
      'x-xsrf-token': 't2',
    });
  });
});

describe.skipIf(!HAS_SAMPLES)('real payloads by settings alone', () => {
  const common = { paging: { by: 'page' }, list: get() };

  test('the national list', () => {
    const page = open({
      ...common,
      rows: 'data.records',
      total: 'data.total',
      fields: {
        id: 'id',
        title: 'title',
        published: 'publishTime',
        url: 'url',
        county: 'provinceText',
        column: 'informationType',
      },
      columns: { '0201': TENDER },
    }).page(sample('ggzy-national.getTradList.page1.20260317.json'));
    expect([page.drafts.length, page.total, page.faults]).toEqual([20, 1598, []]);
    expect(page.drafts.filter(({ mapping }) => mapping)).toHaveLength(10);
  });

  test('Epoint of Hebei', () => {
    const page = open({
      ...common,
      rows: 'result.records',
      total: 'result.totalcount',
      fields: {
        ...FIELDS,
        id: { from: 'id', match: '^(.+?)(?:_\\d{3})?$' },
        published: ['webdate', 'showdate', 'infodate'],
      },
    }).page(sample('epoint-hebei.getFullTextData.003005002001.20180730.json'));
    expect([
      page.drafts.length,
      page.total,
      page.drafts.some(({ sourceItemId }) => sourceItemId.endsWith('_001')),
    ]).toEqual([10, 232, false]);
  });

  test('newest.json of Jining, and HTML in the JSON of Jinan', () => {
    const jining = open({ ...common, paging: { by: 'none' }, rows: 'data', fields: { ...FIELDS, id: 'url' } });
    expect(jining.page(sample('jining-jnsggzy.newest.JiNing-536.20260426.json')).drafts).toHaveLength(25);
    const jinan = open({
      ...common,
      rows: 'params.str',
      rowSelector: 'li',
      pages: 'params.pagesum',
      fields: {
        ...FIELDS,
        id: { from: 'css:a@onclick', match: '\\((\\d+)\\)' },
        title: 'css:a@title',
        published: { from: ['css:.span2 .span2', 'css:.span2'], match: '\\d{4}-\\d{2}-\\d{2}' },
      },
    });
    const { drafts, next } = jinan.page(sample('jinan.search-do.20180925.json'));
    expect([drafts.length, next !== undefined]).toEqual([10, true]);
    expect(drafts.every(({ title }) => !title.endsWith('…'))).toBe(true);
  });
});
