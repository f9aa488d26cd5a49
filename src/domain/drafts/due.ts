import { addWorkingDays, type WorkingCalendar } from '../calendar/working-days.ts';
import { addDays, type Instant } from '../time/time.ts';
import type { DraftState } from './states.ts';

/**
 * Working days that a step may take; null where nobody has to do anything. The whole has to stay within 20 (政府信息公开条例第二十六条);
 * what is checked is published at the latest one working day after it was received (发展改革委令第10号第十条).
 */
const LIMITS: Readonly<Record<DraftState, number | null>> = {
  drafting: 5,
  attributeReview: 1,
  withheld: null,
  firstReview: 1,
  finalReview: 1,
  scheduled: null,
  published: null,
  corrected: null,
  clarified: null,
  withdrawn: null,
  archived: null,
  discarded: null,
};

/** When the step that a draft is in has to be done: the end of its last day in Shanghai. Of an urgent one, the end of the day itself. */
export function dueOf(calendar: WorkingCalendar, state: DraftState, now: Instant, urgent: boolean): Instant | null {
  const limit = LIMITS[state];
  if (limit === null) return null;
  const end = addWorkingDays(calendar, now, urgent ? 0 : limit);
  return end ? addDays(end.at, 1) : null;
}
