import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, isWorkingDay, workingDaysBetween } from '#src/domain/holidays.ts';
import { startOfDay } from '#src/domain/time.ts';

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
    expect(addWorkingDays(startOfDay('2026-09-30'), 2)).toBe(startOfDay('2026-10-09'));
    expect(addWorkingDays(startOfDay('2026-09-30'), 3)).toBe(startOfDay('2026-10-10'));
  });

  it('leave out the first day and count the last', () => {
    expect(workingDaysBetween(startOfDay('2026-06-15'), startOfDay('2026-06-18'))).toBe(3);
    expect(workingDaysBetween(startOfDay('2026-06-18'), startOfDay('2026-06-15'))).toBe(0);
  });

  it('cannot be computed past the last known plan', () => {
    expect(addWorkingDays(startOfDay('2026-12-30'), 5)).toBeUndefined();
    expect(workingDaysBetween(startOfDay('2026-12-30'), startOfDay('2027-01-10'))).toBeUndefined();
  });

  it('are inverse to each other', () => {
    const day = fc
      .integer({ min: 0, max: 2200 })
      .map((n) => new Date(Date.UTC(2020, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (date, count) => {
        const start = startOfDay(date);
        const end = addWorkingDays(start, count);
        expect(end && workingDaysBetween(start, end)).toBe(count);
      }),
    );
  });
});
