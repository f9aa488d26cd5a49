import { describe, expect, it } from 'vitest';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import { limitEnd, TIME_LIMITS, type TimeLimitId, verifyLimit } from '#src/domain/projects/time-limits.ts';
import { startOfDay } from '#src/domain/time/time.ts';

const calendar = createWorkingCalendar();
const DAY_MS = 86_400_000;

/** Days, unit and direction of every rule, copied from the instruments and not from the code. */
const STATUTORY: Record<TimeLimitId, [days: number, unit: 'cd' | 'wd', comparison: 'atLeast' | 'atMost']> = {
  'C-01': [5, 'cd', 'atLeast'],
  'C-03': [20, 'cd', 'atLeast'],
  'C-04': [15, 'cd', 'atLeast'],
  'C-05': [10, 'cd', 'atLeast'],
  'C-06': [3, 'cd', 'atMost'],
  'C-07': [3, 'cd', 'atLeast'],
  'C-08': [30, 'cd', 'atMost'],
  'G-01': [30, 'cd', 'atLeast'],
  'G-03': [5, 'wd', 'atLeast'],
  'G-04': [20, 'cd', 'atLeast'],
  'G-05': [15, 'cd', 'atLeast'],
  'G-07': [5, 'wd', 'atLeast'],
  'G-08': [3, 'wd', 'atLeast'],
  'G-09': [10, 'cd', 'atLeast'],
  'G-11': [2, 'wd', 'atMost'],
  'G-12': [30, 'cd', 'atMost'],
  'G-13': [2, 'wd', 'atMost'],
  'G-15': [7, 'wd', 'atMost'],
  'L-01': [20, 'cd', 'atLeast'],
  'L-03': [10, 'wd', 'atMost'],
  'D-01': [20, 'wd', 'atMost'],
  'P-01': [20, 'wd', 'atLeast'],
  'P-04a': [10, 'wd', 'atLeast'],
  'P-04b': [20, 'wd', 'atLeast'],
  'P-07': [5, 'wd', 'atLeast'],
};

/** Starts with no holiday and no moved working day in the seven weeks after them: every weekday is a working day. */
const STARTS = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-06', '2026-07-07'];

/** The day so many days after another, counted without the product's calendar. */
function dayAfter(start: string, days: number, unit: 'cd' | 'wd'): string {
  let time = Date.parse(`${start}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    time += DAY_MS;
    const weekday = new Date(time).getUTCDay();
    if (unit === 'cd' || (weekday !== 0 && weekday !== 6)) left--;
  }
  return new Date(time).toISOString().slice(0, 10);
}

/** The last minute of a day in Shanghai. */
const endOfDay = (day: string) => new Date(Date.parse(startOfDay(day)) + DAY_MS - 60_000).toISOString();

describe('the statutory day itself', () => {
  it('is known for every rule', () => {
    expect(Object.keys(STATUTORY).sort()).toEqual(Object.keys(TIME_LIMITS).sort());
  });

  describe.each(Object.entries(STATUTORY) as [TimeLimitId, (typeof STATUTORY)[TimeLimitId]][])(
    '%s',
    (id, [days, unit, comparison]) => {
      const isAtLeast = comparison === 'atLeast';
      const check = (start: string, end: string) => verifyLimit(id, start, end, calendar);

      it.each(STARTS)('is enough from %s on, at whatever hours', (start) => {
        const last = dayAfter(start, days, unit);
        for (const from of [startOfDay(start), endOfDay(start)])
          for (const to of [startOfDay(last), endOfDay(last)])
            expect(check(from, to)).toMatchObject({ state: 'met', actual: days });
      });

      it.each(STARTS)('one day less or more is not the same, from %s on', (start) => {
        const less = check(endOfDay(start), startOfDay(dayAfter(start, days - 1, unit)));
        const more = check(startOfDay(start), endOfDay(dayAfter(start, days + 1, unit)));
        expect([less.actual, more.actual]).toEqual([days - 1, days + 1]);
        expect([less.state, more.state]).toEqual(isAtLeast ? ['breached', 'met'] : ['met', 'breached']);
      });

      it('is the day on which the limit ends', () => {
        const end = limitEnd(id, startOfDay('2026-07-01'), calendar);
        expect(end).toEqual({ at: startOfDay(dayAfter('2026-07-01', days, unit)), isCertain: true });
      });

      it('is said as the law says it', () => {
        const unitWords = unit === 'cd' ? '日' : '个工作日';
        const { text } = check(startOfDay('2026-07-01'), startOfDay(dayAfter('2026-07-01', days, unit)));
        const words = isAtLeast ? '至少' : '至多';
        expect(text).toBe(`法定${words} ${days} ${unitWords}，实际 ${days} ${unitWords}`);
      });
    },
  );
});
