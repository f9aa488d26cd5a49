import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAfter } from '#src/domain/calendar/holiday-plans.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { feeOfItem, feeOfPages } from '#src/domain/foi/fees.ts';
import { LETTER_KEYS } from '#src/domain/foi/letter-kinds.ts';
import { REVIEW_KIND_KEYS, REVIEW_OUTCOME_KEYS, toTableFour } from '#src/domain/foi/reviews.ts';
import { FOI_STEP_KEYS, foiStep } from '#src/domain/foi/steps.ts';
import { isProposed } from '#src/domain/foi/topics.ts';
import { looksLike } from '#src/domain/foi/triage.ts';
import { NEXT_EVENTS, standingOf } from '#src/domain/participation/case.ts';
import { describeSegment, PAUSE_CAUSE_KEYS, type Pause, runClock } from '#src/domain/participation/clock.ts';
import { personalFault } from '#src/domain/participation/screening.ts';

const calendar = createWorkingCalendar();
const addDay = (day: string, count: number): string =>
  Array.from({ length: count }).reduce<string>((date) => dayAfter(date), day);

describe('fees', () => {
  test('follow the scale of 国办函〔2020〕109号', () => {
    expect([1, 10, 11, 30, 31, 40, 41, 51].map(feeOfItem)).toEqual([
      ...[0, 0, 10_000, 10_000, 20_000, 20_000, 30_000, 40_000],
    ]);
    expect([30, 31, 100, 101, 200, 201].map(feeOfPages)).toEqual([0, 1_000, 70_000, 72_000, 270_000, 274_000]);
  });

  test('never fall as more is asked for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_000 }), (count) => {
        expect(feeOfItem(count + 1)).toBeGreaterThanOrEqual(feeOfItem(count));
        expect(feeOfPages(count + 1)).toBeGreaterThanOrEqual(feeOfPages(count));
      }),
    );
  });
});

describe('triage', () => {
  test('knows what asks for no document, and leaves the rest alone', () => {
    expect(looksLike('请问怎么报名？')).toBe('question');
    expect(looksLike('我要举报某公司串标')).toBe('tipOff');
    expect(looksLike('某项目的验收报告')).toBeNull();
    expect(looksLike('请问能否提供某项目的合同？')).toBeNull();
    expect(looksLike('举报处理决定书')).toBeNull();
    expect(looksLike('2025 年场地使用的数据')).toBeNull();
  });
});

describe('topics', () => {
  test('are proposed from the second request on, until something is decided', () => {
    expect(isProposed({ requests: 1, decision: null })).toBe(false);
    expect(isProposed({ requests: 2, decision: null })).toBe(true);
    expect(isProposed({ requests: 9, decision: 'decline' })).toBe(false);
  });
});

describe('the steps of a request', () => {
  test('each may be taken in some open state, and every letter goes out with something', () => {
    const reachable = new Set(Object.values(NEXT_EVENTS).flat());
    for (const step of FOI_STEP_KEYS) expect(reachable.has(foiStep(step).event), step).toBe(true);
    const written = new Set<string>(FOI_STEP_KEYS.flatMap((step) => foiStep(step).letter ?? []));
    expect(LETTER_KEYS.filter((kind) => !written.has(kind))).toEqual(['extension', 'receipt']);
  });

  test('a fee that is waited for stops the clock, and starts it anew when it is paid', () => {
    const paid = standingOf(
      { kind: 'disclosureRequest', receivedOn: '2025-03-03' },
      [
        { kind: 'accepted', on: '2025-03-04' },
        { kind: 'paused', on: '2025-03-06', cause: 'fee' },
        { kind: 'resumed', on: '2025-03-12' },
      ],
      calendar,
      '2025-03-13',
    );
    expect(paid.clock.due).toBe(runClock(calendar, { start: '2025-03-12', limit: { count: 20, unit: 'wd' } }).due);
    expect(paid.clock.segments.map(describeSegment)).toEqual([
      '2025-03-04 至 2025-03-06：重新起算前，不计入',
      '2025-03-07 至 2025-03-12：等候缴费，暂停',
      `2025-03-13 至 ${paid.clock.due}：计入期限`,
    ]);
  });

  test('a correction that came on paper makes the request run again', () => {
    const events = [
      { kind: 'asked', on: '2025-03-04' },
      { kind: 'resumed', on: '2025-03-10' },
    ] as const;
    const standing = standingOf(
      { kind: 'disclosureRequest', receivedOn: '2025-03-03' },
      events,
      calendar,
      '2025-03-11',
    );
    expect([standing.state, standing.clock.start]).toEqual(['accepted', '2025-03-10']);
  });
});

describe('segments', () => {
  test('cover every day from the receipt to the last without a gap, whatever is waited for', () => {
    const start = '2025-01-06';
    const pause = fc
      .tuple(fc.constantFrom(...PAUSE_CAUSE_KEYS), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 15 }))
      .map(([cause, offset, length]): Pause => {
        const from = addDay(start, offset);
        return { cause, from, until: addDay(from, length) };
      });
    fc.assert(
      fc.property(fc.array(pause, { maxLength: 3 }), (pauses) => {
        const { segments, due } = runClock(calendar, { start, limit: { count: 20, unit: 'wd' }, pauses });
        expect(segments[0]?.from).toBe(dayAfter(start));
        expect(segments.at(-1)?.until).toBe(due);
        for (const [index, { from }] of segments.entries()) {
          const last = segments[index - 1]?.until;
          if (last) expect(from).toBe(dayAfter(last));
        }
      }),
    );
  });
});

describe('table four', () => {
  test('adds up, and carries what has not ended from year to year', () => {
    const review = fc.record({
      kind: fc.constantFrom(...REVIEW_KIND_KEYS),
      filedOn: fc.integer({ min: 0, max: 700 }).map((offset) => addDay('2023-01-01', offset)),
      wait: fc.option(fc.integer({ min: 0, max: 500 }), { nil: null }),
      outcome: fc.constantFrom(...REVIEW_OUTCOME_KEYS),
    });
    fc.assert(
      fc.property(fc.array(review, { maxLength: 30 }), (drawn) => {
        const reviews = drawn.map(({ kind, filedOn, wait, outcome }) => ({
          ...{ kind, filedOn, outcome: wait === null ? null : outcome },
          decidedOn: wait === null ? null : addDay(filedOn, wait),
        }));
        for (const year of [2023, 2024, 2025]) {
          const [table, next] = [toTableFour(reviews, year), toTableFour(reviews, year + 1)];
          for (const kind of REVIEW_KIND_KEYS) {
            const { upheld, corrected, other, pending, total } = table[kind];
            expect(upheld + corrected + other + pending).toBe(total);
            const filedLater = reviews.filter((each) => each.kind === kind && each.filedOn.startsWith(`${year + 1}`));
            expect(next[kind].total).toBe(pending + filedLater.length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the screening of what becomes public', () => {
  test('finds numbers, names and what the person wrote of themselves, and lets offices be named', () => {
    expect(personalFault('请打 13800138000')).toContain('手机号');
    expect(personalFault('王小明先生的项目')).toContain('姓名');
    expect(personalFault('我叫李明，想问报名')).toContain('姓名');
    expect(personalFault('由演示建设公司办理', ['演示 建设公司'])).toContain('提交人');
    expect(personalFault('请到曲阜市财政局窗口办理')).toBeNull();
    expect(personalFault('先在交易系统注册并办理数字证书。', ['李明'])).toBeNull();
  });
});
