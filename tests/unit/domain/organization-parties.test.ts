import { describe, expect, test } from 'vitest';
import type { ResultNotice } from '#src/domain/deals/lot-results.ts';
import { shareOf } from '#src/domain/organizations/award.ts';
import { findCodesBeside } from '#src/domain/organizations/codes-in-text.ts';
import { looksLikePerson } from '#src/domain/organizations/person-name.ts';

const CODE = '91370811MA0000015F';
const OTHER = '91370800000000000X';
const NAME = '济宁砚棠科技有限公司';

describe('a code beside a name', () => {
  test.each([
    ['behind the name', `中标人：${NAME} ${CODE}`],
    ['in brackets', `${NAME}（统一社会信用代码：${CODE}）`],
    ['on the next line', `供应商名称：${NAME}\n统一社会信用代码：${CODE}`],
    ['in the next cell', `1\t${NAME}\t${CODE}\t980000`],
    [
      'behind the address',
      `供应商名称：${NAME}\n供应商地址：任城区岱岳川路8号\n联系电话：0537-0000000\n统一社会信用代码：${CODE}`,
    ],
    ['said twice', `${NAME} ${CODE}\n${NAME}，统一社会信用代码${CODE}`],
  ])('%s', (_, text) => {
    expect(findCodesBeside(text, [NAME])).toEqual(new Map([[NAME, CODE]]));
  });

  test.each([
    ['with a wrong check character', `${NAME} 91370811MA0000015E`],
    ['of another firm between', `${NAME}、曲阜霁岚有限公司 ${CODE}`],
    ['of a longer name', `山东${NAME} ${CODE}`],
    ['of its branch', `${NAME}第一分公司 ${CODE}`],
    ['two of them', `${NAME} ${CODE}\n${NAME} ${OTHER}`],
    ['far away', `${NAME}${'，'.repeat(200)}${CODE}`],
    ['inside a longer number', `${NAME} 0${CODE}`],
  ])('not %s', (_, text) => {
    expect(findCodesBeside(text, [NAME])).toEqual(new Map());
  });

  test('goes to the party that it stands behind', () => {
    const text = `采购人：曲阜霁岚中学\n统一社会信用代码：${OTHER}\n供应商：${NAME}\n统一社会信用代码：${CODE}`;
    const found = findCodesBeside(text, [NAME, '曲阜霁岚中学']);
    expect(Object.fromEntries(found)).toEqual({ [NAME]: CODE, 曲阜霁岚中学: OTHER });
  });
});

test('persons are told from bodies', () => {
  for (const name of ['王某某', '李屹', '亓官砚', '澹台朗霁', '欧阳朗', '张*', '赵**（个人）'])
    expect([name, looksLikePerson(name)]).toEqual([name, true]);
  for (const name of ['济宁一中', '任城区政府', '金乡县医院', '鲁桥镇', '安居小学', '鲁泰集团', NAME]) {
    expect([name, looksLikePerson(name)]).toEqual([name, false]);
  }
});

describe('what a notice tells of a party', () => {
  const notice: ResultNotice = {
    ...{ stage: 'awardNotice', lotCode: null, suppliers: [NAME], tenderers: [], amountFen: 500, amountKind: 'award' },
    facts: {},
  };
  const row = (lot: string, supplier: string, fen?: number) => ({
    lot: { text: lot },
    supplier: { text: supplier },
    ...(fen === undefined ? {} : { awardAmount: { text: `${fen}`, fen } }),
  });
  const none = { lots: 0, pricedLots: 0, lotsFen: null };

  test('is its own price when it won alone', () => {
    expect(shareOf(notice, 'supplier', NAME)).toEqual({ lots: 1, pricedLots: 1, lotsFen: 500 });
    expect(shareOf(notice, 'buyer', '某局')).toEqual({ lots: 1, pricedLots: 1, lotsFen: 500 });
  });

  test('has no price when several share it, or the amount is another one', () => {
    expect(shareOf({ ...notice, suppliers: [NAME, '乙'] }, 'supplier', NAME)).toEqual({ ...none, lots: 1 });
    expect(shareOf({ ...notice, amountKind: 'ceiling' }, 'supplier', NAME)).toEqual({ ...none, lots: 1 });
  });

  test('is the price of its lots, not the sum of the notice', () => {
    const entries = [
      row('1', NAME, 100),
      row('2', '乙', 300),
      row('3', NAME, 40),
      row('4', NAME),
      row('5', '丙、丁', 60),
    ];
    const lots = { ...notice, suppliers: [NAME, '乙', '丙', '丁'], facts: { lots: { text: '5 项', entries } } };
    expect(shareOf(lots, 'supplier', NAME)).toEqual({ lots: 3, pricedLots: 2, lotsFen: 140 });
    expect(shareOf(lots, 'supplier', '乙')).toEqual({ lots: 1, pricedLots: 1, lotsFen: 300 });
    // What a consortium gets is none of its members' alone, and all of it the buyer's to pay.
    expect(shareOf(lots, 'supplier', '丙')).toEqual({ lots: 1, pricedLots: 0, lotsFen: null });
    expect(shareOf(lots, 'buyer', '某局')).toEqual({ lots: 5, pricedLots: 4, lotsFen: 500 });
  });

  test('is no award for candidates, bidders, contracts and results without a winner', () => {
    const ranked: ResultNotice = {
      ...notice,
      stage: 'candidateNotice',
      suppliers: [],
      tenderers: [NAME],
      amountKind: 'bid',
    };
    expect(shareOf(ranked, 'supplier', NAME)).toEqual(none);
    expect(shareOf(ranked, 'buyer', '某局')).toEqual(none);
    expect(shareOf(ranked, 'candidate', NAME)).toEqual({ lots: 1, pricedLots: 1, lotsFen: 500 });
    const bids = { text: '2 项', entries: [row('1', NAME, 70), row('1', '乙', 80)] };
    const opening: ResultNotice = {
      ...ranked,
      stage: 'openingRecord',
      tenderers: [NAME, '乙'],
      amountFen: null,
      facts: { bids },
    };
    expect(shareOf(opening, 'tenderer', NAME)).toEqual({ lots: 1, pricedLots: 1, lotsFen: 70 });
    for (const other of [{ stage: 'contractNotice' }, { suppliers: [] }] satisfies Partial<ResultNotice>[])
      expect(shareOf({ ...notice, ...other }, 'supplier', NAME)).toEqual(none);
  });
});
