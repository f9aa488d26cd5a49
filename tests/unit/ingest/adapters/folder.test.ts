import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { encodeJsonGb18030 } from '#scripts/demo/platforms/gb18030.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { folder } from '#src/ingest/adapters/folder.ts';
import type { FeedPage } from '#src/ingest/types.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';
import { fixture, HAS_SAMPLES, sample } from '#tests/support/open-feed.ts';
import { makeXls } from '#tests/support/xls-file.ts';

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

/** Two exports of 采购意向 in one table, under our mapping. */
const readIntentions = (csv: Buffer) =>
  read({ 'mapping.json': fixture('folder/intentions/mapping.json'), 'two-exports.csv': csv });
/** 供地结果 in GBK, under our mapping. */
const readLand = (json: Buffer) => read({ 'mapping.json': fixture('folder/land/mapping.json'), 'deals.json': json });

const ownIntentions = () => readIntentions(fixture('folder/intentions/two-exports.csv'));
const ownLand = () => readLand(encodeJsonGb18030(fixture('folder/land/deals.json').toString()));

/** Items of a notice: the rows of its table, or the one that its facts tell. */
function itemsOf({ bodyHtml = '', fields }: NoticeDraft): string[][] {
  const rows = [...bodyHtml.matchAll(/<tr>(<td>.*?)<\/tr>/g)].map(([, row = '']) =>
    row.split('</td>').map((cell) => cell.replace('<td>', '')),
  );
  const names = ['采购项目名称', '采购需求概况', '预算金额(万元)', '拟面向中小企业预留', '预计采购时间'];
  return fields.采购项目名称 ? [names.map((name) => fields[name] ?? '')] : rows;
}

const MAPPING = JSON.stringify({
  columns: { 编号: 'id', 标题: 'title', 日期: 'published', 正文: 'body', 附件: 'attachments' },
  defaults: { category: 'procurement', stage: 'tenderNotice' },
  kinds: { '预算(万元)': 'number', 日期: 'time' },
});

/** Category, stage, county and time by columns and values. */
function valuedMapping(category: Record<string, string>): string {
  return JSON.stringify({
    columns: { 编号: 'id', 标题: 'title', 日期: 'published', 类别: 'category', 环节: 'stage', 地区: 'county' },
    values: {
      category,
      stage: { 招标: 'tenderNotice' },
      county: { 邹: 'zoucheng' },
      published: { 第一批: '2026-01-10' },
    },
    defaults: { stage: 'awardNotice', published: '2026-01-02' },
  });
}

function expectUnderTheirHeaders(drafts: NoticeDraft[]): void {
  for (const draft of drafts) {
    expect(parseFeedTime(draft.published.raw)?.precision).toBe('second');
    const items = itemsOf(draft);
    expect(items.length).toBeGreaterThan(0);
    for (const [name = '', , budget = '', reserved = '', month = ''] of items) {
      expect(name).not.toMatch(/^\d*$/);
      expect(budget).toMatch(/^\d+\.\d{6}$/);
      expect(reserved).toMatch(/^[是否]$/);
      expect(month).toMatch(/^2026年\d\d月$/);
    }
  }
}

describe('intentions, two exports in one file', () => {
  test('30 rows are 7 notices of 12 items; every slipped row is put right', async () => {
    const { drafts, faults } = await ownIntentions();
    expect(faults).toEqual([]);
    expect(drafts.map((draft) => [draft.title, itemsOf(draft).length])).toEqual([
      ['凫岭禾第二中学2026年01月(至)06月政府采购意向', 3],
      ['岱岳川空间规划服务中心2026年01月(至)03月政府采购意向', 2],
      ['微湖棹职业学院2026年02月(至)04月政府采购意向', 1],
      ['洸澜庭水利服务中心2026年03月(至)04月政府采购意向', 3],
      ['任国栈体育训练中心2026年02月(至)03月政府采购意向', 1],
      ['尼丘雁康复医院2026年02月(至)05月政府采购意向', 1],
      ['岱岳川空间规划服务中心2026年01月(至)03月政府采购意向', 1],
    ]);
  });

  test('budgets and times stand under their own headers', async () => {
    const { drafts } = await ownIntentions();
    expectUnderTheirHeaders(drafts);
    expect(drafts.slice(0, 2).flatMap((draft) => itemsOf(draft).map(([name, , budget]) => [name, budget]))).toEqual([
      ['录播教室改造', '65.000000'],
      ['图书馆一、二层改造', '159.000000'],
      ['2026年度校园整修', '96.000000'],
      ['湿地保护课题研究', '25.000000'],
      ['林地图斑核对', '27.500000'],
    ]);
  });

  test('a notice keeps its id although its link changes at every export; one of another time is another', async () => {
    const { drafts } = await ownIntentions();
    expect(new Set(drafts.map(({ sourceItemId }) => sourceItemId)).size).toBe(7);
    for (const { sourceItemId } of drafts) expect(sourceItemId).not.toContain('detail?id=');
  });
});

describe('land deals: GBK, two arrays one after the other', () => {
  test('7 + 3 records; identity numbers glued to names are masked in all that is kept', async () => {
    const { drafts, faults } = await ownLand();
    expect(faults).toEqual([]);
    expect(drafts).toHaveLength(10);
    const kept = JSON.stringify(drafts);
    expect(kept).not.toMatch(/37089919/);
    // Two of them, each among the facts and in the body.
    expect(kept.match(/3708\*{14}/g)).toHaveLength(4);
    expect(drafts.map(({ fields }) => fields.土地使用权人).slice(3, 6)).toEqual([
      '某某甲3708**************',
      '某某乙3708**************',
      '某某丙',
    ]);
  });

  test('hectares and 万元 become square metres and fen', async () => {
    const { drafts } = await ownLand();
    const facts = landFacts(drafts[0]);
    expect(facts.landArea).toMatchObject({ text: '3.461205 公顷', squareMetres: 34_612.05 });
    expect(facts.dealPrice).toMatchObject({ text: '7352.0000 万元', fen: 7_352_000_000 });
    expect(facts.supplier?.text).toBe('岱岳川凫岭禾房地产开发有限公司');
  });

  test('days in two forms; blank prices and holders are no facts', async () => {
    const { drafts } = await ownLand();
    const days = drafts.map(({ published }) => parseFeedTime(published.raw));
    expect(days.every((day) => day?.precision === 'day')).toBe(true);
    expect(drafts.map(({ published }) => published.raw).slice(6)).toEqual([
      '2025年12月31日',
      '2025/12/24',
      '2025/12/21',
      '2025/12/5',
    ]);
    const given = landFacts(drafts[1]);
    expect([given.dealPrice, given.supplier]).toEqual([undefined, undefined]);
    expect(drafts[2]?.fields.土地使用权人).toBe('洸澜庭鲁桥岸房地产开发有限责任公司');
  });
});

function landFacts(draft: NoticeDraft | undefined) {
  const body = sanitizeBody(draft?.bodyHtml ?? '');
  return extractFacts({ ...body, category: 'land', stage: 'landResult', fields: draft?.fields ?? {} });
}

describe.skipIf(!HAS_SAMPLES)('real payloads', () => {
  const intentions = () => readIntentions(sample('ccgp-shandong.intentions.two-exports.20260130.csv'));
  const land = () => readLand(sample('landchina-old.deals.gbk.201812.json'));

  test('intentions: 65 rows are 10 notices of 24 items, all under their own headers', async () => {
    const { drafts, faults } = await intentions();
    expect(faults).toEqual([]);
    expect(new Set(drafts.map(({ sourceItemId }) => sourceItemId)).size).toBe(10);
    expect(drafts.flatMap(itemsOf)).toHaveLength(24);
    expectUnderTheirHeaders(drafts);
  });

  test('land: 203 + 38 records, five identity numbers masked', async () => {
    const { drafts, faults } = await land();
    expect([drafts.length, faults]).toEqual([241, []]);
    const kept = JSON.stringify(drafts);
    expect(kept).not.toMatch(/37089919\d{10}/);
    expect(kept.match(/3708\*{14}/g)).toHaveLength(10);
  });

  test('land: hectares and 万元 of the first deal', async () => {
    const [first] = (await land()).drafts;
    const facts = landFacts(first);
    expect(facts.landArea).toMatchObject({ text: '5.292804 公顷', squareMetres: 52_928.04 });
    expect(facts.dealPrice).toMatchObject({ text: '10484.0000 万元', fen: 10_484_000_000 });
    expect(facts.supplier?.text).toBe(first?.fields.土地使用权人);
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
    expect(faults.map(({ reason }) => reason)).toEqual([
      '文件“a.csv”第 2 行的内容与表头不符，可能错位',
      '条目缺少标题',
    ]);
    expect(JSON.stringify(faults)).not.toContain('13800138000');
  });

  test('XLS: texts, numbers and days of an old workbook, and of a page that is named like one', async () => {
    const rows = [
      ['编号', '标题', '日期', '预算(万元)'],
      ['0012', '甲公告', { serial: 46052 }, 65.5],
      [null, null, null, null],
      ['0013', '乙公告', { serial: 46052.5 }, 1],
    ];
    const page =
      '<html><table><tr><td>编号</td><td>标题</td><td>日期</td></tr><tr><td>9</td><td>丙公告</td><td>2026-01-31</td></tr></table></html>';
    const { drafts, faults } = await read({ 'mapping.json': MAPPING, 'a.xls': makeXls(rows), 'b.xls': page });
    expect(faults).toEqual([]);
    expect(
      drafts.map(({ sourceItemId, title, published, fields }) => [
        sourceItemId,
        title,
        published.raw,
        fields['预算(万元)'],
      ]),
    ).toEqual([
      ['0012', '甲公告', '2026-01-30', '65.5'],
      ['0013', '乙公告', '2026-01-30 12:00:00', '1'],
      ['9', '丙公告', '2026-01-31', undefined],
    ]);
  });

  test('XLS: cut, flooded or with a password, it is refused', async () => {
    const whole = makeXls([['编号'], ['1']]);
    const locked = Buffer.from(whole);
    const start = locked.indexOf(Buffer.from('0908100000060500', 'hex'));
    locked[start + 20] = 0x2f;
    for (const bytes of [
      whole.subarray(0, 700),
      locked,
      Buffer.concat([whole.subarray(0, 1_536), Buffer.alloc(4_096, 0xff)]),
    ]) {
      await expect(read({ 'mapping.json': MAPPING, 'a.xls': bytes })).rejects.toThrow(FeedFormatError);
    }
  });

  test('a stray quote refuses its row, with its line, and no other', async () => {
    const csv = [
      '编号,标题,日期',
      '1,甲公告,2026-01-02',
      '2,"乙公告,2026-01-02',
      '3,丙公告,2026-01-02',
      '4,"丁"公告,2026-01-02',
      '5,"戊""公""告",2026-01-02',
      '6,己公告,2026-01-02"',
      '7,"庚',
      '公告",2026-01-02',
      '8,辛公告,"2026-01-02',
    ].join('\n');
    const { drafts, faults } = await read({ 'mapping.json': MAPPING, 'a.csv': csv });
    expect(drafts.map(({ sourceItemId, title }) => `${sourceItemId} ${title}`)).toEqual([
      '1 甲公告',
      '3 丙公告',
      '5 戊"公"告',
      '7 庚 公告',
    ]);
    expect(faults.map(({ reason }) => /第 (\d+) 行/.exec(reason)?.[1])).toEqual(['3', '5', '7', '10']);
  });

  test('rows with a damaged byte or a replacement character are refused one by one, in CSV and JSON', async () => {
    const csv = Buffer.from(
      '编号,标题,日期\n1,甲公告,2026-01-02\n2,乙公告,2026-01-02\n3,丙\uFFFD公告,2026-01-02\n4,丁公告,2026-01-02\n',
    );
    csv[csv.indexOf('乙') + 1] = 0xff;
    const records = Buffer.from(
      JSON.stringify([5, 6, 7].map((id) => ({ 编号: id, 标题: `第${id}号公告`, 日期: '2026-01-02' }))),
    );
    records[records.indexOf('第6') + 1] = 0xff;
    const { drafts, faults } = await read({ 'mapping.json': MAPPING, 'a.csv': csv, 'b.json': records });
    expect(drafts.map(({ sourceItemId }) => sourceItemId)).toEqual(['1', '4', '5', '7']);
    expect(faults.map(({ reason }) => reason.replace(/（.*/, ''))).toEqual([
      '文件“a.csv”第 3 行含无法识别的字节',
      '文件“a.csv”第 4 行含替换字符 U+FFFD，来源自己没有正确转码',
      '文件“b.json”第 2 条含无法识别的字节',
    ]);
  });

  test('a damaged file is refused with its name, the others are read, and nothing is taken for gone', async () => {
    const good = '编号,标题,日期\n1,甲公告,2026-01-02\n';
    const page = await read({
      'mapping.json': MAPPING,
      'a.xlsx': 'PK\u0003\u0004x',
      'b.csv': good,
      'c.json': '[{"编号":1}',
      'd.xls': 'x',
    });
    expect(page.drafts.map(({ sourceItemId }) => sourceItemId)).toEqual(['1']);
    expect(page.faults.map(({ raw }) => raw)).toEqual(['a.xlsx', 'c.json']);
    expect(page.faults.map(({ reason }) => reason).join()).toMatch(/“a.xlsx”读不出：.*“c.json”读不出：/);
    expect(page.isPartial).toBe(true);
  });

  test('a second column of one name is kept, and follows what the mapping says of the first', async () => {
    const csv = '编号,标题,日期,金额,标题,金额,备注,备注\n1,,2026-01-02,5,甲公告,6,a,b\n';
    const mapping = MAPPING.replace('"附件":"attachments"', '"附件":"attachments","备注":"ignore"');
    const { drafts } = await read({ 'mapping.json': mapping, 'a.csv': csv });
    expect(drafts[0]).toMatchObject({ title: '甲公告', fields: { 金额: '5', '金额（2）': '6' } });
    expect(drafts[0]?.fields).not.toHaveProperty('备注（2）');
  });

  test('category, stage, county and time by columns, values and defaults; a value that stands for nothing refuses its row', async () => {
    const csv = [
      '编号,标题,日期,类别,环节,地区',
      '1,甲公告,2026-01-05,工程,招标,邹',
      '2,乙公告,第一批,政府采购,中标（成交）结果,曲阜市',
      '3,丙公告,,procurement,,',
      '4,丁公告,2026-01-05,别的,招标,邹',
      '5,戊公告,2026-01-05,,招标,邹',
    ].join('\n');
    const { drafts, faults } = await read({ 'mapping.json': valuedMapping({ 工程: 'construction' }), 'a.csv': csv });
    expect(drafts.map(({ mapping, published, countyText }) => [mapping, published.raw, countyText])).toEqual([
      [{ category: 'construction', stage: 'tenderNotice' }, '2026-01-05', '邹城市'],
      [{ category: 'procurement', stage: 'awardNotice' }, '2026-01-10', '曲阜市'],
      [{ category: 'procurement', stage: 'awardNotice' }, '2026-01-02', undefined],
    ]);
    expect(faults.map(({ reason }) => reason)).toEqual(['交易类别的取值“别的”没有对应', '条目没有说明交易类别']);
  });

  test('ids are taken before masking: numbers that look like mobiles are two notices, and persons inside ids stay unnamed', async () => {
    const csv = '编号,标题,日期\n13800138001,甲公告,2026-01-02\n13800138002,乙公告,2026-01-02\n';
    const { drafts } = await read({ 'mapping.json': MAPPING, 'a.csv': csv });
    expect(drafts.map(({ sourceItemId }) => sourceItemId)).toEqual(['13800138001', '13800138002']);
    const mapping = JSON.stringify({ ...JSON.parse(MAPPING), templates: { id: '{持有人}|{日期}' } });
    const holders =
      '标题,日期,持有人\n甲公告,2026-01-02,某某甲370899190001010016\n乙公告,2026-01-02,某某乙370899190001010024\n';
    const page = await read({ 'mapping.json': mapping, 'a.csv': holders });
    expect(new Set(page.drafts.map(({ sourceItemId }) => sourceItemId)).size).toBe(page.drafts.length);
    expect(JSON.stringify(page)).not.toMatch(/37089919/);
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
    ['a header with an unclosed quote', { 'mapping.json': MAPPING, 'a.csv': '"编号\n1' }, /表头无法读取|格式有误/],
    [
      'an unknown category',
      { 'mapping.json': valuedMapping({ 工程: 'works' }), 'a.csv': '编号\n1' },
      /没有这个取值：works/,
    ],
    [
      'neither a column nor a default that tells the stage',
      { 'mapping.json': MAPPING.replace(',"stage":"tenderNotice"', ''), 'a.csv': '编号\n1' },
      /没有给出 stage/,
    ],
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
