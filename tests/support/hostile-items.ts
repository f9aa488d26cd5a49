import fc from 'fast-check';
import type { PushKind } from '#src/server/api/sync/schema.ts';
import { makeNotice } from './push-client.ts';

/** A good entry of the exposure board. */
export function makeExposure(number: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: `CF-${number}`,
    board: 'exposure',
    kind: 'penalty',
    subjectType: 'supplier',
    title: '行政处罚决定',
    publishedAt: '2026-06-15',
    fields: {
      行政相对人名称: `虚构建设工程第${number}有限公司`,
      行政处罚决定书文号: `虚财采罚〔2026〕${number}号`,
      违法行为类型: '提供虚假材料谋取中标',
      处罚类别: '罚款',
      处罚内容: '罚款 1 万元',
      处罚决定日期: '2026-06-10',
      处罚机关: '曲阜市财政局',
    },
    ...more,
  };
}

/** A good entry of the company library. */
export function makeLibraryEntry(number: number): Record<string, unknown> {
  return {
    id: `ZZ-${number}`,
    block: 'qualifications',
    fields: {
      企业名称: '虚构建设工程有限公司',
      统一社会信用代码: '91370800MA3C0J0R0E',
      资质名称: '建筑工程施工总承包',
      资质等级: '二级',
    },
  };
}

const MAKERS: Record<PushKind, (number: number) => Record<string, unknown>> = {
  notices: makeNotice,
  exposures: makeExposure,
  organizations: makeLibraryEntry,
};

const nested = (depth: number) => Array.from({ length: depth }).reduce<unknown>((inner) => [inner], 1);
const tags = (open: string, count: number) => open.repeat(count);

/** Values that no field expects, and some that only a few do not. */
const VALUES: readonly unknown[] = [
  '\ud83d',
  '截断的表情\ude00在后',
  '字'.repeat(30_000),
  'x'.repeat(2_200_000),
  '\u0000',
  '正文\u0000之后',
  '\u202e倒写\u2066',
  '',
  '   ',
  '\ufeff',
  null,
  true,
  0,
  -1.5,
  1e300,
  {},
  [],
  [null],
  { 'a\ud800': 'b' },
  { ['键'.repeat(500)]: '值' },
  nested(40),
  nested(100),
  'qufu',
  'zoucheng',
  '邹城市',
  '３７０８８３',
  '9999-99-99',
  '0000-00-00 00:00',
  '2026-06-15T99:99',
  '2999-01-01',
  'javascript:alert(1)',
  'http://',
  'http://[::1',
  `http://a.example/${'a'.repeat(3_000)}`,
  '=cmd|calc',
  '<script>',
  tags('<div>', 3_000),
  tags('<b><table><tr>', 800),
  tags('<table><p>', 800),
  `<p>${'<!--'.repeat(2_000)}`,
  '&#xd800;&#xdfff;&#0;&#x110000;',
  '<p title="&#xD83D;">&#xDE00;</p>',
  '<svg><foreignObject><math><mi>',
  '11010519491231002X',
  '身份证号：11010519491231002X',
  '1'.repeat(400),
];

const value = fc.oneof(
  fc.constantFrom(...VALUES),
  fc.json().map((text) => JSON.parse(text) as unknown),
  fc.string({ unit: 'binary' }),
);
const FIELDS = [
  'id',
  'title',
  'category',
  'stage',
  'publishedAt',
  'modifiedAt',
  'county',
  'url',
  'originUrl',
  'bodyHtml',
  'attachments',
  'projectCode',
  'lotCode',
  'fields',
  'withdrawn',
  'board',
  'kind',
  'list',
  'subjectType',
  'block',
  '__proto__',
  'constructor',
  'sourceKey',
];

/** What is done to an item's JSON before it is sent. */
const TEXT_CHANGES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text,
  (text) => text,
  (text) => text.slice(0, text.length >> 1),
  (text) => `${text}${text}`,
  (text) => text.replace('{', '{"id":"twice",'),
  (text) => `${'['.repeat(200)}${text}${']'.repeat(200)}`,
  (text) => text.replaceAll('"', "'"),
  (text) => `<xml>${text}</xml>`,
  (text) => text.replace(/\}$/, ',}'),
  (text) => text.replace('{', '{"\\ud800":1,'),
  () => '0x10',
  () => 'null',
  () => '"text"',
];

/** Items of a kind as texts without line breaks: good ones, damaged in one to three places. */
export const hostileItem = (kind: PushKind): fc.Arbitrary<string> =>
  fc
    .record({
      number: fc.nat(400),
      changes: fc.array(fc.record({ field: fc.constantFrom(...FIELDS), value, isInner: fc.boolean() }), {
        maxLength: 3,
      }),
      change: fc.constantFrom(...TEXT_CHANGES),
    })
    .map(({ number, changes, change }) => {
      const item = MAKERS[kind](number);
      for (const { field, value: hostile, isInner } of changes) {
        const fields = item.fields;
        const isObject = isInner && typeof fields === 'object' && fields !== null && !Array.isArray(fields);
        const [owner, key] = isObject
          ? [fields as Record<string, unknown>, Object.keys(fields)[field.length % 7] ?? field]
          : [item, field];
        Object.defineProperty(owner, key, { value: hostile, enumerable: true, configurable: true, writable: true });
      }
      return change(JSON.stringify(item)).replaceAll('\n', ' ');
    });
