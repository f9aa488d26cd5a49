import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHolidayPlans } from '#src/domain/calendar/holiday-plan-file.ts';
import { addWorkingDays, createWorkingCalendar, workingDaysBetween } from '#src/domain/calendar/working-days.ts';
import { startOfDay } from '#src/domain/time/time.ts';

const calendar = createWorkingCalendar();
const isWorkingDay = calendar.isWorkingDay;

/** An invented plan, not the State Council's. */
const PLAN = {
  year: 2027,
  papers: ['an invented document'],
  days: [
    { name: '元旦', date: '2027-01-01', isOffDay: true },
    { name: '元旦', date: '2027-01-02', isOffDay: true },
    { name: '元旦', date: '2027-01-03', isOffDay: true },
    { name: '元旦', date: '2027-01-09', isOffDay: false },
  ],
};

describe('isWorkingDay', () => {
  it.each([
    ['2026-02-14', true],
    ['2026-02-15', false],
    ['2026-02-23', false],
    ['2026-02-24', true],
    ['2026-06-13', false],
    ['2026-10-10', true],
    ['2024-02-09', true],
    ['2020-02-01', false],
    ['2022-12-31', false],
  ])('%s: %s', (date, expected) => expect(isWorkingDay(date)).toBe(expected));

  it('does not guess years without a plan', () => {
    expect(isWorkingDay('2027-03-01')).toBeUndefined();
    expect(isWorkingDay('2019-03-01')).toBeUndefined();
  });

  it('gives every known year 244 to 252 working days', () => {
    for (let year = 2020; year <= 2026; year++) {
      const first = Date.UTC(year, 0, 1);
      const days = Array.from({ length: 366 }, (_, index) =>
        new Date(first + index * 86_400_000).toISOString().slice(0, 10),
      );
      const working = days.filter((day) => day.startsWith(String(year)) && isWorkingDay(day)).length;
      expect(working, String(year)).toBeGreaterThanOrEqual(244);
      expect(working, String(year)).toBeLessThanOrEqual(252);
    }
  });
});

describe('working days', () => {
  it('jump over the National Day week and count the worked weekend', () => {
    expect(addWorkingDays(calendar, startOfDay('2026-09-30'), 2)?.at).toBe(startOfDay('2026-10-09'));
    expect(addWorkingDays(calendar, startOfDay('2026-09-30'), 3)?.at).toBe(startOfDay('2026-10-10'));
  });

  it('leave out the first day and count the last', () => {
    expect(workingDaysBetween(calendar, startOfDay('2026-06-15'), startOfDay('2026-06-18'))).toBe(3);
    expect(workingDaysBetween(calendar, startOfDay('2026-06-18'), startOfDay('2026-06-15'))).toBe(0);
  });

  it('cannot be computed past the last known plan', () => {
    expect(addWorkingDays(calendar, startOfDay('2019-12-20'), 5)).toBeUndefined();
    expect(workingDaysBetween(calendar, startOfDay('2026-12-30'), startOfDay('2027-01-10'))).toBeUndefined();
  });

  it('are inverse to each other', () => {
    const day = fc
      .integer({ min: 0, max: 2400 })
      .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (date, count) => {
        const start = startOfDay(date);
        const end = addWorkingDays(calendar, start, count);
        expect(end && workingDaysBetween(calendar, start, end.at)).toBe(count);
      }),
    );
  });
});

describe('a limit that reaches beyond the last plan', () => {
  it('ends not before the day that it would end on if every day but the fixed holidays were worked', () => {
    expect(addWorkingDays(calendar, startOfDay('2026-12-30'), 5)).toEqual({
      at: startOfDay('2027-01-05'),
      isCertain: false,
    });
    expect(addWorkingDays(calendar, startOfDay('2026-12-30'), 1)?.isCertain).toBe(true);
  });

  it('is never later than what any plan of that year makes of it', () => {
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(weekdays, fc.integer({ min: 1, max: 25 }), fc.integer({ min: 0, max: 20 }), (days, count, shift) => {
        const dates = days.map((day) => new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10));
        const isWeekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay());
        const plan = {
          year: 2027,
          off: ['2027-01-01', ...dates.filter((date) => !isWeekend(date))],
          worked: dates.filter(isWeekend),
        };
        const start = startOfDay(`2026-12-${String(11 + shift)}`);
        const earliest = addWorkingDays(calendar, start, count);
        const real = addWorkingDays(createWorkingCalendar([plan]), start, count);
        expect(real?.isCertain).toBe(true);
        expect((earliest?.at ?? '') <= (real?.at ?? '')).toBe(true);
        if (earliest?.isCertain) expect(real).toEqual(earliest);
      }),
    );
  });
});

describe('plans from a file', () => {
  it('extend the calendar by their years, one plan or a list of them', () => {
    for (const content of [PLAN, [PLAN]]) {
      const extended = createWorkingCalendar(parseHolidayPlans(content));
      expect(extended.isWorkingDay('2027-01-01')).toBe(false);
      expect(extended.isWorkingDay('2027-01-09')).toBe(true);
      expect(extended.isWorkingDay('2026-10-10')).toBe(true);
      expect(addWorkingDays(extended, startOfDay('2026-12-30'), 5)).toEqual({
        at: startOfDay('2027-01-07'),
        isCertain: true,
      });
    }
  });

  it('replace the built-in plan of their year', () => {
    const plan = { ...PLAN, year: 2026, days: [{ name: '元旦', date: '2026-01-02', isOffDay: true }] };
    const replaced = createWorkingCalendar(parseHolidayPlans(plan));
    expect(replaced.isWorkingDay('2026-10-01')).toBe(true);
    expect(replaced.isWorkingDay('2026-01-02')).toBe(false);
  });

  it.each<[string, object]>([
    ['names no document', { papers: [] }],
    ['knows no day', { days: [] }],
    ['works on a weekday', { days: [{ name: '元旦', date: '2027-01-04', isOffDay: false }] }],
    ['has a gap', { days: [PLAN.days[0], PLAN.days[2]] }],
    ['lists a day twice', { days: [PLAN.days[0], PLAN.days[0]] }],
    ['holds a day of another year', { days: [{ name: '元旦', date: '2026-01-01', isOffDay: true }] }],
    ['holds a day that does not exist', { days: [{ name: '元旦', date: '2027-02-30', isOffDay: true }] }],
  ])('are refused when one %s', (_, change) => {
    expect(() => parseHolidayPlans({ ...PLAN, ...change })).toThrow();
    expect(() => parseHolidayPlans([{ ...PLAN, ...change }])).toThrow();
  });

  it('are refused when a year is there twice', () => expect(() => parseHolidayPlans([PLAN, PLAN])).toThrow(/twice/));
});
