/** Calendar arithmetic on `YYYY-MM-DD` days. Working days are Monday to Friday: the demonstration knows no holidays. */
export type Day = string;

const DAY_MS = 86_400_000;

/** The day `count` calendar days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** True from Monday to Friday. */
export function isWorkday(day: Day): boolean {
  const weekday = new Date(day).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The day itself, or the next Monday when it falls on a weekend. */
export function toWorkday(day: Day): Day {
  let result = day;
  while (!isWorkday(result)) result = addDays(result, 1);
  return result;
}

/** The day `count` working days later. */
export function addWorkdays(day: Day, count: number): Day {
  let result = day;
  for (let left = count; left > 0; ) {
    result = addDays(result, 1);
    if (isWorkday(result)) left--;
  }
  return result;
}

/** `2026年04月22日`. */
export function formatChineseDay(day: Day): string {
  const [year, month, date] = day.split('-');
  return `${year}年${month}月${date}日`;
}

/** `2026年04月22日 09:30` from `2026-04-22 09:30`. */
export function formatChineseTime(time: string): string {
  return `${formatChineseDay(time.slice(0, 10))} ${time.slice(11, 16)}`;
}

/** Every day from `first` to `last`, both included. */
export function* daysBetween(first: Day, last: Day): Generator<Day> {
  for (let day = first; day <= last; day = addDays(day, 1)) yield day;
}
