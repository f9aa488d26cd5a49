import { describe, expect, test } from 'vitest';
import { chooseFigures, splitNames } from '#src/publish/facts/figures.ts';

const fen = (value: number) => ({ text: `${value / 100} 元`, fen: value });

describe('the amount of a notice is the figure that its stage is about', () => {
  const facts = {
    budget: fen(100),
    ceilingPrice: fen(90),
    awardAmount: fen(80),
    contractAmount: fen(70),
    startPrice: fen(60),
    dealPrice: fen(50),
    supplier: { text: '济宁某某建设有限公司' },
  };
  test.each([
    ['procurement', 'tenderNotice', 'budget', 100],
    ['construction', 'candidateNotice', 'bid', 80],
    ['procurement', 'awardNotice', 'award', 80],
    ['procurement', 'contractNotice', 'contract', 70],
    ['land', 'landOffering', 'start', 60],
    ['land', 'landDealNotice', 'deal', 50],
    ['construction', 'failureNotice', null, null],
    ['construction', 'openingRecord', null, null],
  ] as const)('%s %s', (category, stage, amountKind, amountFen) => {
    expect(chooseFigures(category, stage, facts)).toMatchObject({ amountKind, amountFen });
  });

  test('a ceiling stands in for a missing budget; a doubtful budget gives none', () => {
    expect(chooseFigures('construction', 'tenderNotice', { ceilingPrice: fen(90) })).toMatchObject({
      amountKind: 'ceiling',
    });
    expect(chooseFigures('construction', 'tenderNotice', { budget: { text: '下浮率 5%' } }).amountFen).toBeNull();
  });

  test('several candidates have no one amount', () => {
    const several = { ...facts, supplier: { text: '甲有限公司、乙有限公司' } };
    expect(chooseFigures('construction', 'candidateNotice', several)).toMatchObject({
      amountKind: null,
      amountFen: null,
    });
  });

  test('only tenders are open until a deadline', () => {
    const deadline = { text: '2026年7月1日', instant: '2026-07-01T01:00:00.000Z' };
    expect(chooseFigures('procurement', 'tenderNotice', { deadline }).deadlineAt).toBe(deadline.instant);
    expect(chooseFigures('procurement', 'awardNotice', { deadline }).deadlineAt).toBeNull();
  });
});

test.each([
  ['山东甲建设有限公司、济宁乙设计院（联合体成员）', ['山东甲建设有限公司', '济宁乙设计院']],
  ['第一名：山东甲有限公司；第二名：济宁乙有限公司', ['山东甲有限公司', '济宁乙有限公司']],
  ['中标候选人：某某公司', ['某某公司']],
  ['无', []],
  ['详见附件', []],
  ['—', []],
  [undefined, []],
  ['甲有限公司、甲有限公司', ['甲有限公司']],
])('names in %j', (text, names) => {
  expect(splitNames(text)).toEqual(names);
});
