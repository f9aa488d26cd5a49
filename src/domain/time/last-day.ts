import { calendarDaysBetween, formatDate, type Instant, startOfDay } from './time.ts';

/** How long a day lies back at which it is still called by that. */
const NEAR = ['今日发布', '昨日发布'];

/** What was published on a day (`YYYY-MM-DD`), as a label beside its number: `今日发布`, `昨日发布`, `11 月 27 日发布`, with its year when that is another. */
export function describeLastDay(day: string, now: Instant): string {
  const near = NEAR[calendarDaysBetween(startOfDay(day), now)];
  if (near) return near;
  const [year, month, date] = day.split('-').map(Number);
  const inYear = formatDate(now).startsWith(`${year}-`) ? '' : `${year} 年 `;
  return `${inYear}${month} 月 ${date} 日发布`;
}
