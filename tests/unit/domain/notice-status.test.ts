import { describe, expect, test } from 'vitest';
import type { DealNotice } from '#src/domain/deals/deal.ts';
import { toDeal } from '#src/domain/deals/to-deal.ts';
import { readDecidingFacts } from '#src/domain/notices/deciding-values.ts';
import { toNoticeStatus } from '#src/domain/notices/notice-status.ts';
import type { Stage } from '#src/domain/stages.ts';
import { addDays, type Instant } from '#src/domain/time/time.ts';

const START = '2026-03-02T01:00:00.000Z';
const day = (days: number): Instant => addDays(START, days);

function notice(id: string, on: number, stage: Stage, more: Partial<DealNotice> = {}): DealNotice {
  return {
    id,
    title: '某项目公告',
    stage,
    publishedAt: day(on),
    lotCode: null,
    deadlineAt: null,
    deadlinePrecision: null,
    openingAt: null,
    openingPrecision: null,
    suppliers: [],
    amountFen: null,
    amountKind: null,
    facts: {},
    ...more,
  };
}

const due = (days: number) => ({ deadlineAt: day(days), deadlinePrecision: 'minute' as const });
const CALL = notice('call', 0, 'tenderNotice', due(20));

/** Where a notice of a course stands on a day. */
function statusOf(id: string, course: DealNotice[], on: number) {
  const found = course.find((one) => one.id === id);
  if (!found) throw new Error(`no ${id}`);
  return toNoticeStatus(toDeal(course), found, course, day(on));
}

describe('where a notice stands', () => {
  test('a call is open until its deadline, then closed', () => {
    expect(statusOf('call', [CALL], 1).standing?.state).toBe('open');
    expect(statusOf('call', [CALL], 1).deadline?.at).toBe(day(20));
    expect(statusOf('call', [CALL], 1).moved).toBeNull();
    expect(statusOf('call', [CALL], 21).standing?.state).toBe('closed');
  });

  test('a moved deadline is told on the call and on what moved it, the last word counting', () => {
    const course = [CALL, notice('one', 3, 'correctionNotice', due(25)), notice('two', 5, 'correctionNotice', due(30))];
    const { moved, deadline } = statusOf('call', course, 22);
    expect(moved).toMatchObject({ from: { at: day(20) }, to: { at: day(30) }, otherId: 'two', isOwn: false });
    expect(deadline?.at).toBe(day(30));
    expect(statusOf('call', course, 22).standing?.state).toBe('open');
    expect(statusOf('one', course, 22).moved).toMatchObject({ from: { at: day(25) }, otherId: 'two', isOwn: false });
    expect(statusOf('two', course, 22).moved).toMatchObject({
      from: { at: day(25) },
      to: { at: day(30) },
      isOwn: true,
    });
  });

  test('a correction of other things moves nothing', () => {
    const course = [CALL, notice('one', 3, 'correctionNotice', due(20)), notice('two', 4, 'correctionNotice')];
    for (const id of ['call', 'one', 'two']) expect(statusOf(id, course, 5).moved, id).toBeNull();
  });

  test('what is suspended is not open, and is again once it is resumed', () => {
    const suspension = notice('stop', 4, 'suspensionNotice');
    expect(statusOf('call', [CALL, suspension], 5).standing).toMatchObject({ state: 'suspended', noticeId: 'stop' });
    const resumption = notice('go', 8, 'resumptionNotice', due(40));
    const { standing, moved } = statusOf('call', [CALL, suspension, resumption], 30);
    expect(standing?.state).toBe('open');
    expect(moved).toMatchObject({ to: { at: day(40) }, otherId: 'go' });
  });

  test('candidates stand in publicity until it ends, and what follows is awaited', () => {
    const course = [CALL, notice('rank', 21, 'candidateNotice')];
    expect(statusOf('rank', course, 22).standing?.state).toBe('publicity');
    expect(statusOf('rank', course, 22).publicityEndsAt).toBe('2026-03-26T16:00:00.000Z');
    expect(statusOf('rank', course, 26).standing?.state).toBe('closed');
    expect(statusOf('rank', course, 26).publicityEndsAt).toBeNull();
  });

  test('what was called anew names the call that counts', () => {
    const course = [CALL, notice('fail', 21, 'failureNotice'), notice('again', 25, 'tenderNotice', due(50))];
    expect(statusOf('call', course, 30)).toMatchObject({ calledAnewBy: 'again', deadline: { at: day(20) } });
    expect(statusOf('again', course, 30)).toMatchObject({ calledAnewBy: null, standing: { state: 'open' } });
  });

  test('a notice about one lot stands where that lot does', () => {
    const lots = (names: string[]) => ({
      facts: { lots: { text: '', entries: names.map((text) => ({ lot: { text } })) } },
    });
    const course = [
      notice('call', 0, 'tenderNotice', { ...due(20), ...lots(['第1包', '第2包']) }),
      notice('fail', 21, 'failureNotice', lots(['第2包'])),
      notice('award', 25, 'awardNotice', lots(['第1包'])),
    ];
    expect(statusOf('fail', course, 30).standing?.state).toBe('failed');
    expect(statusOf('award', course, 30).standing?.state).toBe('awarded');
    expect(statusOf('call', course, 30).standing?.state).toBe('awarded');
  });
});

describe('the five facts as they are shown', () => {
  const NONE = { lots: 1, word: '包', first: null };
  const tender = {
    category: 'construction',
    stage: 'tenderNotice',
    buyer: '甲局',
    suppliers: [] as string[],
    tenderers: [] as string[],
    lots: NONE,
  } as const;

  test('say what is known in the words of the notice, exact where the short is rounded, and name what is not', () => {
    const { known, missing } = readDecidingFacts({
      ...tender,
      facts: {
        ceilingPrice: { text: '314.5237万元', fen: 314_523_700 },
        budget: { text: '320万元', fen: 320_000_000 },
        contractPeriod: { text: '90日历天' },
      },
    });
    expect(known).toEqual([
      {
        key: 'ceilingPrice',
        label: '招标控制价',
        text: '314.52 万元',
        details: ['3,145,237.00 元', '合同估算价 320 万元'],
      },
      { key: 'contractPeriod', label: '工期', text: '90日历天', details: [] },
    ]);
    expect(missing).toEqual(['投标截止时间', '投标保证金', '招标文件获取时间']);
  });

  test('a doubtful fact keeps its words and its doubt', () => {
    const { known } = readDecidingFacts({ ...tender, facts: { deposit: { text: '2 万或 3 万', doubt: 'several' } } });
    expect(known).toEqual([
      { key: 'deposit', label: '投标保证金', text: '2 万或 3 万', details: [], doubt: 'several' },
    ]);
  });

  test('of several parcels the range, of one value that value', () => {
    const parcel = (fen: number) => ({ startPrice: { text: `${fen}`, fen }, landUse: { text: '工业用地' } });
    const { known } = readDecidingFacts({
      ...tender,
      category: 'land',
      stage: 'landOffering',
      lots: { lots: 2, word: '宗', first: null },
      facts: { parcels: { text: '', entries: [parcel(120_000_000), parcel(100_000_000)] } },
    });
    expect(known).toEqual([
      { key: 'startPrice', label: '出让起始价', text: '100 万元—120 万元', details: ['共 2 宗，见下表'] },
      { key: 'landUse', label: '土地用途', text: '工业用地', details: [] },
    ]);
  });
});
