import { describe, expect, test } from 'vitest';
import { isTestTitle } from '#src/formats/test-title.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import { prepareNotice } from '#src/publish/prepare/prepare.ts';

const TITLE = '某某小学操场改造招标公告';

function judge(bodyHtml: string | undefined, more: Partial<NoticeDraft> = {}): string[] {
  const draft: NoticeDraft = {
    sourceItemId: '1',
    column: { code: '001' },
    mapping: { category: 'construction', stage: 'tenderNotice' },
    title: TITLE,
    rawTitle: TITLE,
    published: { raw: '2026-04-01', field: 'date' },
    ...(bodyHtml === undefined ? {} : { bodyHtml }),
    attachments: [],
    fields: {},
    extra: {},
    ...more,
  };
  try {
    prepareNotice(draft, { sourceKey: 'x', publishedBy: 'qufu' }, Date.parse('2026-05-01'));
    return [];
  } catch (error) {
    if (error instanceof ItemRejectedError) return error.reasons.map(({ code }) => code);
    throw error;
  }
}

describe('near-empty notices', () => {
  test.each<[string, string | undefined]>([
    ['neither link nor body', undefined],
    ['no characters', '<p>&nbsp;</p><div></div>'],
    ['filled by a script', '<div id="app"></div><script>render()</script>'],
    ['a template never rendered', '<div>{{detail.content}}</div>'],
    ['a hint that it loads', '<p>正在加载，请稍候...</p>'],
    ['its own title', `<h1>${TITLE}</h1>`],
    ['title and page lines', `<h1>${TITLE}</h1><p>发布时间：2026-04-01</p><p>来源：某某中心</p><p>浏览次数：12</p>`],
    ['headings only', '<p>一、项目概况</p><p>二、投标人资格要求</p><h3>三、联系方式</h3>'],
    [
      'labels without values',
      '<table><tr><td>项目编号：</td><td></td></tr><tr><td>预算金额：</td><td></td></tr></table>',
    ],
    ['a pointer to a file that is not there', '<p>详见附件。</p>'],
  ])('%s: refused', (_name, body) => expect(judge(body)).toEqual(['near-empty']));

  test.each<[string, string]>([
    ['one fact', '<p>预算金额：30 万元</p>'],
    ['headings with text', '<p>一、项目概况</p><p>操场改造面积2000平方米。</p>'],
    ['a numbered fact', '<p>一、项目名称：某某小学操场改造</p>'],
    ['a table of values', '<table><tr><td>序号</td><td>名称</td></tr><tr><td>1</td><td>塑胶跑道</td></tr></table>'],
  ])('%s: published', (_name, body) => expect(judge(body)).toEqual([]));

  test('an attachment or a fact of the feed is substance', () => {
    expect(judge(undefined, { attachments: [{ name: '公告.pdf', url: 'https://a.example/a.pdf' }] })).toEqual([]);
    expect(judge(undefined, { fields: { 预算金额: '30万元' } })).toEqual([]);
  });
});

describe('digits of a private font', () => {
  test.each([
    '中标价：\uE5C3\uE103\uE2A7.\uE001\uE5C3万元',
    '开标时间：2\uE1022年\uE2A7月3日',
    '面积5\uE0013平方米',
    '金额 \uE001\uE002元',
    '￥\uE001,\uE002\uE003\uE001.00',
    '价格：\uE001万元',
  ])('%j: refused', (text) => expect(judge(`<p>${text}</p>`)).toEqual(['private-digits']));

  test('as character references, in titles and in facts', () => {
    expect(judge('<p>中标价：&#xe5c3;&#xe103;万元</p>')).toEqual(['private-digits']);
    expect(judge('<p>预算金额：30 万元</p>', { fields: { 成交价: '1\uE0022万元' } })).toEqual(['private-digits']);
  });

  test.each([
    '\uF06C 一、项目概况：操场改造',
    '\uF0B71、塑胶跑道2000平方米',
    '\uF052是 \uF0A3否 专门面向中小企业',
    '某某\uE863镇道路3公里',
  ])('bullets, boxes and rare characters stay: %j', (text) => expect(judge(`<p>${text}</p>`)).toEqual([]));
});

describe('test rows', () => {
  test.each([
    '【系统测试】某某工程招标公告',
    '【测试】某某采购',
    '[测试数据]公告',
    '测试公告',
    '测试公告001',
    '招标公告测试二',
    '系统测试公告',
    '测试项目招标公告',
    '某某市测试公告',
    '某某采购（测试）',
    '测试，请忽略',
    '某某公告测试勿投',
    'Test123',
    '这是一个测试公告',
  ])('%s', (title) => {
    expect(isTestTitle(title)).toBe(true);
    expect(judge('<p>预算金额：30 万元</p>', { title })).toEqual(['test-item']);
  });

  test.each([
    '测试设备采购公告',
    '软件测试服务采购公告',
    '测试系统采购公告',
    '性能测试平台建设项目招标公告',
    '某市信息系统测试服务项目',
    '材料测试中心采购公告',
    '【软件测试】服务采购公告',
    '智慧城市第三方服务（软件测试）采购公告',
    '学生体质测试服务',
    '核酸测试盒采购',
    'latest 设备采购',
  ])('what is bought is no test: %s', (title) => expect(isTestTitle(title)).toBe(false));
});
