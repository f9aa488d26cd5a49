import { expect, test } from 'vitest';
import type { ResultNotice } from '#src/domain/deals/lot-results.ts';
import { listLotRows } from '#src/domain/deals/lot-rows.ts';
import type { FactEntry } from '#src/domain/facts/facts.ts';

const sum = (fen: number) => ({ text: `${fen / 100} 元`, fen });
const notice = (given: Partial<ResultNotice>): ResultNotice => ({
  ...{
    stage: 'awardNotice',
    lotCode: null,
    suppliers: [],
    tenderers: [],
    amountFen: null,
    amountKind: null,
    facts: {},
  },
  ...given,
});
const list = (...entries: FactEntry[]) => ({ text: `${entries.length} 项`, entries });
const inShort = (given: Partial<ResultNotice>) =>
  listLotRows(notice(given)).map(({ lot, budget, ceiling, result }) => [
    lot,
    budget?.fen ?? null,
    ceiling?.fen ?? null,
    result?.suppliers.join('、') ?? null,
    result?.price?.fen ?? null,
  ]);

test('a result has a line for each of its lots, with the winner and the price of that lot', () => {
  const lots = list(
    { lot: { text: '第1包' }, budget: sum(500), supplier: { text: '甲公司' }, awardAmount: sum(400) },
    { lot: { text: '第2包' }, budget: sum(700), supplier: { text: '乙公司' }, awardAmount: sum(600) },
    { lot: { text: '第3包' }, budget: sum(900) },
  );
  expect(inShort({ facts: { lots }, suppliers: ['甲公司', '乙公司'] })).toEqual([
    ['第1包', 500, null, '甲公司', 400],
    ['第2包', 700, null, '乙公司', 600],
    ['第3包', 900, null, null, null],
  ]);
});

test('candidates have a line each; a call one for each lot; an undivided notice one', () => {
  const candidates = list(
    { lot: { text: '1' }, rank: { text: '1' }, supplier: { text: '甲公司' }, awardAmount: sum(400) },
    { lot: { text: '1' }, rank: { text: '2' }, supplier: { text: '乙公司' }, awardAmount: sum(410) },
  );
  expect(inShort({ stage: 'candidateNotice', facts: { candidates } })).toEqual([
    ['1', null, null, '甲公司', 400],
    ['1', null, null, '乙公司', 410],
  ]);
  const lots = list({ lot: { text: '包1' }, ceilingPrice: sum(100) }, { lot: { text: '包2' }, ceilingPrice: sum(200) });
  expect(inShort({ stage: 'tenderNotice', facts: { lots } })).toEqual([
    ['包1', null, 100, null, null],
    ['包2', null, 200, null, null],
  ]);
  expect(inShort({ stage: 'tenderNotice', facts: { budget: sum(300) } })).toEqual([[null, 300, null, null, null]]);
  const several = { text: '3 元；4 元', doubt: 'several' as const };
  expect(inShort({ stage: 'tenderNotice', facts: { budget: several } })).toEqual([[null, null, null, null, null]]);
});
