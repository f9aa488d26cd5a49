import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncompleteExposure } from '#src/domain/exposures/incomplete.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { IncompleteExposureError } from '#src/publish/exposures/incomplete.ts';
import { readConfiscated, readFine } from '#src/publish/exposures/judgement.ts';
import { readLabel } from '#src/publish/exposures/labels.ts';
import { prepareExposure } from '#src/publish/exposures/prepare.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';

interface Read {
  isEntry: boolean;
  said: IncompleteExposure;
  missing: readonly string[];
}

function read(given: { row?: Record<string, string>; html?: string }): Read {
  const draft: NoticeDraft = {
    sourceItemId: '1',
    column: { code: 'c' },
    title: '',
    rawTitle: '',
    published: { raw: '2026-06-01', field: 'date' },
    attachments: [],
    fields: given.row ?? {},
    extra: {},
    ...(given.html ? { bodyHtml: given.html } : {}),
  };
  try {
    const origin = { sourceKey: 's', publishedBy: 'qufu' } as const;
    const { content } = prepareExposure(draft, { board: 'exposure', kind: 'penalty' }, origin);
    return { isEntry: true, said: content, missing: [] };
  } catch (error) {
    if (error instanceof IncompleteExposureError) return { isEntry: false, ...error.record };
    throw error;
  }
}

describe('labels of penalty tables', () => {
  test.each([
    ['作出行政处罚决定机关名称', 'authority'],
    ['执法（记录）单位', 'authority'],
    ['作出处罚决定的机关名称', 'authority'],
    ['认定部门', 'authority'],
    ['处罚（记录）日期', 'decisionDate'],
    ['作出处罚决定的日期', 'decisionDate'],
    ['行政处罚决定书签发日期', 'decisionDate'],
    ['行政处罚内容', 'penaltyContent'],
    ['行政处罚决定', 'penaltyContent'],
    ['主要违法违规事实（案由）', 'facts'],
    ['处罚事由', 'facts'],
    ['违反法律、法规或规章的主要事实', 'facts'],
    ['不良行为的具体情形', 'violation'],
    ['不良行为内容', 'violation'],
    ['供应商或代理机构名称', 'partyName'],
    ['被处罚当事人姓名或名称', 'partyName'],
    ['失信主体名称', 'partyName'],
    ['2、行政处罚决定书编号', 'decisionNo'],
    ['处罚类别2', 'penaltyType'],
    ['行政处罚种类、依据', 'typeAndBasis'],
    ['统一社会信用代码/证照编号', 'uscc'],
    ['处罚结束时间', 'validUntil'],
    ['做出处罚决定日期', 'decisionDate'],
    ['处罚金额（万元）', 'fine'],
    ['违法事实及依据', 'facts'],
    ['实施机关', 'authority'],
  ])('%s is %s', (label, field) => {
    expect(readLabel(label)?.field).toBe(field);
  });

  test.each([
    '法定代表人（主要负责人）姓名',
    '公示日期',
    '公告日期',
    '违法行为发生日期',
    '工商登记号',
    '数据来源',
    '住所地址',
  ])('%s is none of ours', (label) => {
    expect(readLabel(label)).toBeUndefined();
  });
});

const ROW = {
  企业名称: '示例甲建设有限公司',
  行政处罚决定书文号: '示住建罚字〔2026〕第12号',
  处罚事由: '将中标项目转包给他人',
  行政处罚内容: '1.没收违法所得12,000元 2.罚款人民币叁万元整（￥30000）',
  作出行政处罚决定机关名称: '示例市住房和城乡建设局',
  '处罚（记录）日期': '2026/05/15 17:13:37.000',
};

test('a complete record becomes an entry, with what stands in the words of its penalty', () => {
  const { isEntry, said } = read({ row: ROW });
  expect(isEntry).toBe(true);
  expect(said).toMatchObject({
    subjectName: '示例甲建设有限公司',
    misconduct: 'illegalSubcontract',
    decisionNo: '示住建罚字〔2026〕第12号',
    authority: '示例市住房和城乡建设局',
    decisionDate: '2026-05-15',
    penaltyTypes: ['fine', 'confiscation'],
    fineFen: 3_000_000,
    confiscatedFen: 1_200_000,
  });
});

test('who is neither called bidder nor agency is an organization, and no role is invented', () => {
  expect(read({ row: { ...ROW, 处罚事由: '虚假宣传' } }).said.subjectType).toBe('organization');
});

test('a fine of which only the sum is given is a fine', () => {
  const { 行政处罚内容: _content, ...row } = ROW;
  const { isEntry, said } = read({ row: { ...row, '罚款金额（元）': '80000' } });
  expect([isEntry, said.penaltyTypes, said.fineFen, said.penaltyContent]).toEqual([
    true,
    ['fine'],
    8_000_000,
    '罚款 80,000.00 元',
  ]);
});

test('a sum without its unit, and sums that differ, are no sum', () => {
  expect(read({ row: { ...ROW, 行政处罚内容: '罚款', 罚款金额: '50000' } }).said.fineFen).toBeNull();
  expect(read({ row: { ...ROW, '罚款金额（万元）': '5' } }).said.fineFen).toBeNull();
});

describe('a case that is named after its party', () => {
  const { 企业名称: _name, 处罚事由: _facts, ...rest } = ROW;

  test('names party and matter, and is no suspicion once it is decided', () => {
    const { said, isEntry } = read({ row: { ...rest, 处罚名称: '示例乙科技有限公司涉嫌未按要求公示信息案' } });
    expect([isEntry, said.subjectName, said.violation]).toEqual([true, '示例乙科技有限公司', '未按要求公示信息']);
  });

  test('names the branch as the party', () => {
    expect(read({ row: { ...rest, 案件名称: '示例乙超市有限公司曲阜分公司 价格欺诈案' } }).said.subjectName).toBe(
      '示例乙超市有限公司曲阜分公司',
    );
  });

  test('an article is no fact', () => {
    const row = { ...rest, 处罚名称: '示例乙科技有限公司涉嫌未按要求公示信息案', 处罚事由: '《示例管理办法》第九条' };
    expect(read({ row }).said.violation).toBe('未按要求公示信息');
  });
});

describe('incomplete records', () => {
  test('keep what is there and name what is not given', () => {
    const { 行政处罚决定书文号: _number, '处罚（记录）日期': _date, ...row } = ROW;
    const { isEntry, said, missing } = read({ row });
    expect([isEntry, missing]).toEqual([false, ['decisionNo', 'decisionDate']]);
    expect(said).toMatchObject({
      subjectName: '示例甲建设有限公司',
      decisionNo: null,
      decisionDate: null,
      fineFen: 3_000_000,
    });
  });

  test('words in the place of a number are no number, a kind of penalty no party', () => {
    const { 企业名称: _name, ...rest } = ROW;
    const row = {
      ...rest,
      处罚名称: '罚款',
      行政处罚决定书文号: '未经备案提供接入服务',
      处罚事由: '《示例办法》第十八条：不得提供。',
    };
    const { said, missing } = read({ row });
    expect([missing, said.decisionNo, said.subjectName, said.violation]).toEqual([
      ['partyName', 'decisionNo'],
      null,
      null,
      '未经备案提供接入服务',
    ]);
  });

  test('of natural persons hold no name and no number', () => {
    const row = {
      当事人: '公冶砚棠',
      组织机构代码或身份证号: '11010519491231002X',
      处罚事由: '公冶砚棠评标期间擅离职守',
      处罚结果: '警告',
    };
    const { said } = read({ row });
    expect(JSON.stringify(said)).not.toMatch(/砚棠|19491231/);
    expect(said).toMatchObject({ subjectName: '公冶**', subjectUscc: null });
  });

  test('a suspicion is refused, not kept', () => {
    expect(() => read({ row: { ...ROW, 处罚事由: '涉嫌串通投标，已立案调查', 行政处罚决定书文号: '' } })).toThrow(
      ItemRejectedError,
    );
    expect(() => read({ row: { ...ROW, 处罚事由: '涉嫌串通投标，已立案调查' } })).not.toThrow(IncompleteExposureError);
  });
});

const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const HEADER = [
  '序号',
  '行政处罚决定书文号',
  '违法行为类型',
  '行政处罚内容',
  '作出行政处罚决定机关名称',
  '作出行政处罚<br>决定日期',
  '公示日期',
  '详情',
];
const CELLS = [
  '1',
  '示工商处字[2026]67号',
  '虚假宣传',
  '罚款;',
  '示例市市场监督管理局',
  '2026年5月26日',
  '2026年6月9日',
  '详情',
];
const TABLE_SAYS = {
  decisionNo: '示工商处字[2026]67号',
  violation: '虚假宣传',
  authority: '示例市市场监督管理局',
  decisionDate: '2026-05-26',
};

describe('tables', () => {
  test('headers may stand in a table of their own', () => {
    const html = `<table>${row(...HEADER)}</table><div><table>${row(...CELLS)}</table></div>`;
    const { said, missing } = read({ html });
    expect(said).toMatchObject(TABLE_SAYS);
    expect(missing).toEqual(['partyName']);
  });

  test.each([
    ['a cell more', ['', ...CELLS]],
    ['a cell less', CELLS.slice(1)],
  ])('a row out of step with its headers by %s is put right', (_, cells) => {
    expect(read({ html: `<table>${row(...HEADER)}${row(...cells)}</table>` }).said).toMatchObject(TABLE_SAYS);
  });

  test('several decisions in one page are nobody’s', () => {
    const html = `<table>${row(...HEADER)}${row(...CELLS)}${row(...CELLS)}</table>`;
    expect(() => read({ html })).toThrow('一页中有多个决定');
  });

  test('labels below labels, as financial regulators have them', () => {
    const html = `<table>${row('行政处罚决定书文号', '示监罚决字〔2026〕9号')}${row('被处罚当事人姓名或名称', '个人姓名', '')}
      ${row('单位', '名称', '示例银行股份有限公司')}${row('法定代表人（主要负责人）姓名', '甲乙')}
      ${row('主要违法违规事实（案由）', '贷后管理不到位')}${row('行政处罚依据', '《示例法》第四十六条')}
      ${row('行政处罚决定', '罚款三十万元')}${row('作出处罚决定的机关名称', '示例金融监管分局')}${row('作出处罚决定的日期', '二〇二六年五月六日')}</table>`;
    const { said, isEntry } = read({ html });
    expect(isEntry).toBe(true);
    expect(said).toMatchObject({
      subjectName: '示例银行股份有限公司',
      fineFen: 30_000_000,
      decisionDate: '2026-05-06',
      authority: '示例金融监管分局',
    });
    expect(JSON.stringify(said)).not.toContain('甲乙');
  });

  test('kinds and articles in one cell are told apart', () => {
    const html = `<table>${row('当事人名称:', '示例丙超市有限公司')}${row('文号', '示食药罚〔2026〕7号')}${row('行政处罚种类、依据:', '罚款,没收违法所得。违反了《甲办法》第二条的规定；依据《乙法》第三条的规定，予以处罚。')}</table>`;
    expect(read({ html }).said).toMatchObject({ penaltyTypes: ['fine', 'confiscation'], legalBasis: '《乙法》第三条' });
  });
});

describe('lines', () => {
  test('a value may stand behind, below or in a line of its own', () => {
    const html = `<ul><li><strong>供应商或代理机构名称：</strong>
      示例丁咨询有限公司</li><li>不良行为的具体情形：与其他供应商恶意串通。</li><li>处罚结果：三年内禁止参加政府采购活动</li>
      <li>执法（记录）单位：</li><li>示例市财政局</li><li>处罚（记录）日期：2026-01-30　处罚结束时间：2026-07-15</li></ul>`;
    const { said, missing } = read({ html });
    expect(missing).toEqual(['decisionNo']);
    expect(said).toMatchObject({
      subjectName: '示例丁咨询有限公司',
      violation: '与其他供应商恶意串通。',
      authority: '示例市财政局',
      decisionDate: '2026-01-30',
      // Three years do not end after half of one.
      validUntil: null,
    });
  });
});

describe('a decision as it was written', () => {
  const lines = (...texts: string[]) => texts.map((text) => `<p>${text}</p>`).join('');
  const PROSE = lines(
    '示例市市场监督管理局',
    '行政处罚决定书',
    '示市监处罚〔2026〕240号',
    '示例县隆盛供销社；法定代表人：甲某某；电话：6521300；',
    '经查明，当事人于2026年1月6日销售不合格化肥2吨，货值5800元。以上事实有检验报告为证。',
    '依据《示例法》第四十九条的规定，决定给予以下处罚：1、没收违法所得1000元；2、罚款5800元。',
    '示例市市场监督管理局',
    '2026年3月2日',
  );

  test('names its parts where the form has them', () => {
    const { said, isEntry } = read({ html: PROSE });
    expect(isEntry).toBe(true);
    expect(said).toMatchObject({
      subjectName: '示例县隆盛供销社',
      decisionNo: '示市监处罚〔2026〕240号',
      authority: '示例市市场监督管理局',
      decisionDate: '2026-03-02',
      penaltyTypes: ['fine', 'confiscation'],
      fineFen: 580_000,
      confiscatedFen: 100_000,
    });
    expect(said.violation).toContain('销售不合格化肥');
    expect(said.legalBasis).toBe('《示例法》第四十九条');
  });

  test('dates of its story are not its own', () => {
    const cut = PROSE.slice(0, PROSE.indexOf('<p>依据'));
    const { said, missing } = read({
      html: cut,
      row: { 行政处罚内容: '罚款;没收违法所得;', 行政处罚决定书文号: '示市监处罚[2026]240号' },
    });
    expect([said.decisionDate, missing]).toEqual([null, ['decisionDate']]);
  });

  test('a text of another kind is not read', () => {
    expect(() => read({ html: lines('示例市财政局', '关于加强管理的通知', '示财〔2026〕1号', '各单位：') })).toThrow(
      '来源未给出',
    );
  });
});

test.each([
  ['处以6万元人民币罚款', 6_000_000],
  ['罚款0.1万元，没收违法所得', 100_000],
  ['处一万元罚款', 1_000_000],
  ['罚款伍万元', 5_000_000],
  ['罚款人民币30,000元', 3_000_000],
  ['警告', undefined],
  ['甲罚款1万元；乙罚款2万元', undefined],
])('the fine of %s is %s', (text, fen) => {
  expect(readFine(text)).toBe(fen);
});

test('what is confiscated is no fine', () => {
  const text = '1.没收广告费用142393.15元 2.罚款427179.45元';
  expect([readConfiscated(text), readFine(text)]).toEqual([14_239_315, 42_717_945]);
});

test('whatever a page holds is an entry, a record to keep, or refused with a reason', () => {
  const piece = fc.constantFrom(
    ...[
      '<table><tr>',
      '<td>',
      '</td>',
      '</tr></table>',
      '<p>',
      '</p>',
      '行政处罚决定书',
      '文号',
      '：',
      '处罚机关',
      '当事人',
      '；',
    ],
    ...[
      '示例市财政局',
      '示财罚〔2026〕1号',
      '2026年5月6日',
      '罚款3万元',
      '经查明，',
      '以上事实',
      '依据《示例法》第一条',
      ' ',
      '【案由】',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      try {
        read({ html: pieces.join('') });
      } catch (error) {
        expect(error).toBeInstanceOf(ItemRejectedError);
      }
    }),
    { numRuns: 300 },
  );
});
