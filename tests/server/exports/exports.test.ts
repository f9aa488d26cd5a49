import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import readWorkbook from 'read-excel-file/node';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { insertNotices, type SeedNotice, seedNotices, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { seedAwards } from '#tests/support/seed-organizations.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

/** Texts that spreadsheet programs would run. */
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', '＠x', ' =1', '|calc'];
const LAND = { category: 'land', county: 'qufu', stage: 'tenderNotice' } as const;
const COMMON = { ...LAND, publishedAt: '2026-05-01T01:30:00.000Z' };
/** The columns that tests look at. */
const [TITLE, PUBLISHED, AMOUNT, BUYER, ID, LINK] = [
  '标题',
  '发布时间',
  '金额（元）',
  '招标（采购、出让）人',
  '公告编号',
  '网址',
];

let portal: Portal;
let odd: SeedNotice;
beforeAll(async () => {
  odd = {
    ...toSeedNotice(5001),
    ...COMMON,
    title: '含"引号"，\n换行 & <标签>\u0001',
    buyer: '丙单位',
    amountFen: 123_456_789,
  };
  const recently = addDays(new Date().toISOString(), -20);
  portal = await startPortal((db) => {
    seedSources(db);
    seedNotices(db, 1000);
    insertNotices(db, [
      odd,
      ...FORMULAS.map((title, index) => ({ ...toSeedNotice(6000 + index), ...COMMON, title, buyer: '丁单位' })),
    ]);
    seedAwards(db, 100, 30);
    seedExposure(db, { 当事人: '示例建设有限公司', 文号: '示财罚〔2026〕1 号', 决定日期: formatDate(recently) });
    seedExposure(db, { 当事人: '往年商贸有限公司', 文号: '示财罚〔2015〕2 号', 决定日期: '2015-03-02' });
    rebuildFts(db);
  });
});
afterAll(() => portal.stop());

const get = (path: string) => fetch(portal.url + path);

/** Rows of a CSV answer, each by its headers. */
async function readCsv(path: string): Promise<Record<string, string>[]> {
  const bytes = Buffer.from(await (await get(path)).arrayBuffer());
  expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
  return parse(bytes, { bom: true, columns: true });
}

/** Rows of a workbook, each by its headers. */
async function readXlsx(path: string): Promise<Record<string, unknown>[]> {
  const [sheet] = await readWorkbook(Buffer.from(await (await get(path)).arrayBuffer()));
  const [headers = [], ...rows] = sheet?.data ?? [];
  return rows.map((row) => Object.fromEntries(headers.map((header, index) => [String(header), row[index]])));
}

/** Ids of a list of the API, page by page. */
async function walkIds(path: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { items, next } = (await (await get(`${path}&limit=200${cursor && `&cursor=${cursor}`}`)).json()) as {
      items: { id: string }[];
      next: string | null;
    };
    ids.push(...items.map(({ id }) => id));
    cursor = next;
  }
  return ids;
}

describe('a file of notices', () => {
  it.each([
    ['/api/v1/notices', '?sort=published'],
    ['/api/v1/notices', '?sort=deadline&category=construction'],
    ['/api/v1/notices', '?sort=amount&min=100000&from=2024-01-01'],
    ['/api/v1/notices', '?status=open&county=qufu'],
    ['/api/v1/notices', '?supplier=供应商 4'],
    ['/api/v1/search', '?q=测试项目 1'],
  ])('holds the whole of %s%s in its order', async (list, query) => {
    const expected = await walkIds(list + query);
    expect((await readCsv(`/api/v1/notices.csv${query}`)).map((row) => row[ID])).toEqual(expected);
    // With a row a lot: the same notices in the same order.
    const byLot = (await readCsv(`/api/v1/lots.csv${query}`)).map((row) => row[ID]);
    expect([...new Set(byLot)]).toEqual(expected);
    expect((await readXlsx(`/api/v1/notices.xlsx${query}`)).map((row) => row[ID])).toEqual(expected);
  });

  it('tells amounts in yuan and times in Shanghai, and carries any text', async () => {
    const [row = {}] = await readCsv('/api/v1/notices.csv?buyer=丙单位');
    expect(row).toMatchObject({ [TITLE]: odd.title, [AMOUNT]: '1234567.89', [PUBLISHED]: '2026-05-01 09:30' });
    expect(row[LINK]).toBe(`${PORTAL_SITE}/notice/${odd.id}`);
    const [cells = {}] = await readXlsx('/api/v1/notices.xlsx?buyer=丙单位');
    expect(cells[TITLE]).toBe(odd.title);
    expect(cells[AMOUNT]).toBe(1234567.89);
    expect((cells.发布日期 as Date).toISOString()).toBe('2026-05-01T00:00:00.000Z');
    expect(cells).toHaveProperty('发布时刻');
  });

  it('never starts a cell of CSV with what runs as a formula; cells of a workbook are text', async () => {
    const titles = (await readCsv('/api/v1/notices.csv?buyer=丁单位')).map((row) => row[TITLE] ?? '');
    expect(titles.toSorted()).toEqual(FORMULAS.map((text) => `'${text}`).toSorted());
    const cells = (await readXlsx('/api/v1/notices.xlsx?buyer=丁单位')).map((row) => String(row[TITLE]).trim());
    expect(cells.toSorted()).toEqual(FORMULAS.map((text) => text.trim()).toSorted());
  });

  it('leaves empty what is not known', async () => {
    const rows = await readCsv('/api/v1/notices.csv');
    expect(rows.some((row) => row[BUYER] === '' && row[AMOUNT] !== '0.00')).toBe(true);
  });

  it('is a download with a Chinese name that nothing keeps', async () => {
    const { headers } = await get('/api/v1/notices.xlsx?buyer=丙单位');
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename="export.xlsx"; filename\*=UTF-8''%E4%BA%A4/,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it.each([
    ['/api/v1/notices.csv?categry=land', 400],
    ['/api/v1/notices.csv?limit=10', 400],
    ['/api/v1/organizations.csv?cursor=x', 400],
    ['/api/v1/exposures.xlsx?county=', 400],
    ['/api/v1/notices.ods', 404],
  ])('%s is refused as a problem with %i', async (path, status) => {
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a file on its way', () => {
  const readRaw = async (path: string, encoding: string) => {
    const { headers, body } = await request(portal.url + path, { headers: { 'accept-encoding': encoding } });
    return { headers, bytes: Buffer.from(await body.arrayBuffer()) };
  };

  it('is compressed for who takes that, with the same content', async () => {
    const plain = await readRaw('/api/v1/notices.csv?category=land', 'identity');
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    for (const [encoding, decompress] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const { headers, bytes } = await readRaw('/api/v1/notices.csv?category=land', encoding);
      expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
      expect(bytes.length).toBeLessThan(plain.bytes.length / 2);
      expect(decompress(bytes).equals(plain.bytes)).toBe(true);
    }
  });

  it('is left as it is when it is compressed already', async () => {
    const { headers } = await readRaw('/api/v1/notices.xlsx?category=land', 'gzip, br');
    expect(headers['content-encoding']).toBeUndefined();
  });
});

describe('files of other lists', () => {
  it('hold every organization of the list, in its order', async () => {
    for (const query of ['?role=supplier', '?q=济宁']) {
      const expected = await walkIds(`/api/v1/organizations${query}`);
      expect(expected.length).toBeGreaterThan(10);
      expect((await readCsv(`/api/v1/organizations.csv${query}`)).map((row) => row.单位编号)).toEqual(expected);
      expect((await readXlsx(`/api/v1/organizations.xlsx${query}`)).map((row) => row.单位编号)).toEqual(expected);
    }
  });

  it('hold the entries in force and none that have ended, with their last public day', async () => {
    const rows = await readCsv('/api/v1/exposures.csv?board=exposure');
    expect(rows.map((row) => row.主体名称)).toEqual(['示例建设有限公司']);
    const [cells = {}] = await readXlsx('/api/v1/exposures.xlsx');
    expect((cells.公示至 as Date).toISOString().slice(0, 10)).toBe(rows[0]?.公示至);
  });
});

describe('lists', () => {
  it.each([
    ['/notices/land?county=qufu', '/api/v1/notices', 'category=land&(?:amp;|#38;)?county=qufu'],
    ['/search?q=测试项目', '/api/v1/notices', 'q=%E6%B5%8B'],
    ['/companies?role=supplier', '/api/v1/organizations', 'role=supplier'],
    ['/exposure', '/api/v1/exposures', 'board=exposure'],
  ])('%s offers its files', async (page, path, query) => {
    const html = await (await get(page)).text();
    for (const format of ['csv', 'xlsx']) expect(html).toMatch(new RegExp(`href="${path}\\.${format}\\?${query}`));
  });
});
