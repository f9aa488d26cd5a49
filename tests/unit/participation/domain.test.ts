import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayAfter } from '#src/domain/calendar/holiday-plans.ts';
import { createWorkingCalendar, type WorkingCalendar } from '#src/domain/calendar/working-days.ts';
import {
  APPLICANT_TYPE_KEYS,
  DISCLOSURE_DECISION_KEYS,
  DISCLOSURE_DECISIONS,
  TABLE_THREE_ROW_KEYS,
  toTableThree,
} from '#src/domain/disclosure/decisions.ts';
import { type CaseEvent, standingOf } from '#src/domain/participation/case.ts';
import { describeClock, isOverdue, PAUSE_CAUSE_KEYS, type Pause, runClock } from '#src/domain/participation/clock.ts';
import { toFigures, toLedgerSentence } from '#src/domain/participation/figures.ts';
import { fromKindSlug, SUBMISSION_KIND_KEYS, SUBMISSION_KINDS, toKindSlug } from '#src/domain/participation/kinds.ts';
import { RECEIPT_BITS, RECEIPT_BYTES, readReceiptCode, toReceiptCode } from '#src/domain/participation/receipt.ts';
import { ENTRANCE, questionsTo } from '#src/domain/participation/sorting.ts';

const calendar = createWorkingCalendar();
const addDay = (day: string, count: number): string =>
  Array.from({ length: count }).reduce<string>((date) => dayAfter(date), day);
const days2025 = fc.integer({ min: 0, max: 200 }).map((count) => addDay('2025-01-01', count));
const limits = fc.record({
  count: fc.integer({ min: 1, max: 30 }),
  unit: fc.constantFrom('wd' as const, 'cd' as const),
});

describe('receipt codes', () => {
  const codes = fc.uint8Array({ minLength: RECEIPT_BYTES, maxLength: RECEIPT_BYTES }).map(toReceiptCode);

  test('hold at least 80 random bits, in four groups of letters that nobody mistakes', () => {
    expect(RECEIPT_BITS).toBeGreaterThanOrEqual(80);
    fc.assert(fc.property(codes, (code) => /^(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/.test(code)));
  });

  test('are read however they are written', () => {
    fc.assert(
      fc.property(codes, fc.nat(), (code, seed) => {
        const styles = [
          code.toLowerCase(),
          code.replaceAll('-', ' '),
          code.replaceAll('-', '——'),
          code.replaceAll('1', 'l').replaceAll('0', 'o'),
          [...code]
            .map((letter) => (letter === '-' ? '' : String.fromCharCode(letter.charCodeAt(0) + 0xfee0)))
            .join(''),
        ];
        expect(readReceiptCode(styles[seed % styles.length] ?? '')).toEqual({ code });
      }),
    );
  });

  test('show one wrong character and two that are swapped, always', () => {
    const at = fc.nat({ max: 19 });
    fc.assert(
      fc.property(codes, at, fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (code, position, letter) => {
        const bare = [...code.replaceAll('-', '')];
        fc.pre(bare[position] !== letter);
        bare[position] = letter;
        expect(readReceiptCode(bare.join(''))).toEqual({ fault: 'checksum' });
      }),
    );
    fc.assert(
      fc.property(codes, fc.nat({ max: 16 }), (code, position) => {
        const bare = [...code.replaceAll('-', '')];
        const [a = '', b = ''] = [bare[position], bare[position + 1]];
        fc.pre(a !== b);
        bare.splice(position, 2, b, a);
        expect(readReceiptCode(bare.join(''))).toEqual({ fault: 'checksum' });
      }),
    );
    expect(readReceiptCode('ABC')).toEqual({ fault: 'length' });
    expect(readReceiptCode('UUUUU-UUUUU-UUUUU-UUUUU')).toEqual({ fault: 'letter' });
  });
});

describe('the entrance', () => {
  test('leads to every kind in at most two questions', () => {
    for (const kind of SUBMISSION_KIND_KEYS) expect([kind, questionsTo(kind)]).toEqual([kind, expect.any(Number)]);
    expect(Math.max(...SUBMISSION_KIND_KEYS.map((kind) => questionsTo(kind) ?? 9))).toBe(2);
    expect(Object.keys(ENTRANCE)).toHaveLength(7);
  });

  test('gives every kind an address of its own', () => {
    for (const kind of SUBMISSION_KIND_KEYS) expect(fromKindSlug(toKindSlug(kind))).toBe(kind);
    expect(fromKindSlug('nothing')).toBeUndefined();
  });

  test('asks whoever tips off for nothing about themselves', () => {
    const asked = SUBMISSION_KINDS.tipOff.fields.map(({ name }) => name);
    expect(asked).toEqual(['text', 'project']);
  });
});

describe('the clock', () => {
  const pauseAfter = (start: string) =>
    fc
      .tuple(fc.constantFrom(...PAUSE_CAUSE_KEYS), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 20 }))
      .map(([cause, offset, length]): Pause => {
        const from = addDay(start, offset);
        return { cause, from, until: addDay(from, length) };
      });
  const inputs = days2025.chain((start) =>
    fc.record({
      start: fc.constant(start),
      limit: limits,
      extension: fc.integer({ min: 0, max: 20 }),
      pauses: fc.array(pauseAfter(start), { maxLength: 3 }),
    }),
  );
  /** The same calendar with one more day off. */
  const withDayOff = (day: string): WorkingCalendar => ({
    isWorkingDay: (date) => (date === day ? false : calendar.isWorkingDay(date)),
    isAhead: (date) => calendar.isAhead(date),
  });

  test('counts as the law does, on known dates', () => {
    const wd = (start: string, count: number) => runClock(calendar, { start, limit: { count, unit: 'wd' } });
    // Spring Festival 2026: 15 to 23 February off, 14 and 28 worked.
    expect(wd('2026-02-12', 2).due).toBe('2026-02-14');
    expect(wd('2026-02-14', 5).due).toBe('2026-02-28');
    // Three calendar days that end on a day off end on the next working day.
    expect(runClock(calendar, { start: '2026-09-30', limit: { count: 3, unit: 'cd' } }).due).toBe('2026-10-08');
    expect(describeClock(wd('2026-02-14', 5))).toBe(
      '2026-02-14 起算（当日不计），2026-02-24 为第 1 个工作日，第 5 个工作日为 2026-02-28，其间周末 3 天、法定节假日 6 天不计。',
    );
  });

  test('beyond the last plan says the earliest day, and that it hangs on the plan', () => {
    const clock = runClock(calendar, { start: '2026-12-20', limit: { count: 20, unit: 'wd' } });
    expect(clock.isCertain).toBe(false);
    expect(describeClock(clock)).toContain('待国务院公布放假安排后确定');
    expect(isOverdue(clock, '2027-12-31')).toBe(false);
  });

  test('never ends earlier for a holiday', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 0, max: 300 }), (input, offset) => {
        const before = runClock(calendar, input).due ?? '';
        const after = runClock(withDayOff(addDay('2025-01-01', offset)), input).due ?? '';
        expect(after >= before).toBe(true);
      }),
    );
  });

  test('is the same for a pause that is split in two, and for pauses in any order', () => {
    fc.assert(
      fc.property(inputs, fc.integer({ min: 0, max: 20 }), (input, cut) => {
        const due = runClock(calendar, input).due;
        const split = input.pauses.flatMap(({ cause, from, until }) => {
          const middle = addDay(from, cut);
          if (until === null || middle >= until) return [{ cause, from, until }];
          return [
            { cause, from, until: middle },
            { cause, from: middle, until },
          ];
        });
        expect(runClock(calendar, { ...input, pauses: split }).due).toBe(due);
        expect(runClock(calendar, { ...input, pauses: input.pauses.toReversed() }).due).toBe(due);
      }),
    );
  });

  test('is not shortened by a pause or an extension, and counts each day of the limit once', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const clock = runClock(calendar, input);
        const bare = runClock(calendar, { ...input, pauses: [], extension: 0 });
        expect((clock.due ?? '') >= (bare.due ?? '')).toBe(true);
        const numbers = clock.days.flatMap(({ number }) => (number === null ? [] : [number]));
        expect(numbers).toEqual(Array.from({ length: clock.total }, (_, index) => index + 1));
        expect(clock.days.at(-1)?.date).toBe(clock.due);
        // Its segments lie one after the other, without a gap.
        for (const [index, { from }] of clock.segments.entries()) {
          const last = clock.segments[index - 1]?.until;
          if (last) expect(from).toBe(dayAfter(last));
        }
      }),
    );
  });

  test('stands still while something is waited for', () => {
    const clock = runClock(calendar, {
      start: '2025-03-03',
      limit: { count: 20, unit: 'wd' },
      pauses: [{ cause: 'thirdParty', from: '2025-03-05', until: null }],
    });
    expect([clock.due, clock.waitsFor]).toEqual([null, 'thirdParty']);
  });

  test('begins anew when a correction comes in', () => {
    const pauses: Pause[] = [{ cause: 'correction', from: '2025-03-05', until: '2025-03-12' }];
    const limit = { count: 20, unit: 'wd' } as const;
    const clock = runClock(calendar, { start: '2025-03-03', limit, pauses });
    expect(clock.due).toBe(runClock(calendar, { start: '2025-03-12', limit }).due);
  });
});

describe('where a submission stands', () => {
  const at = (kind: keyof typeof SUBMISSION_KINDS, events: CaseEvent[], today: string) =>
    standingOf({ kind, receivedOn: '2025-03-03' }, events, calendar, today);

  test('is overdue by the day, and not once it is answered', () => {
    expect(at('consultation', [], '2025-03-10').isOverdue).toBe(false);
    expect(at('consultation', [], '2025-03-11').isOverdue).toBe(true);
    const answered = at('consultation', [{ kind: 'answered', on: '2025-03-20' }], '2025-05-01');
    expect([answered.state, answered.isOverdue, answered.endedOn]).toEqual(['answered', false, '2025-03-20']);
  });

  test('moved from the requests, has the time of its kind from that day on, and never more than the request had', () => {
    const moves = fc.record({
      start: days2025,
      offset: fc.integer({ min: 0, max: 40 }),
      to: fc.constantFrom('consultation' as const, 'tipOff' as const),
    });
    fc.assert(
      fc.property(moves, ({ start, offset, to }) => {
        const on = addDay(start, offset);
        const due = (kind: keyof typeof SUBMISSION_KINDS, events: CaseEvent[]) =>
          standingOf({ kind, receivedOn: start }, events, calendar, on).clock.due ?? '';
        const filed = due('disclosureRequest', []);
        const anew = runClock(calendar, { start: on, limit: SUBMISSION_KINDS[to].limit }).due ?? '';
        expect(due(to, [{ kind: 'rerouted', on }])).toBe([anew, filed].toSorted()[0]);
      }),
    );
  });

  test('runs a complaint first to its acceptance, then to its decision', () => {
    expect(at('complaint', [], '2025-03-04').clock.due).toBe('2025-03-06');
    const accepted = at('complaint', [{ kind: 'accepted', on: '2025-03-06' }], '2025-03-07');
    expect(accepted.clock.due).toBe(runClock(calendar, { start: '2025-03-06', limit: { count: 30, unit: 'wd' } }).due);
  });

  test('waits for a correction of a request alone, and stays transferred while questions are asked', () => {
    const asked: CaseEvent[] = [{ kind: 'asked', on: '2025-03-04' }];
    expect(at('disclosureRequest', asked, '2025-03-05').clock.waitsFor).toBe('correction');
    expect(at('consultation', asked, '2025-03-05').clock.due).toBe('2025-03-10');
    const events: CaseEvent[] = [
      { kind: 'transferred', on: '2025-03-04', department: '曲阜市财政局' },
      { kind: 'asked', on: '2025-03-05' },
      { kind: 'replied', on: '2025-03-06' },
    ];
    const standing = at('complaint', events, '2025-03-07');
    expect([standing.state, standing.department]).toEqual(['transferred', '曲阜市财政局']);
  });
});

describe('figures', () => {
  test('tell the sentence of the report from entries', () => {
    const entries = [
      ...Array.from({ length: 29 }, () => ({ kind: 'hotlineCall' as const, count: 1 })),
      ...Array.from({ length: 8 }, () => ({ kind: 'complaintTransferred' as const, count: 1 })),
      { kind: 'bidderReferred' as const, count: 6 },
    ];
    expect(toLedgerSentence(entries)).toBe(
      '办理市长公开电话来件 29 起，转交质疑投诉 8 起，将涉嫌弄虚作假、围标串标的 6 家投标单位转相关行政监督部门。',
    );
    expect(toLedgerSentence([])).toBe('');
  });

  test('know the median, and nothing where nothing was answered', () => {
    const of = (days: (number | null)[]) =>
      toFigures(
        days.map((workingDays) => ({
          ...({ kind: 'consultation', county: 'qufu' } as const),
          ...{ workingDays, isOverdue: false, wasLate: false },
        })),
      );
    expect(of([3, null, 1, 10])).toMatchObject({ received: 4, answered: 3, medianDays: 3 });
    expect(of([1, 2]).medianDays).toBe(1.5);
    expect(of([null]).medianDays).toBeNull();
  });
});

describe('table three', () => {
  test('has a row for every decision, and a decision for every row', () => {
    const used = new Set(DISCLOSURE_DECISION_KEYS.map((key) => DISCLOSURE_DECISIONS[key].row));
    expect([...used].toSorted()).toEqual([...TABLE_THREE_ROW_KEYS].toSorted());
  });

  test('adds up in every column and row, over years', () => {
    const request = fc.record({
      applicant: fc.constantFrom(...APPLICANT_TYPE_KEYS),
      receivedOn: fc.integer({ min: 0, max: 900 }).map((offset) => addDay('2023-01-01', offset)),
      wait: fc.option(fc.integer({ min: 0, max: 400 }), { nil: null }),
      decision: fc.constantFrom(...DISCLOSURE_DECISION_KEYS),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 60 }), (drawn) => {
        const requests = drawn.map(({ applicant, receivedOn, wait, decision }) => ({
          ...{ applicant, receivedOn, decision: wait === null ? null : decision },
          decidedOn: wait === null ? null : addDay(receivedOn, wait),
        }));
        const years = [2023, 2024, 2025, 2026].map((year) => toTableThree(requests, year));
        for (const [index, table] of years.entries()) {
          for (const column of Object.values(table)) {
            expect(column.newReceived + column.carriedOver).toBe(column.totalProcessed + column.carriedForward);
            expect(Object.values(column.rows).reduce((sum, count) => sum + count, 0)).toBe(column.totalProcessed);
          }
          const parts = APPLICANT_TYPE_KEYS.map((type) => table[type]);
          for (const row of TABLE_THREE_ROW_KEYS)
            expect(parts.reduce((sum, { rows }) => sum + rows[row], 0)).toBe(table.total.rows[row]);
          if (index > 0) expect(table.total.carriedOver).toBe(years[index - 1]?.total.carriedForward);
        }
      }),
      { numRuns: 40 },
    );
  });
});
