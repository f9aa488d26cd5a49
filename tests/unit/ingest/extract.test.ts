import { describe, expect, test } from 'vitest';
import type { Category } from '#src/domain/categories.ts';
import type { FactKey } from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { extractFacts, splitParties } from '#src/publish/facts/extract.ts';
import { cleanParty } from '#src/publish/facts/parties.ts';
import { parseArea } from '#src/publish/facts/values.ts';
import { sanitizeBody } from '#src/publish/sanitize/sanitize.ts';

function facts(html: string, category: Category, stage: Stage, fields: Record<string, string> = {}) {
  return extractFacts({ ...sanitizeBody(html), category, stage, fields });
}

test('a fact says how far it can be relied on', () => {
  const confidence = (html: string, fields: Record<string, string> = {}) =>
    facts(html, 'procurement', 'tenderNotice', fields).budget?.confidence;
  expect(confidence('<p>预算金额：30万元</p>')).toBe('stated');
  expect(confidence('<p>预算金额：30万元</p><table><tr><td>预算金额（元）</td><td>300000</td></tr></table>')).toBe(
    'confirmed',
  );
  expect(confidence('<p>预算金额：30万元</p>', { 预算金额: '300000元' })).toBe('confirmed');
  expect(confidence('<p>预算金额：叁拾万元整（￥300000元）</p>')).toBe('confirmed');
  expect(confidence('<p>预算金额：30万元</p><p>预算金额：31万元</p>')).toBe('doubtful');
});

describe('labels before values', () => {
  test('lines, numbered lines, spread labels, several labels in one line', () => {
    const found = facts(
      '<p>1.项 目 编 号：SDGP370811000202602000123</p><p>（二）项目名称：某某采购</p><p>预算金额：人民币50万元；最高限价：48万元；采购方式：竞争性磋商</p>',
      'procurement',
      'tenderNotice',
    );
    expect(found.projectCode?.text).toBe('SDGP370811000202602000123');
    expect(found.projectName?.text).toBe('某某采购');
    expect(found.budget).toMatchObject({ text: '人民币50万元', fen: 50_000_000 });
    expect(found.ceilingPrice).toMatchObject({ text: '48万元', fen: 48_000_000 });
    expect(found.procurementMethod?.text).toBe('竞争性磋商');
  });

  test('two-column tables: summary in 万元 and body in 元 are one amount', () => {
    const found = facts(
      '<table><tr><td>采购单位</td><td>某局</td><td>行政区域</td><td>济宁</td></tr><tr><td>总中标金额</td><td colspan=3>￥56.980000 万元（人民币）</td></tr></table><table><tr><td>供应商名称</td><td>供应商地址</td><td>中标（成交）金额</td><td>评审总得分</td></tr><tr><td>甲公司</td><td>泰安</td><td>总价形式报价:569800.00(元)</td><td>91</td></tr></table>',
      'procurement',
      'awardNotice',
    );
    expect(found.buyer?.text).toBe('某局');
    expect(found.supplier?.text).toBe('甲公司');
    expect(found.awardAmount?.fen).toBe(56_980_000);
  });

  test('fields of the feed come before the text', () => {
    const fields = { 预算金额: '￥56.98万元', 采购人: '某局' };
    const found = facts('<p>采购人：另一局</p>', 'procurement', 'tenderNotice', fields);
    expect(found.budget).toEqual({ text: '￥56.98万元', fen: 56_980_000, rule: 'field', confidence: 'stated' });
    expect(found.buyer?.text).toBe('某局');
    const contradicted = facts('<p>预算金额：1万元</p>', 'procurement', 'tenderNotice', fields).budget;
    expect(contradicted).toEqual({
      text: '￥56.98万元',
      rule: 'field',
      doubt: 'contradiction',
      confidence: 'doubtful',
    });
  });

  test('sections of the prescribed format', () => {
    const found = facts(
      '<p>三、获取招标文件</p><p>时间：2026年03月17日08:30至2026年03月23日17:00</p><p>四、提交投标文件截止时间、开标时间和地点</p><p>时间：2026年04月09日09时00分（北京时间）</p><p>五、公告期限</p><p>自本公告发布之日起5个工作日。</p><p>1.采购人信息</p><p>名 称：济宁市某局</p><p>地址：某路1号</p><p>2.采购代理机构信息</p><p>名称：某代理有限公司 地址：某路2号 联系方式：0537-2345678</p>',
      'procurement',
      'tenderNotice',
    );
    expect(found.deadline?.instant).toBe('2026-04-09T01:00:00.000Z');
    expect(found.opening?.instant).toBe('2026-04-09T01:00:00.000Z');
    expect(found.documentPeriod?.text).toContain('2026年03月17日08:30');
    expect(found.publicityPeriod?.text).toBe('自本公告发布之日起5个工作日');
    expect(found.buyer?.text).toBe('济宁市某局');
    expect(found.agency?.text).toBe('某代理有限公司');
  });

  test('the sentence of the project summary', () => {
    const found = facts(
      '<p>获取招标文件，并于2026年04月09日09时00分(北京时间)前递交投标文件。</p>',
      'procurement',
      'tenderNotice',
    );
    expect(found.deadline?.instant).toBe('2026-04-09T01:00:00.000Z');
  });

  test('land: header table with units in the headers', () => {
    const found = facts(
      '<table><tr><td>宗地编号</td><td>土地位置</td><td>土地面积(平方米)</td><td>土地用途</td><td>出让年限</td><td>起始价(万元)</td><td>竞买保证金(万元)</td></tr><tr><td>2026-12号</td><td>A路</td><td>52,928.04</td><td>商住</td><td>70年</td><td>10484</td><td>2100</td></tr></table>',
      'land',
      'landOffering',
    );
    expect(found.parcelNo?.text).toBe('2026-12号');
    expect(found.landArea).toMatchObject({ text: '52,928.04 平方米', squareMetres: 52_928.04 });
    expect(found.startPrice).toMatchObject({ text: '10484 万元', fen: 10_484_000_000 });
    expect(found.deposit?.fen).toBe(2_100_000_000);
  });
});

describe('never a wrong number', () => {
  const doubtful: [name: string, html: string, key: FactKey][] = [
    [
      'several lots',
      '<table><tr><td>包号</td><td>预算金额(万元)</td></tr><tr><td>A</td><td>27</td></tr><tr><td>B</td><td>13</td></tr></table>',
      'budget',
    ],
    ['a rate', '<p>预算金额：按收费标准的50%计取</p>', 'budget'],
    ['no unit', '<p>预算金额：500000</p>', 'budget'],
    [
      'units that disagree',
      '<table><tr><td>包号</td><td>预算金额(万元)</td></tr><tr><td>A</td><td>270000元</td></tr></table>',
      'budget',
    ],
    ['two prices', '<p>预算金额：一包50万元，二包60万元</p>', 'budget'],
    ['per unit', '<p>最高限价：350元/平方米</p>', 'ceilingPrice'],
  ];

  test.each(doubtful)('%s: words without a number', (_name, html, key) => {
    const fact = facts(html, 'procurement', 'tenderNotice')[key];
    expect(fact?.text).toBeTruthy();
    expect(fact?.fen).toBeUndefined();
  });

  const absent: [name: string, html: string, key: FactKey][] = [
    ['a header is no value', '<table><tr><td>采购人</td><td>预算金额</td></tr></table>', 'buyer'],
    ['a former time is not the time', '<p>原投标截止时间：2026年4月1日9时</p>', 'deadline'],
    ['a placeholder', '<p>预算金额：详见附件</p>', 'budget'],
    ['a duty is no name', '<p>招标人：应当在收到异议之日起3日内答复。</p>', 'buyer'],
    ['a winner in a tender notice', '<p>中标人：应按合同履约</p><p>成交金额：5万元</p>', 'awardAmount'],
    ['lots have no common code', '<p>标段编号：A1</p><p>标段编号：A2</p>', 'lotCode'],
  ];

  test.each(absent)('%s', (_name, html, key) => {
    expect(facts(html, 'construction', 'tenderNotice')[key]).toBeUndefined();
  });

  test('a total beside the rows of lots is the amount; different deadlines give no time', () => {
    const total = facts(
      '<table><tr><td>包号</td><td>预算金额(万元)</td></tr><tr><td>A</td><td>27</td></tr><tr><td>B</td><td>13</td></tr><tr><td>合计</td><td>40</td></tr></table>',
      'procurement',
      'tenderNotice',
    );
    expect(total.budget?.fen).toBe(40_000_000);
    const times = facts(
      '<p>投标截止时间：2026年4月1日9时</p><p>投标截止时间：2026年4月8日9时</p>',
      'construction',
      'tenderNotice',
    );
    expect(times.deadline).toMatchObject({ text: '2026年4月1日9时；2026年4月8日9时' });
  });

  test('an amount that the lots add up to is that of the whole; one that they do not is doubtful', () => {
    const lots =
      '<table><tr><td>包号</td><td>预算金额（元）</td></tr><tr><td>A</td><td>1,127,000.00</td></tr><tr><td>B</td><td>73,000</td></tr></table>';
    expect(facts(`<p>预算金额：120万元</p>${lots}`, 'procurement', 'tenderNotice').budget).toMatchObject({
      text: '120万元',
      fen: 120_000_000,
    });
    expect(facts(`<p>预算金额：121万元</p>${lots}`, 'procurement', 'tenderNotice').budget?.fen).toBeUndefined();
  });

  test('tables and sentences of changes: what is valid counts, whatever stands first', () => {
    const table =
      '<table><tr><td>序号</td><td>更正内容</td><td>原内容</td><td>更正后内容</td></tr><tr><td>1</td><td>投标文件递交截止时间</td><td>2020年01月24日 09:00</td><td>2020年02月03日 09:00</td></tr><tr><td>2</td><td>开标时间</td><td>2020年01月24日 09:00</td><td>2020年02月03日 09:00</td></tr></table>';
    const found = facts(table, 'procurement', 'correctionNotice');
    expect([found.deadline?.instant, found.opening?.instant]).toEqual([
      '2020-02-03T01:00:00.000Z',
      '2020-02-03T01:00:00.000Z',
    ]);
    const sentence = facts(
      '<p>投标截止时间：由2020年01月24日 09:00变更为2020年02月03日 09:00</p>',
      'procurement',
      'correctionNotice',
    );
    expect(sentence.deadline?.instant).toBe('2020-02-03T01:00:00.000Z');
  });

  test('commas between thousands and colons in brackets do not cut an amount', () => {
    const html = '<p>预算金额：人民币1,441,900.00元（大写：壹佰肆拾肆万壹仟玖佰元整）</p>';
    expect(facts(html, 'procurement', 'tenderNotice').budget?.fen).toBe(144_190_000);
  });

  test('three candidates: three names, no single price', () => {
    const found = facts(
      '<table><tr><td>排名</td><td>中标候选人名称</td><td>投标报价（元）</td></tr><tr><td>1</td><td>甲公司</td><td>1234567.89</td></tr><tr><td>2</td><td>乙公司</td><td>1244567.89</td></tr></table>',
      'construction',
      'candidateNotice',
    );
    expect(found.supplier?.text).toBe('甲公司、乙公司');
    expect(found.awardAmount?.fen).toBeUndefined();
  });
});

describe('parties', () => {
  test.each([
    ['名称：济宁市某局 地址：某路1号 联系方式：0537-2345678', '济宁市某局'],
    ['第一中标候选人：甲建设有限公司', '甲建设有限公司'],
    ['甲建设有限公司（联合体牵头人）', '甲建设有限公司'],
    ['甲公司（盖章）', '甲公司'],
    ['甲公司 91370811MA0000015F', '甲公司'],
    ['某某甲3708**************', '某某甲'],
    ['山东某某（集团）有限公司', '山东某某（集团）有限公司'],
  ])('%s → %s', (raw, name) => expect(cleanParty(raw)).toBe(name));

  test.each(['无', '/', '详见附件', '应当在收到异议之日起答复', '1', '见招标文件附件'])('%s is no name', (raw) =>
    expect(cleanParty(raw)).toBeUndefined(),
  );

  test('several names: parted outside brackets only, each once', () => {
    expect(splitParties('甲公司、乙公司；甲公司')).toEqual(['甲公司', '乙公司']);
    expect(splitParties('甲公司（含分公司、子公司）、乙公司')).toEqual(['甲公司（含分公司、子公司）', '乙公司']);
    expect(splitParties('1、甲公司\n2、乙公司')).toEqual(['甲公司', '乙公司']);
  });
});

test.each([
  ['5.292804', '土地面积（公顷）', 52_928.04],
  ['52,928.04平方米', '', 52_928.04],
  ['5.29公顷（79.35亩）', '', 52_900],
  ['3亩', '', 2_000],
  ['1.5km²', '', 1_500_000],
  ['100', '', undefined],
  ['100平方米、200平方米', '', undefined],
  ['0平方米', '', undefined],
])('area %s %s', (text, header, expected) => expect(parseArea(text, header)).toBe(expected));

test('hostile text takes no longer than text', () => {
  const long = [
    '项目名称：'.repeat(100_000),
    '\t项目名称：'.repeat(50_000),
    `${'项目名称：a\t'.repeat(100)}\n`.repeat(500),
    '预算金额：1万元\n'.repeat(50_000),
    '1'.repeat(1_000_000),
    '：'.repeat(500_000),
    '排名第一的甲公司为第一中标候选人，'.repeat(5_000),
    '于2026年4月1日'.repeat(20_000),
    '序号 供应商名称 中标金额（元）\n'.repeat(5_000),
    '1、甲'.repeat(20_000),
    '（项目编号：X1'.repeat(20_000),
  ];
  for (const text of long) {
    const html = `<p>${text.replaceAll('\n', '</p><p>').replaceAll('\t', '</p><p>')}</p>`;
    extractFacts({ html, category: 'construction', stage: 'tenderNotice', fields: {} });
  }
});

test('the number of the next item is no part of the time before it', () => {
  const line = '<p>投标截止时间：2026年4月21日下午14时30分6.2开标地点：一楼大厅</p>';
  const { deadline, openingPlace } = facts(line, 'construction', 'tenderNotice');
  expect([deadline?.instant, openingPlace?.text]).toEqual(['2026-04-21T06:30:00.000Z', '一楼大厅']);
});
