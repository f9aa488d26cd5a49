import { describe, expect, it } from 'vitest';
import { lotResultsOf, type ResultNotice } from '#src/domain/deals/lot-results.ts';
import { formatLotSummary, summariseLots } from '#src/domain/deals/lot-summary.ts';
import type { FactEntry } from '#src/domain/facts/facts.ts';

const NOTICE: ResultNotice = {
  stage: 'awardNotice',
  lotCode: null,
  suppliers: [],
  tenderers: [],
  amountFen: null,
  amountKind: null,
  facts: {},
};
const row = (lot: string, supplier: string, fen?: number, rank?: string): FactEntry => ({
  ...(lot ? { lot: { text: lot } } : {}),
  ...(supplier ? { supplier: { text: supplier } } : {}),
  ...(fen === undefined ? {} : { awardAmount: { text: `${fen / 100}元`, fen } }),
  ...(rank ? { rank: { text: rank } } : {}),
});
const list = (...entries: FactEntry[]) => ({ text: `${entries.length} 项`, entries });

describe('who got a lot', () => {
  it('is told lot by lot, each at its own price', () => {
    const lots = list(row('第1包', '甲公司', 500), row('第2包', '乙公司', 700), row('第3包', '甲公司'));
    const results = lotResultsOf({ ...NOTICE, suppliers: ['甲公司', '乙公司'], facts: { lots } });
    expect(results.map(({ key, suppliers, price }) => [key, suppliers, price?.fen])).toEqual([
      ['1', ['甲公司'], 500],
      ['2', ['乙公司'], 700],
      ['3', ['甲公司'], undefined],
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['award', 'award', 'award']);
  });

  it('is nobody where a lot failed, and has no price where one lot has two', () => {
    const lots = list(row('1', '甲公司', 500), row('2', ''), row('1', '甲公司', 900));
    const results = lotResultsOf({ ...NOTICE, suppliers: ['甲公司', '丙公司'], facts: { lots } });
    expect(results.map(({ key, suppliers, price }) => [key, suppliers, price?.fen, price?.doubt])).toEqual([
      ['1', ['甲公司'], undefined, 'several'],
      ['', ['丙公司'], undefined, undefined],
    ]);
  });

  it('is whom the notice names, together, where it lists no lots', () => {
    const facts = { awardAmount: { text: '5元', fen: 500 } };
    const results = lotResultsOf({ ...NOTICE, lotCode: '02', suppliers: ['甲公司', '乙公司'], amountFen: 500, facts });
    expect(results.map(({ key, suppliers, price }) => [key, suppliers, price?.fen])).toEqual([
      ['2', ['甲公司', '乙公司'], 500],
    ]);
    expect(lotResultsOf({ ...NOTICE, stage: 'tenderNotice' })).toEqual([]);
  });
});

describe('a line about lots', () => {
  const summary = (notice: Partial<ResultNotice>, category: 'procurement' | 'construction' | 'land' = 'procurement') =>
    formatLotSummary(summariseLots({ ...NOTICE, ...notice, category }));

  it('never calls a candidate a winner', () => {
    const rows = [
      ['第一名', '甲公司'],
      ['第二名', '乙公司'],
    ] as const;
    const candidates = list(
      ...['1', '2', '3'].flatMap((lot) => rows.map(([rank, name]) => row(lot, name, 35_220_000, rank))),
    );
    expect(summary({ stage: 'candidateNotice', facts: { candidates } })).toBe(
      '第1包 第一候选 甲公司 · 35.22 万元 · 共 3 包',
    );
    const two = list(row('', '乙公司', 500, '中标候选人2单位名称'), row('', '甲公司', 600, '中标候选人1单位名称'));
    expect(summary({ stage: 'candidateNotice', facts: { candidates: two } })).toBe('第一候选 甲公司 · 6 元');
  });

  it('names who won, by the words of the notice and of its category, and no price where none is known', () => {
    const lots = list(row('一标段', '甲公司'), row('二标段', '乙公司', 700));
    expect(summary({ facts: { lots } }, 'construction')).toBe('一标段 中标 甲公司 · 共 2 标段');
    expect(summary({ suppliers: ['甲公司', '乙公司', '丙公司'] })).toBe('中标（成交） 甲公司、乙公司 等 3 家');
    expect(summary({ stage: 'tenderNotice', facts: { lots } }, 'construction')).toBe('共 2 标段');
    expect(summary({ stage: 'tenderNotice' })).toBe('');
    const parcels = list({
      parcelNo: { text: 'P2019-16' },
      supplier: { text: '甲公司' },
      dealPrice: { text: '5元', fen: 500 },
    });
    expect(summary({ stage: 'landDealNotice', facts: { parcels } }, 'land')).toBe('P2019-16 竞得 甲公司 · 5 元');
  });
});
