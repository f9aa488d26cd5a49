import { describe, expect, it } from 'vitest';
import type { DealNotice } from '#src/domain/deals/deal.ts';
import { type LotMoney, listMoney, type MoneyCell } from '#src/domain/deals/lot-money.ts';
import type { ResultNotice } from '#src/domain/deals/lot-results.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import type { FactEntry, Facts } from '#src/domain/facts/facts.ts';
import { toCourseRounds } from '#src/domain/projects/project-course.ts';
import type { Stage } from '#src/domain/stages.ts';
import { addDays } from '#src/domain/time/time.ts';

type Notice = DealNotice & ResultNotice;
const money = (fen: number) => ({ text: `${fen / 100}元`, fen });

function notice(day: number, stage: Stage, facts: Facts = {}, more: Partial<Notice> = {}): Notice {
  const times = { deadlineAt: null, deadlinePrecision: null, openingAt: null, openingPrecision: null };
  return {
    id: `n${String(day).padStart(2, '0')}`,
    title: '某项目公告',
    stage,
    publishedAt: addDays('2026-03-02T01:00:00.000Z', day),
    lotCode: null,
    ...times,
    ...{ suppliers: [], tenderers: [], amountFen: null, amountKind: null, facts },
    ...more,
  };
}
const list = (...entries: FactEntry[]): Facts[keyof Facts] => ({ text: `${entries.length} 项`, entries });
const lot = (
  name: string,
  more: Partial<Record<'budget' | 'ceilingPrice' | 'awardAmount', number>>,
  supplier?: string,
) => ({
  lot: { text: name },
  ...(supplier ? { supplier: { text: supplier } } : {}),
  ...Object.fromEntries(Object.entries(more).map(([key, fen]) => [key, money(fen)])),
});

/** The money of a course, in short. */
function tell(notices: Notice[]) {
  const cell = (said: MoneyCell | null) => said && [said.suppliers.join(), said.price?.fen ?? null];
  const row = ({ key, budget, ceiling, candidates, awards, contract, changes }: LotMoney) => ({
    key,
    limits: [budget?.price?.fen ?? null, ceiling?.price?.fen ?? null],
    candidates: candidates.map(cell),
    awards: awards.map(cell),
    contract: cell(contract),
    changes: changes.map(cell),
  });
  return listMoney(toDeal(notices).lots, notices).map(row);
}

describe('the money of lots', () => {
  const call = notice(1, 'tenderNotice', {
    budget: money(900),
    lots: list(lot('第1包', { ceilingPrice: 300 }), lot('第2包', { ceilingPrice: 500 }), lot('第3包', {})),
  });
  const award = notice(
    20,
    'awardNotice',
    { lots: list(lot('1', { awardAmount: 280 }, '甲'), lot('2', { awardAmount: 450 }, '乙'), lot('3', {}, '丙')) },
    { suppliers: ['甲', '乙', '丙'] },
  );

  it('goes from the ceiling to the contract of each, and what is said of all stands apart', () => {
    const contract = notice(30, 'contractNotice', { contractAmount: money(445) }, { suppliers: ['乙'] });
    const change = notice(40, 'performanceNotice', { contractAmount: money(460) }, { suppliers: ['乙'] });
    const none = { candidates: [], contract: null, changes: [] };
    expect(tell([call, award, contract, change])).toEqual([
      { ...none, key: '1', limits: [null, 300], awards: [['甲', 280]] },
      { ...none, key: '2', limits: [null, 500], awards: [['乙', 450]], contract: ['乙', 445], changes: [['乙', 460]] },
      { ...none, key: '3', limits: [null, null], awards: [['丙', null]] },
      { ...none, key: '', limits: [900, null], awards: [] },
    ]);
  });

  it('keeps of an undivided deal what its notices say as a whole, candidates in their ranking', () => {
    const ranked = [
      { rank: { text: '第一名' }, supplier: { text: '甲' }, awardAmount: money(90) },
      { rank: { text: '第二名' }, supplier: { text: '乙' }, awardAmount: money(95) },
    ];
    const course = [
      notice(1, 'tenderNotice', { budget: money(120), ceilingPrice: money(100) }),
      notice(9, 'candidateNotice', { candidates: list(...ranked) }, { tenderers: ['甲', '乙'] }),
      notice(14, 'awardNotice', { awardAmount: money(90) }, { suppliers: ['甲'], amountFen: 90, amountKind: 'award' }),
    ];
    expect(tell(course)).toEqual([
      {
        key: '',
        limits: [120, 100],
        candidates: [
          ['甲', 90],
          ['乙', 95],
        ],
        awards: [['甲', 90]],
        contract: null,
        changes: [],
      },
    ]);
  });

  it('forgets the candidates of a round that failed', () => {
    const candidates = list({ supplier: { text: '甲' }, awardAmount: money(90) });
    const again = notice(30, 'tenderNotice', { ceilingPrice: money(130) }, { title: '某项目二次招标公告' });
    const course = [
      notice(1, 'tenderNotice', { ceilingPrice: money(100) }),
      notice(9, 'candidateNotice', { candidates }),
      notice(12, 'failureNotice'),
      again,
    ];
    expect(tell(course)).toMatchObject([{ limits: [null, 130], candidates: [] }]);
    expect(toCourseRounds(toDeal(course), course)).toMatchObject([
      { number: 1, entries: [{ superseded: { how: 'round', byNoticeId: again.id } }, {}, { tone: 'stopped' }] },
      { number: 2, lots: [], entries: [{ superseded: null }] },
    ]);
  });
});

describe('the course of a divided project', () => {
  it('stands in rounds: one lot that failed is called anew while the others go on', () => {
    const both = { lots: list(lot('1', {}), lot('2', {})) };
    const course = [
      notice(0, 'procurementIntention'),
      notice(1, 'tenderNotice', both),
      notice(9, 'failureNotice', {}, { lotCode: '2' }),
      notice(
        10,
        'awardNotice',
        { lots: list(lot('1', { awardAmount: 5 }, '甲'), lot('2', {})) },
        { suppliers: ['甲'] },
      ),
      notice(15, 'tenderNotice', {}, { lotCode: '2', title: '某项目第二次采购公告' }),
    ];
    const rounds = toCourseRounds(toDeal(course), course);
    expect(rounds.map(({ number, lots, entries }) => [number, lots, entries.map(({ notice: { id } }) => id)])).toEqual([
      [0, [], ['n00']],
      [1, [], ['n01', 'n09', 'n10']],
      [2, ['2'], ['n15']],
    ]);
    expect(rounds[1]?.entries.map(({ lots }) => lots)).toEqual([[], ['2'], []]);
  });
});
