import { describe, expect, test } from 'vitest';
import { compareProcesses } from '#src/domain/flags/compute.ts';
import type { Process } from '#src/domain/flags/process.ts';
import { fencesOf, quantile } from '#src/domain/flags/quantiles.ts';
import { FLAG_CODES, type FlagCode, flagDefinition, flagRule } from '#src/domain/flags/registry.ts';
import { awarded, EMPTY_PROCESS } from '#tests/support/processes.ts';

const judge = (code: FlagCode, process: Process, others: readonly Process[] = []) =>
  compareProcesses([process, ...others]).judge(process)[code];
const organizations = (code: FlagCode, lots: readonly Process[]) =>
  compareProcesses(lots).organizations.filter((each) => each.code === code);

describe('quantiles', () => {
  test('are R-8 as Cardinal has them, type 7 as spreadsheets', () => {
    expect(quantile([1, 2, 3], 0.25, 'R-8')).toBeCloseTo(1.1667, 4);
    expect(quantile([1, 2, 3], 0.75, 'R-8')).toBeCloseTo(2.8333, 4);
    expect(quantile([1, 2, 3], 0.25, 'type 7')).toBe(1.5);
    expect(quantile([1, 2, 3, 4], 0.5, 'R-8')).toBe(2.5);
    expect(quantile([7], 0.25, 'R-8')).toBe(7);
    expect(fencesOf([], 'R-8')).toBeUndefined();
    // Q1 = 2.4167, Q3 = 7.5833, so the fences lie 7.75 beyond.
    const fences = fencesOf(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((value) => value),
      'R-8',
    );
    expect(fences?.q1).toBeCloseTo(2.6667, 4);
    expect(fences?.upper).toBeCloseTo(7.3333 + 1.5 * 4.6667, 3);
  });
});

describe('the registry', () => {
  test('has all indicators from F01 to F35, each with its words and with how it is computed', () => {
    expect(FLAG_CODES).toEqual(Array.from({ length: 35 }, (_, at) => `F${String(at + 1).padStart(2, '0')}`));
    for (const code of FLAG_CODES) {
      const { title, formula, inputs, threshold, source, innocent } = flagDefinition(code);
      for (const words of [title, formula, inputs, threshold, source, innocent])
        expect(words.length, code).toBeGreaterThan(1);
      expect(title, code).not.toMatch(/串通|围标|陪标|违法|腐败|可疑/);
      expect(flagRule(code).process ?? flagRule(code).organizations, code).toBeDefined();
    }
  });

  test('takes quartiles by R-8 where Cardinal is meant, by type 7 elsewhere', () => {
    const by = (method: string) => FLAG_CODES.filter((code) => flagDefinition(code).quartiles === method);
    expect(by('R-8')).toEqual(['F11', 'F12', 'F22', 'F28', 'F30']);
    expect(by('type 7')).toEqual(['F01', 'F05', 'F06', 'F09', 'F15', 'F17']);
  });

  test('computes what no notice has the inputs of as what cannot be computed, and says why', () => {
    for (const code of ['F19', 'F20', 'F29', 'F30', 'F34', 'F35'] as const)
      expect(judge(code, awarded([10, 11, 12, 13])), code).toMatchObject({ state: 'unknown' });
  });

  test('flags nothing of a lot of which nothing is published', () => {
    const outcomes = Object.values(compareProcesses([EMPTY_PROCESS]).judge(EMPTY_PROCESS));
    expect(outcomes.filter(({ state }) => state !== 'unknown')).toEqual([]);
  });
});

describe('indicators of a lot', () => {
  const check = (rule: 'C-03' | 'C-04' | 'C-07', actual: number, state: 'met' | 'breached' | 'unknown') =>
    ({ rule, actual, state, text: '法定' }) as const;

  test('F01: below the legal least, else below the first quarter of the same kind', () => {
    const lot = (days: number, state: 'met' | 'breached'): Process => ({
      ...awarded([10]),
      category: 'construction',
      submissionDays: days,
      submission: check('C-03', days, state),
    });
    expect(judge('F01', lot(19, 'breached'))).toMatchObject({ state: 'flagged', values: { 层次: '短于法定' } });
    const others = [30, 31, 32, 33, 34].map((days) => lot(days, 'met'));
    expect(judge('F01', lot(20, 'met'), others)).toMatchObject({ state: 'flagged', values: { 层次: '短于同类' } });
    expect(judge('F01', lot(33, 'met'), others)).toMatchObject({ state: 'clear' });
    expect(judge('F01', { ...lot(19, 'breached'), hasDeadline: false })).toEqual({
      state: 'unknown',
      missing: 'deadline',
    });
  });

  test('F03: only a change that left the deadline where it was', () => {
    const lot = (isMoved: boolean, actual = 14): Process => ({
      ...awarded([10]),
      submission: check('C-03', 30, 'met'),
      change: { check: check('C-04', actual, 'unknown'), isMoved },
    });
    expect(judge('F03', lot(false))?.state).toBe('flagged');
    expect(judge('F03', lot(true))?.state).toBe('clear');
    expect(judge('F03', lot(false, 15))?.state).toBe('clear');
  });

  test('F04 (R018): one bidder, in a competitive method', () => {
    expect(judge('F04', awarded([10]))?.state).toBe('flagged');
    expect(judge('F04', awarded([10, 11]))?.state).toBe('clear');
    expect(judge('F04', awarded([10], { method: 'single' }))).toEqual({ state: 'unknown', missing: 'inapplicable' });
    expect(judge('F04', awarded([10], { bids: null }))).toEqual({ state: 'unknown', missing: 'bids' });
  });

  test('F10: an award above the ceiling is an error of the data, no clear result', () => {
    expect(judge('F10', awarded([995], { ceilingFen: 100_000 }))?.state).toBe('flagged');
    expect(judge('F10', awarded([990], { ceilingFen: 100_000 }))?.state).toBe('clear');
    expect(judge('F10', awarded([1001], { ceilingFen: 100_000 }))).toEqual({
      state: 'unknown',
      missing: 'priceAboveCeiling',
    });
  });

  test('F11 (R058) and F12 (R024): the next bid against the winner, by the fences of all', () => {
    const others = [10, 11, 12, 13, 14].map((percent) => awarded([100, 100 + percent]));
    expect(judge('F11', awarded([100, 150]), others)).toMatchObject({ state: 'flagged', values: { 差距: 0.5 } });
    expect(judge('F12', awarded([1000, 1001]), others)?.state).toBe('flagged');
    expect(judge('F11', awarded([100, 112]), others)?.state).toBe('clear');
    expect(judge('F11', awarded([110, 100]), others)).toEqual({ state: 'unknown', missing: 'winnerNotLowest' });
    expect(judge('F11', awarded([100, 150]), others.slice(0, 3))).toEqual({ state: 'unknown', missing: 'sample' });
  });

  test('F13 (R028): equal to the fen; of candidates alone only that they are equal', () => {
    expect(judge('F13', awarded([100, 100]))?.state).toBe('flagged');
    expect(judge('F13', awarded([100, 101]))?.state).toBe('clear');
    const candidates = [1, 2].map((id) => ({ bidder: `f${id}`, fen: 5000 }));
    expect(judge('F13', { ...EMPTY_PROCESS, candidates })?.state).toBe('flagged');
    expect(judge('F13', { ...EMPTY_PROCESS, candidates: candidates.slice(1) })).toEqual({
      state: 'unknown',
      missing: 'bids',
    });
  });

  test('F14: equal steps, equal ratios, equal endings', () => {
    expect(judge('F14', awarded([1001, 1101, 1201, 1301]))?.state).toBe('flagged');
    expect(judge('F14', awarded([100_000, 110_000, 121_000, 133_100]))?.state).toBe('flagged');
    expect(judge('F14', awarded([1888, 2888, 7888, 9888]))?.state).toBe('flagged');
    expect(judge('F14', awarded([1003, 1107, 1405, 2299]))?.state).toBe('clear');
    expect(judge('F14', awarded([1001, 1101, 1201]))).toEqual({ state: 'unknown', missing: 'fewBids' });
  });

  test('F16: (b₂ − b₁) over the deviation of the rest', () => {
    // Rest: 110, 112, 114, deviation 2; distance 5.
    expect(judge('F16', awarded([100, 110, 112, 114]))).toMatchObject({ state: 'flagged', values: { 相对距离: 5 } });
    expect(judge('F16', awarded([109, 110, 112, 114]))).toMatchObject({ state: 'clear', values: { 相对距离: 0.5 } });
  });

  test('F26 (R035) and F27 (R036): who was rejected', () => {
    const bids = (rejected: readonly number[]) =>
      [100, 90, 120].map((yuan, at) => ({ bidder: `f${at}`, fen: yuan * 100, isRejected: rejected.includes(at) }));
    const lot = (rejected: readonly number[]) => awarded([100], { bids: bids(rejected), tellsRejections: true });
    expect(judge('F26', lot([1, 2]))?.state).toBe('flagged');
    expect(judge('F26', lot([1]))?.state).toBe('clear');
    expect(judge('F27', lot([1]))?.state).toBe('flagged');
    expect(judge('F27', lot([2]))?.state).toBe('clear');
    expect(judge('F26', awarded([100, 90]))).toEqual({ state: 'unknown', missing: 'rejections' });
  });

  test('F31, F32, F33: the course, the contract, the orders', () => {
    expect(judge('F31', awarded([10], { failedRounds: 2 }))?.state).toBe('flagged');
    expect(judge('F31', awarded([10, 11], { failedRounds: 2 }))?.state).toBe('clear');
    const contract = { fen: 1_100, parties: ['f0'] };
    expect(judge('F32', awarded([10], { contract }))?.state).toBe('flagged');
    expect(judge('F32', awarded([11], { contract }))?.state).toBe('clear');
    expect(judge('F32', awarded([11], { contract, supplements: [1_300] }))?.state).toBe('flagged');
    expect(judge('F33', awarded([10], { bans: ['e1'] }))?.state).toBe('flagged');
    expect(judge('F33', awarded([10], { bans: null }))).toEqual({ state: 'unknown', missing: 'code' });
  });
});

describe('indicators of organizations', () => {
  test('F22 (R025): bids often and never wins, by the fences of all bidders', () => {
    const lots = Array.from({ length: 24 }, (_, at) =>
      awarded([100, 110], {
        bids: [`w${at % 6}`, at < 12 ? 'loser' : `w${(at + 1) % 6}`].map((bidder) => ({
          bidder,
          fen: 1,
          isRejected: false,
        })),
        winners: [`w${at % 6}`],
      }),
    );
    const flagged = organizations('F22', lots).filter(({ state }) => state === 'flagged');
    expect(flagged.map((each) => each.organizations)).toEqual([['loser']]);
  });

  test('F24: ten lots, five suppliers, index above a quarter', () => {
    const lots = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4].map((firm) => awarded([10], { buyer: 'b', winners: [`f${firm}`] }));
    // 0.36 + 4 × 0.01
    expect(organizations('F24', lots)).toMatchObject([{ state: 'flagged', cases: 10, values: { 集中度指数: 0.4 } }]);
    expect(organizations('F24', lots.slice(1))).toEqual([]);
  });

  test('F25: half of the lots, five of them, in two years', () => {
    const lot = (year: number, firm: string) =>
      awarded([10], { buyer: 'b', winners: [firm], awardedOn: `${year}-03-01` });
    const five = [2024, 2024, 2024, 2024, 2025].map((year) => lot(year, 'f'));
    expect(organizations('F25', five)).toMatchObject([{ state: 'flagged', organizations: ['b', 'f'] }]);
    expect(
      organizations(
        'F25',
        five.map((each) => ({ ...each, awardedOn: '2024-01-01' })),
      )[0]?.state,
    ).toBe('clear');
  });

  test('F28 (R038): more rejected than elsewhere, and something rejected at all', () => {
    const lots = ['a', 'b', 'c', 'd', 'e', 'z'].flatMap((buyer) =>
      Array.from({ length: 3 }, () =>
        awarded([10], {
          buyer,
          tellsRejections: true,
          bids: [0, 1, 2, 3].map((at) => ({ bidder: `f${at}`, fen: 1, isRejected: at < (buyer === 'z' ? 3 : 1) })),
        }),
      ),
    );
    const flagged = organizations('F28', lots).filter(({ state, role }) => state === 'flagged' && role === 'buyer');
    expect(flagged).toMatchObject([{ organizations: ['z'], cases: 12, values: { 被否决: '9 / 12' } }]);
  });

  test('F21 and F23 say nothing of natural persons and consortia', () => {
    const bids = ['~1', 'a+b', 'c'].map((bidder) => ({ bidder, fen: 1, isRejected: false }));
    const lots = Array.from({ length: 8 }, () => awarded([10], { bids, winners: ['c'] }));
    expect([...organizations('F21', lots), ...organizations('F23', lots)]).toEqual([]);
  });

  test('F23: three firms take turns', () => {
    const lots = Array.from({ length: 6 }, (_, at) =>
      awarded([10], {
        projectId: `p${at}`,
        bids: ['a', 'b', 'c'].map((bidder) => ({ bidder, fen: 1, isRejected: false })),
        winners: [['a', 'b', 'c'][at % 3] ?? ''],
        awardedOn: `2026-0${at + 1}-01`,
      }),
    );
    expect(organizations('F23', lots)).toMatchObject([{ state: 'flagged', organizations: ['a', 'b', 'c'], cases: 6 }]);
    const inBlocks = lots.map((lot, at) => ({ ...lot, winners: [['a', 'b', 'c'][Math.floor(at / 2)] ?? ''] }));
    expect(organizations('F23', inBlocks)[0]?.state).toBe('clear');
  });
});
