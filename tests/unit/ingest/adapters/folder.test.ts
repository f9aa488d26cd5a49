import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { parseFeedTime } from '#src/domain/feed-time.ts';
import { folder } from '#src/ingest/adapters/folder.ts';
import { extractFacts } from '#src/ingest/extract.ts';
import { sanitizeBody } from '#src/ingest/sanitize.ts';
import { FeedFormatError, type FeedPage } from '#src/ingest/types.ts';

type Files = Record<string, Uint8Array | string>;

async function read(files: Files): Promise<FeedPage> {
  const list = Object.entries(files).map(([name, content]) => ({
    name,
    base64: Buffer.from(content).toString('base64'),
  }));
  const unpacked = await folder.unpack?.(Buffer.from(JSON.stringify(list)));
  return folder.parseList(unpacked ?? new Uint8Array(), {
    settings: { folder: 'x' },
    request: { url: 'file:///x', expect: 'file' },
  });
}

function fixture(name: string): Files {
  const path = join('tests/fixtures/feeds/folder', name);
  return Object.fromEntries(readdirSync(path).map((file) => [file, readFileSync(join(path, file))]));
}

const MAPPING = JSON.stringify({
  columns: { 编号: 'id', 标题: 'title', 日期: 'published', 正文: 'body', 附件: 'attachments' },
  defaults: { category: 'procurement', stage: 'tenderNotice' },
  kinds: { '预算(万元)': 'number', 日期: 'time' },
});

describe('intentions, two exports in one file', () => {
  test('65 rows are 10 notices of 24 items; every slipped row is put right', async () => {
    const { drafts, faults } = await read(fixture('intentions'));
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(10);
    const items = drafts.flatMap(({ bodyHtml = '', fields }) =>
      fields.采购项目名称 ? [bodyHtml] : (bodyHtml.match(/<tr><td>/g) ?? []),
    );
    expect(items).toHaveLength(24);
  });

  test('budgets and times stand under their own headers', async () => {
    const { drafts } = await read(fixture('intentions'));
    for (const { bodyHtml = '', fields, published } of drafts) {
      expect(parseFeedTime(published.raw)?.precision).toBe('second');
      const rows = [...bodyHtml.matchAll(/<tr>(<td>.*?)<\/tr>/g)].map(([, row = '']) =>
        row.split('</td>').map((cell) => cell.replace('<td>', '')),
      );
      const cells = fields.采购项目名称
        ? [
            [
              fields.采购项目名称,
              '',
              fields['预算金额(万元)'] ?? '',
              fields.拟面向中小企业预留 ?? '',
              fields.预计采购时间 ?? '',
            ],
          ]
        : rows;
      expect(cells.length).toBeGreaterThan(0);
      for (const [name = '', , budget = '', reserved = '', month = ''] of cells) {
        expect(name).not.toMatch(/^\d*$/);
        expect(budget).toMatch(/^\d+\.\d{6}$/);
        expect(reserved).toMatch(/^[是否]$/);
        expect(month).toMatch(/^2026年\d\d月$/);
      }
    }
  });

  test('a notice keeps its id although its link changes at every export', async () => {
    const { drafts } = await read(fixture('intentions'));
    expect(new Set(drafts.map(({ sourceItemId }) => sourceItemId)).size).toBe(10);
    for (const { sourceItemId } of drafts) expect(sourceItemId).not.toContain('detail?id=');
  });
});

describe('land deals: GBK, two arrays one after the other', () => {
  test('203 + 38 records; identity numbers glued to names are masked in all that is kept', async () => {
    const { drafts, faults } = await read(fixture('land'));
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(241);
    const kept = JSON.stringify(drafts);
    expect(kept).not.toMatch(/37089919\d{10}/);
    expect(kept.match(/3708\*{14}/g)).toHaveLength(10);
  });

  test('hectares and 万元 become square metres and fen', async () => {
    const { drafts } = await read(fixture('land'));
    const [first] = drafts;
    const body = sanitizeBody(first?.bodyHtml ?? '');
    const facts = extractFacts({
      title: '',
      ...body,
      category: 'land',
      stage: 'landResult',
      fields: first?.fields ?? {},
    });
    expect(facts.landArea).toEqual({ text: '5.292804 公顷', squareMetres: 52_928.04 });
    expect(facts.dealPrice).toEqual({ text: '10484.0000 万元', fen: 10_484_000_000 });
    expect(facts.supplier?.text).toBe('河北康城房地产开发有限公司');
  });
});

describe('any folder', () => {
  test('a CSV with BOM, semicolons, quotes, and line ends in cells', async () => {
    const text = '编号;标题;日期;预算(万元);正文\n001;"甲；""乙""公告";2026-01-02;12.5;"第一行\n第二行<90"\n';
    const { drafts } = await read({ 'mapping.json': MAPPING, 'a.csv': `\uFEFF${text}` });
    expect(drafts[0]).toMatchObject({ sourceItemId: '001', title: '甲；"乙"公告', fields: { '预算(万元)': '12.5' } });
    expect(drafts[0]?.bodyHtml).toContain('<p>第一行</p><p>第二行&lt;90</p>');
  });

  test('a CSV in GB18030', async () => {
    const csv = Buffer.from('b1e0bac52cb1eacce22cc8d5c6da0a312cbcd7b9abb8e62c323032362d30312d30320a', 'hex');
    const { drafts } = await read({ 'mapping.json': MAPPING, 'a.csv': csv });
    expect(drafts.map(({ title }) => title)).toEqual(['甲公告']);
  });

  test('XLSX: leading zeros, dates and amounts as the cells have them; hidden sheets are not read', async () => {
    const book = await writeXlsx({
      sheets: [
        { name: '草稿', hidden: true, rows: [['编号'], ['secret']] },
        {
          name: '公告',
          rows: [
            ['编号', '标题', '日期', '预算(万元)'],
            ['0012', '甲公告', new Date('2026-01-30T00:00:00Z'), 65.5],
            [null, null, null, null],
            ['0013', '乙公告', new Date('2026-01-30T09:07:01Z'), 1],
          ],
        },
      ],
    });
    const { drafts, faults } = await read({ 'mapping.json': MAPPING, 'a.xlsx': book });
    expect(faults).toEqual([]);
    expect(
      drafts.map(({ sourceItemId, published, fields }) => [sourceItemId, published.raw, fields['预算(万元)']]),
    ).toEqual([
      ['0012', '2026-01-30', '65.5'],
      ['0013', '2026-01-30 09:07:01', '1'],
    ]);
  });

  test('a row that cannot be put right is a fault and stops no other; personal numbers leave the fault too', async () => {
    const csv =
      '编号,标题,日期,预算(万元)\n1,甲公告,2026-01-02,某某甲13800138000\n2,乙公告,2026-01-02,5\n3,,2026-01-02,5\n';
    const { drafts, faults } = await read({ 'mapping.json': MAPPING, 'a.csv': csv });
    expect(drafts.map(({ sourceItemId }) => sourceItemId)).toEqual(['2']);
    expect(faults.map(({ reason }) => reason)).toEqual(['这一行的内容与表头不符，可能错位', '条目缺少标题']);
    expect(JSON.stringify(faults)).not.toContain('13800138000');
  });

  test('hostile cells stay text', async () => {
    const csv = '编号,标题,日期,__proto__,constructor\n1,甲公告,2026-01-02,x,<script>alert(1)</script>\n';
    const { drafts } = await read({ 'mapping.json': MAPPING, 'a.csv': csv });
    expect(sanitizeBody(drafts[0]?.bodyHtml ?? '').html).not.toContain('<script');
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test.each<[string, Files, RegExp]>([
    ['no mapping', { 'a.csv': '编号\n1' }, /没有 mapping.json/],
    [
      'an unknown target',
      { 'mapping.json': MAPPING.replace('"title"', '"titel"'), 'a.csv': '编号\n1' },
      /mapping.json 有误/,
    ],
    ['no files', { 'mapping.json': MAPPING }, /没有 CSV/],
    ['a page instead of a table', { 'mapping.json': MAPPING, 'a.csv': '<html>登录</html>' }, /网页/],
    ['an unclosed quote', { 'mapping.json': MAPPING, 'a.csv': '编号\n"1' }, /格式有误/],
    ['a broken workbook', { 'mapping.json': MAPPING, 'a.xlsx': 'PK\u0003\u0004x' }, /损坏/],
    ['cut JSON', { 'mapping.json': MAPPING, 'a.json': '[{"编号":1}' }, /不完整/],
  ])('%s is refused', async (_name, files, reason) => {
    const attempt = read(files);
    await expect(attempt).rejects.toThrow(FeedFormatError);
    await expect(attempt).rejects.toThrow(reason);
  });

  test('folder names cannot leave the folder of files', () => {
    for (const name of ['../x', '/x', 'a/../b', '', 'a//b', '.x'])
      expect(folder.settings.safeParse({ folder: name }).success).toBe(false);
    expect(folder.lists({ folder: '土地/2026' }, { until: '2026-01-01' })).toEqual([
      { url: 'file:///%E5%9C%9F%E5%9C%B0/2026', expect: 'file' },
    ]);
  });
});
