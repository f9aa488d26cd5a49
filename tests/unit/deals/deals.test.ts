import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Deal } from '#src/domain/deals/deal.ts';
import { EFFECTS } from '#src/domain/deals/effects.ts';
import { lotKey } from '#src/domain/deals/lot-key.ts';
import { dealStandingAt, lotStandingAt } from '#src/domain/deals/standing.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import { course, day, type Given, notice, tellLot, toDealOrder } from '#tests/support/deal-courses.ts';

const dealOf = (...given: Given[]): Deal => toDeal(given.map(notice));
const stateAt = (deal: Deal, on: number) => dealStandingAt(deal, day(on))?.state;
const lotsAt = (deal: Deal, on: number) =>
  Object.fromEntries(deal.lots.map((lot) => [lot.key, lotStandingAt(lot, day(on))?.state]));

describe('lot keys', () => {
  test.each([
    ['第1包', '1'],
    ['包一', '1'],
    ['1标段', '1'],
    ['01', '1'],
    ['001', '1'],
    ['第十二标段', '12'],
    ['P02', '2'],
    ['Ⅱ标段', '2'],
    ['A包', 'A'],
    ['Ａ包', 'A'],
    ['440307201708220001001', '1'],
    ['A3303270480001365001002', '2'],
    ['信号电缆', '信号电缆'],
    ['2026-12号地块', '2026-12'],
  ])('%s is %s', (text, key) => {
    expect(lotKey(text)).toBe(key);
  });
});

describe('a deal', () => {
  test('is planned, open until its deadline, closed, in publicity, closed again, awarded, contracted, performed', () => {
    const all: Given[] = [
      { on: 0, stage: 'tenderPlan' },
      { on: 30, stage: 'tenderNotice', due: 50 },
      { on: 52, stage: 'candidateNotice' },
      { on: 60, stage: 'awardNotice', supplier: '甲公司' },
      { on: 70, stage: 'contractNotice' },
      { on: 90, stage: 'performanceNotice' },
    ];
    const upTo = (count: number) => dealOf(...all.slice(0, count));
    const deal = dealOf(...all);
    expect(stateAt(upTo(1), 10)).toBe('planned');
    expect(stateAt(upTo(2), 49)).toBe('open');
    expect(stateAt(upTo(2), 50)).toBe('closed');
    expect(stateAt(upTo(3), 53)).toBe('publicity');
    expect(stateAt(upTo(3), 57)).toBe('closed');
    expect(stateAt(upTo(4), 61)).toBe('awarded');
    expect(stateAt(upTo(5), 71)).toBe('contracted');
    expect(stateAt(deal, 91)).toBe('performed');
    expect(deal.lots[0]?.rounds[0]?.award?.rows).toEqual([{ supplier: { text: '甲公司' } }]);
  });

  test('a correction moves the deadline: the original no longer counts, and the deal stays open', () => {
    const deal = dealOf(
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 10, stage: 'correctionNotice', due: 30 },
      { on: 12, stage: 'clarification' },
    );
    expect(stateAt(deal, 25)).toBe('open');
    expect(deal.lots[0]?.rounds[0]?.deadline?.noticeId).toBe('n001');
    expect(deal.superseded).toEqual([{ noticeId: 'n000', byNoticeId: 'n001', how: 'deadline' }]);
    expect(stateAt(deal, 30)).toBe('closed');
  });

  test('a suspended tender is not open, and goes on with the deadline that its resumption gives', () => {
    const suspended: Given[] = [
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 10, stage: 'suspensionNotice' },
    ];
    expect(stateAt(dealOf(...suspended), 15)).toBe('suspended');
    expect(stateAt(dealOf(...suspended), 25)).toBe('suspended');
    const resumed = dealOf(...suspended, { on: 26, stage: 'resumptionNotice', due: 40 });
    expect(stateAt(resumed, 30)).toBe('open');
    expect(stateAt(resumed, 41)).toBe('closed');
  });

  test('a suspension of the publicity ends where it began', () => {
    const deal = dealOf(
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 21, stage: 'candidateNotice' },
      { on: 22, stage: 'suspensionNotice' },
    );
    expect(stateAt(deal, 40)).toBe('suspended');
    expect(dealStandingAt(toDeal([]), day(1))).toBeNull();
  });

  test('a failed tender that is called anew is a second round, with its own deadline', () => {
    const deal = dealOf(
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 21, stage: 'failureNotice' },
      { on: 30, stage: 'tenderNotice', due: 50, title: '某项目（二次）招标公告' },
    );
    expect(deal.lots[0]?.rounds.map(({ number, noticeIds }) => [number, noticeIds])).toEqual([
      [1, ['n000', 'n001']],
      [2, ['n002']],
    ]);
    expect(stateAt(deal, 40)).toBe('open');
    expect(deal.superseded).toEqual([{ noticeId: 'n000', byNoticeId: 'n002', how: 'round' }]);
  });

  test('a failure and a new call of the same day are told apart', () => {
    const deal = dealOf(
      { on: 30, stage: 'tenderNotice', due: 50, title: '某项目第二次招标公告' },
      { on: 0, stage: 'tenderNotice', due: 20 },
      { on: 30, stage: 'failureNotice' },
    );
    expect(stateAt(deal, 31)).toBe('open');
  });

  test('lots go their own ways: one is awarded, one fails and is called anew, one is open', () => {
    const deal = dealOf(
      { on: 0, stage: 'tenderNotice', due: 20, lots: ['第1包', '第2包', '第3包'] },
      { on: 21, stage: 'awardNotice', lots: ['1'], supplier: '甲公司' },
      { on: 21, stage: 'failureNotice', lots: ['2'] },
      { on: 30, stage: 'tenderNotice', due: 45, lots: ['包2'] },
    );
    expect(lotsAt(deal, 31)).toEqual({ 1: 'awarded', 2: 'open', 3: 'closed' });
    expect(stateAt(deal, 31)).toBe('open');
    expect(deal.lots[0]?.rounds[0]?.award?.rows).toHaveLength(1);
  });

  test('a deal of failed lots has failed; one lot that goes on keeps it going', () => {
    const lots = ['1', '2'];
    const failed: Given[] = [
      { on: 0, stage: 'tenderNotice', due: 20, lots },
      { on: 21, stage: 'failureNotice', lots: ['1'] },
    ];
    expect(stateAt(dealOf(...failed), 22)).toBe('closed');
    expect(stateAt(dealOf(...failed, { on: 22, stage: 'terminationNotice', lots: ['2'] }), 23)).toBe('failed');
  });
});

describe('random courses', () => {
  test('agree with a slow telling, at any time and for any lot', () => {
    fc.assert(
      fc.property(course, fc.integer({ min: 0, max: 200 }), (given, at) => {
        const notices = given.map(notice);
        const ordered = toDealOrder(notices);
        const deal = toDeal(notices);
        const now = day(at);
        for (const lot of deal.lots) {
          expect(lotStandingAt(lot, now)?.state).toBe(tellLot(ordered, lot.key, now).state);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('do not depend on the order in which their notices arrive', () => {
    fc.assert(
      fc.property(course, fc.infiniteStream(fc.nat()), (given, keys) => {
        const notices = given.map(notice);
        const shuffled = notices.map((entry) => [keys.next().value ?? 0, entry] as const).sort((a, b) => a[0] - b[0]);
        expect(JSON.stringify(toDeal(shuffled.map(([, entry]) => entry)))).toBe(JSON.stringify(toDeal(notices)));
      }),
      { numRuns: 300 },
    );
  });

  test('every notice but plans stands in a round of every lot that it is about, once', () => {
    fc.assert(
      fc.property(course, (given) => {
        const notices = given.map(notice);
        const deal = toDeal(notices);
        for (const lot of deal.lots) {
          const ids = lot.rounds.flatMap(({ noticeIds }) => noticeIds);
          expect(new Set(ids).size).toBe(ids.length);
          const own = notices.filter(({ stage, facts }) => {
            const rows = facts.lots?.entries ?? [];
            return EFFECTS[stage] !== 'plan' && (rows.length === 0 || rows.some((row) => row.lot?.text === lot.key));
          });
          expect([...ids].sort()).toEqual(own.map(({ id }) => id).sort());
        }
      }),
      { numRuns: 300 },
    );
  });
});
