import { addWorkingDays, type WorkingCalendar } from '../calendar/working-days.ts';
import { addDays, type Instant } from '../time/time.ts';

/**
 * 三同步: a policy document and its interpretation are planned, signed off and released together (政府信息公开 practice, 国办发〔2016〕80号).
 * These are the working days that this site allows between the two before staff are told.
 */
export const TOGETHER_DAYS = 3;

/** How a document and what explains it stand: `waiting` is not yet due, `missing` is past it. */
export const TOGETHERNESS = {
  together: '已同步',
  late: '解读迟于规定时间',
  waiting: '待解读',
  missing: '逾期没有解读',
} as const;
export type Togetherness = keyof typeof TOGETHERNESS;

/** The end of the last day on which the interpretation of a document may come out; undefined where a year's holiday plan is missing. */
export function explanationDue(calendar: WorkingCalendar, publishedAt: Instant): Instant | undefined {
  const end = addWorkingDays(calendar, publishedAt, TOGETHER_DAYS);
  return end && addDays(end.at, 1);
}

/** How a document stands. `explainedAt` is when the first interpretation or media about it came out; null for none. */
export function judgeTogether(
  calendar: WorkingCalendar,
  { publishedAt, explainedAt }: { publishedAt: Instant; explainedAt: Instant | null },
  now: Instant,
): Togetherness {
  const due = explanationDue(calendar, publishedAt);
  if (explainedAt !== null) return due === undefined || explainedAt <= due ? 'together' : 'late';
  return due === undefined || now <= due ? 'waiting' : 'missing';
}
