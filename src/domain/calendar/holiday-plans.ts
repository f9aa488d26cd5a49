/** The holiday plan of a year 国务院办公厅节假日安排. */
export interface HolidayPlan {
  year: number;
  /** Days off, as `YYYY-MM-DD`; weekends inside are harmless. */
  off: readonly string[];
  /** Weekend days worked instead, as `YYYY-MM-DD`. */
  worked: readonly string[];
}

interface YearPlan {
  /** Days off, as `MM-DD` or `MM-DD/MM-DD`. */
  off: readonly string[];
  worked: readonly string[];
}

/** The plans that the product brings along, one entry a year. */
const BUILT_IN: Record<number, YearPlan> = {
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

/** Holiday plans of the State Council's General Office that the product brings along: 2020 to 2026. */
export const BUILT_IN_PLANS: readonly HolidayPlan[] = Object.entries(BUILT_IN).map(([year, { off, worked }]) => ({
  year: Number(year),
  off: off.flatMap((range) => expand(year, range)),
  worked: worked.map((day) => `${year}-${day}`),
}));

function expand(year: string, range: string): string[] {
  const [first = '', last = first] = range.split('/');
  const days = [];
  for (let day = `${year}-${first}`; day <= `${year}-${last}`; day = dayAfter(day)) days.push(day);
  return days;
}

/** The calendar day after a `YYYY-MM-DD` day. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** Whether a `YYYY-MM-DD` day is a Saturday or a Sunday. */
export function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}
