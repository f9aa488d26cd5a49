import { describe, expect, test } from 'vitest';
import { describeDamage } from '#src/formats/damage.ts';
import { decodeText } from '#src/formats/decode.ts';
import { fieldCount, fieldText, firstField } from '#src/formats/fields.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { parseConcatenatedJson, parseJson, parseJsonBytes, unwrapJson } from '#src/formats/json.ts';
import { isTestTitle } from '#src/formats/test-title.ts';
import { parseTitle, pickTitle, stripMarkup } from '#src/formats/text.ts';
import { columnsSchema, findColumn } from '#src/ingest/adapters/common/columns.ts';

describe('trap 6: one code, two sites', () => {
  const zibo = columnsSchema.parse({
    '002001001': { category: 'construction', stage: 'tenderNotice' },
    '002002001': { category: 'procurement', stage: 'procurementIntention' },
  });
  const city = columnsSchema.parse({ '551003': { category: 'general', stage: 'mixed' } });

  test('the map of the site decides; sub-columns follow their parent; unknown codes have no mapping', () => {
    expect(findColumn(zibo, '002002001').mapping).toEqual({ category: 'procurement', stage: 'procurementIntention' });
    expect(findColumn(zibo, '002001001005').mapping?.stage).toBe('tenderNotice');
    expect(findColumn(zibo, '002002').mapping).toBeUndefined();
    expect(findColumn(city, '551003').mapping?.stage).toBe('mixed');
    expect(findColumn(city, '551004')).toEqual({ column: { code: '551004', label: undefined }, mapping: undefined });
  });

  test('a stage that the category does not have is a mistake of the map', () => {
    expect(columnsSchema.safeParse({ a: { category: 'land', stage: 'tenderNotice' } }).success).toBe(false);
  });
});

describe('trap 15: bytes of any charset', () => {
  const gb = Buffer.from('d5d0b1eab9abb8e6', 'hex');

  test.each([
    ['GB18030', gb],
    ['UTF-8', Buffer.from('招标公告')],
    ['UTF-8 with BOM', Buffer.from('\uFEFF招标公告')],
    ['UTF-16 with BOM', Buffer.from('\uFEFF招标公告', 'utf16le')],
  ])('%s', (_name, bytes) => expect(decodeText(bytes)).toBe('招标公告'));

  test.each([
    ['a replacement character', Buffer.from('招标\uFFFD公告')],
    ['UTF-8 cut inside a character', Buffer.from('招标公告').subarray(0, 11)],
  ])('%s is marked, never read as Latin', (_name, bytes) => expect(describeDamage(decodeText(bytes))).toMatch(/^含/));

  test('bytes of no charset are refused', () =>
    expect(() => decodeText(Buffer.from([0xff, 0xff, 0x80]))).toThrow(FeedFormatError));
});

describe('trap 16: data inside data', () => {
  const data = { a: '<b>甲&nbsp;</b>' };
  const json = JSON.stringify(data);

  test.each([
    ['JSONP', `callback(${json});`],
    ['CDATA', `<![CDATA[${json}]]>`],
    [
      'an XML element with entities',
      `<string>${json.replace(/&/g, '&amp;').replace(/"/g, '&#34;').replace(/</g, '&lt;')}</string>`,
    ],
  ])('JSON in %s', (_name, text) => expect(parseJsonBytes(Buffer.from(text))).toEqual(data));

  test('JSON in JSON is taken out, other text is not', () => {
    expect(unwrapJson(json)).toEqual(data);
    expect(unwrapJson('招标公告')).toBe('招标公告');
    expect(() => unwrapJson('{"a":')).toThrow(FeedFormatError);
  });

  test('concatenated arrays: two documents, and an error where one is expected', () => {
    expect(parseConcatenatedJson('[1][2]')).toEqual([[1], [2]]);
    expect(() => parseJson('[1][2]')).toThrow(/连在一起/);
    expect(() => parseConcatenatedJson('[1][2')).toThrow(FeedFormatError);
  });

  test('keys that stand twice and long numbers are not changed in silence', () => {
    expect(() => parseJson('{"id":1,"id":2}')).toThrow(/重复/);
    expect(parseJson('{"id":123708990000000278}')).toEqual({ id: '123708990000000278' });
  });
});

describe('trap 17: titles', () => {
  test.each([
    ['<em style="color:red">某某</em>工程招标公告', '某某工程招标公告'],
    ['某某<font color=red>学校</font>&nbsp;&ldquo;交钥匙&rdquo;', '某某学校 “交钥匙”'],
    ['【电子全流程】某某工程招标公告', '某某工程招标公告'],
    ['某某工程招标公告308831', '某某工程招标公告'],
    ['某某工程\n\t（一期）\u3000EPC\u200b', '某某工程 （一期） EPC'],
    ['2026年度某某工程', '2026年度某某工程'],
    ['工期<90日历天的工程', '工期<90日历天的工程'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ])('%j', (raw, title) => expect(parseTitle(raw).title).toBe(title));

  test('a district in front is taken off and kept', () => {
    expect(parseTitle('[微山县]某某工程')).toEqual({ title: '某某工程', district: '微山县' });
    expect(parseTitle('(市交易中心)某某工程')).toEqual({ title: '某某工程', district: '市交易中心' });
    expect(parseTitle('[2026]1号地块')).toEqual({ title: '[2026]1号地块' });
  });

  test('the longest title that is not cut', () => {
    expect(pickTitle('某某工程施工监理…', '某某工程施工监理招标公告')).toBe('某某工程施工监理招标公告');
    expect(pickTitle('', '某某工程施工...')).toBe('某某工程施工...');
  });

  test('test rows are recognised, test instruments are not', () => {
    expect(['测试', '测试公告1', 'test'].every(isTestTitle)).toBe(true);
    expect(isTestTitle('土壤测试仪采购公告')).toBe(false);
  });

  test('entities are decoded once', () => expect(stripMarkup('甲&amp;lt;b&amp;gt;乙')).toBe('甲&lt;b&gt;乙'));
});

describe('trap 18: one field, many types', () => {
  test.each([null, undefined, '', ' ', '无', '/', '-', '—', 'null', '未提供', [], [null, ''], {}, true])(
    '%j is missing',
    (value) => expect(fieldText(value)).toBe(''),
  );

  test('text, number and list are read alike', () => {
    expect([fieldText('邹城市'), fieldText(370883), fieldText(['邹城市', '邹城市', null])]).toEqual([
      '邹城市',
      '370883',
      '邹城市',
    ]);
    expect([fieldCount('232'), fieldCount(232), fieldCount('0'), fieldCount('1,000'), fieldCount(null)]).toEqual([
      232,
      232,
      0,
      undefined,
      undefined,
    ]);
    expect(firstField({ a: null, b: ' ', c: 5 }, ['a', 'b', 'c'])).toEqual({ name: 'c', text: '5' });
  });
});
