import { describe, expect, test } from 'vitest';
import { awardOf } from '#src/domain/organizations/award.ts';
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

describe('an award', () => {
  const result = {
    stage: 'awardNotice',
    category: 'procurement',
    suppliers: [NAME],
    amountFen: 500,
    amountKind: 'award',
  } as const;

  test('counts with its amount when one party won it', () => {
    expect(awardOf(result)).toEqual({ isAward: true, fen: 500 });
  });

  test('is told without an amount when several share it, or the amount is another one', () => {
    expect(awardOf({ ...result, suppliers: [NAME, '乙有限公司'] })).toEqual({ isAward: true, fen: null });
    expect(awardOf({ ...result, amountKind: 'ceiling' })).toEqual({ isAward: true, fen: null });
  });

  test('is not told by candidates, contracts and results without a winner', () => {
    for (const other of [{ stage: 'candidateNotice' }, { stage: 'contractNotice' }, { suppliers: [] }] as const) {
      expect(awardOf({ ...result, ...other })).toEqual({ isAward: false, fen: null });
    }
  });
});
