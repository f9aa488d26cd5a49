import { formatDate, type Instant, startOfDay } from './time.ts';

interface YearPlan {
  /** Days off, as `MM-DD` or `MM-DD/MM-DD`; weekends inside are harmless. */
  off: readonly string[];
  /** Weekend days worked instead. */
  worked: readonly string[];
}

/** Holiday plans of the State Council's General Office 国务院办公厅节假日安排, one entry a year. Unknown years are refused. */
const YEARS: Record<number, YearPlan> = {
  2020: {
    // 国办发明电〔2020〕1号 prolonged the Spring Festival to 2 February.
    off: ['01-01', '01-24/02-02', '04-04/04-06', '05-01/05-05', '06-25/06-27', '10-01/10-08'],
    worked: ['01-19', '04-26', '05-09', '06-28', '09-27', '10-10'],
  },
  2021: {
    off: ['01-01/01-03', '02-11/02-17', '04-03/04-05', '05-01/05-05', '06-12/06-14', '09-19/09-21', '10-01/10-07'],
    worked: ['02-07', '02-20', '04-25', '05-08', '09-18', '09-26', '10-09'],
  },
  2022: {
    off: ['01-01/01-03', '01-31/02-06', '04-03/04-05', '04-30/05-04', '06-03/06-05', '09-10/09-12', '10-01/10-07'],
    worked: ['01-29', '01-30', '04-02', '04-24', '05-07', '10-08', '10-09'],
  },
  2023: {
    off: ['01-01/01-02', '01-21/01-27', '04-05', '04-29/05-03', '06-22/06-24', '09-29/10-06'],
    worked: ['01-28', '01-29', '04-23', '05-06', '06-25', '10-07', '10-08'],
  },
  2024: {
    off: ['01-01', '02-10/02-17', '04-04/04-06', '05-01/05-05', '06-10', '09-15/09-17', '10-01/10-07'],
    worked: ['02-04', '02-18', '04-07', '04-28', '05-11', '09-14', '09-29', '10-12'],
  },
  2025: {
    off: ['01-01', '01-28/02-04', '04-04/04-06', '05-01/05-05', '05-31/06-02', '10-01/10-08'],
    worked: ['01-26', '02-08', '04-27', '09-28', '10-11'],
  },
  2026: {
    off: ['01-01/01-03', '02-15/02-23', '04-04/04-06', '05-01/05-05', '06-19/06-21', '09-25/09-27', '10-01/10-07'],
    worked: ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'],
  },
};

/** Whether a Shanghai calendar day is a working day; undefined when the year's holiday plan is not on record. */
export function isWorkingDay(date: string): boolean | undefined {
  const plan = YEARS[Number(date.slice(0, 4))];
  if (!plan) return undefined;
  const day = date.slice(5);
  if (plan.worked.includes(day)) return true;
  if (plan.off.some((range) => inRange(day, range))) return false;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

function inRange(day: string, range: string): boolean {
  const [first = '', last = first] = range.split('/');
  return day >= first && day <= last;
}

const nextDay = (date: string, step = 1) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + step * 86_400_000).toISOString().slice(0, 10);

/**
 * The first instant of the `count`-th working day after an instant; the day itself does not count (民法典 201).
 * Undefined when a year without a known holiday plan is reached.
 */
export function addWorkingDays(instant: Instant, count: number): Instant | undefined {
  let date = formatDate(instant);
  for (let left = count; left > 0; ) {
    date = nextDay(date);
    const working = isWorkingDay(date);
    if (working === undefined) return undefined;
    if (working) left--;
  }
  return startOfDay(date);
}

/**
 * Working days from one instant to another: the first day does not count, the last one does. 0 when `to` is not later.
 * Undefined when a year without a known holiday plan lies between.
 */
export function workingDaysBetween(from: Instant, to: Instant): number | undefined {
  const last = formatDate(to);
  let count = 0;
  for (let date = nextDay(formatDate(from)); date <= last; date = nextDay(date)) {
    const working = isWorkingDay(date);
    if (working === undefined) return undefined;
    if (working) count++;
  }
  return count;
}
