import { formatDate, type Instant, startOfDay } from '../time/time.ts';
import { BUILT_IN_PLANS, dayAfter, type HolidayPlan, isWeekend } from './holiday-plans.ts';

/** Which days are worked, as far as the holiday plans on record say. */
export interface WorkingCalendar {
  /** Whether a Shanghai day (`YYYY-MM-DD`) is a working day; undefined when its year's plan is not on record. */
  isWorkingDay(date: string): boolean | undefined;
  /** Whether a day lies beyond the last plan: its plan is still to come, where one of an earlier year is not on record. */
  isAhead(date: string): boolean;
}

/** A calendar over the built-in holiday plans and further ones; of two plans for a year the further one counts. */
export function createWorkingCalendar(further: readonly HolidayPlan[] = []): WorkingCalendar {
  const replaced = new Set(further.map(({ year }) => year));
  const plans = [...BUILT_IN_PLANS.filter(({ year }) => !replaced.has(year)), ...further];
  const years = new Set(plans.map(({ year }) => String(year)));
  const lastDay = `${Math.max(...plans.map(({ year }) => year))}-12-31`;
  const off = new Set(plans.flatMap((plan) => plan.off));
  const worked = new Set(plans.flatMap((plan) => plan.worked));
  return {
    isWorkingDay(date) {
      if (!years.has(date.slice(0, 4))) return undefined;
      return worked.has(date) || !(off.has(date) || isWeekend(date));
    },
    isAhead: (date) => date > lastDay,
  };
}

/** The end of a time limit in working days. */
export interface LimitEnd {
  /** First instant of its last day: that day itself, or the earliest one that it can turn out to be. */
  at: Instant;
  /** False when a year lies in between whose holiday plan the State Council has not published yet. */
  isCertain: boolean;
}

/** Days that are off in every year (全国年节及纪念日放假办法, 2024): no plan can make them worked. */
export const ALWAYS_OFF = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

/**
 * The `count`-th working day after an instant; the day itself does not count (民法典 201). Beyond the last plan any day
 * may turn out to be worked, weekends included, but the fixed holidays: the end is then not before the day given.
 * Undefined when a year is crossed whose plan is not on record.
 */
export function addWorkingDays(calendar: WorkingCalendar, instant: Instant, count: number): LimitEnd | undefined {
  let date = formatDate(instant);
  let isCertain = true;
  for (let left = count; left > 0; ) {
    date = dayAfter(date);
    const working = calendar.isWorkingDay(date);
    if (working === undefined) {
      if (!calendar.isAhead(date)) return undefined;
      isCertain = false;
    }
    if (working ?? !ALWAYS_OFF.has(date.slice(5))) left--;
  }
  return { at: startOfDay(date), isCertain };
}

/**
 * Working days from one instant to another: the first day does not count, the last one does. 0 when `to` is not later.
 * Undefined when a year without a known holiday plan lies between.
 */
export function workingDaysBetween(calendar: WorkingCalendar, from: Instant, to: Instant): number | undefined {
  const last = formatDate(to);
  let count = 0;
  for (let date = dayAfter(formatDate(from)); date <= last; date = dayAfter(date)) {
    const working = calendar.isWorkingDay(date);
    if (working === undefined) return undefined;
    if (working) count++;
  }
  return count;
}
