import {
  addDays,
  formatDate,
  formatDateTime,
  formatWeekday,
  type Instant,
  TIME_PRECISIONS,
  type TimePrecision,
  toShanghaiIso,
} from './time.ts';

/**
 * How exact a moment that a notice names is. A `day` has no time of day: its instant is the day's midnight in Shanghai, and
 * it lasts until the day is over. `endOfDay` is 24:00 of a day: its instant is the midnight with which the next day begins.
 */
export type MomentPrecision = TimePrecision | 'endOfDay';
export const MOMENT_PRECISIONS = [...TIME_PRECISIONS, 'endOfDay'] as const satisfies readonly MomentPrecision[];

/** A deadline, an opening or another point in time as a notice names it. */
export interface Moment {
  at: Instant;
  precision: MomentPrecision;
}

/**
 * The moment that two columns or fields hold together; null when there is none. Readings of rules that gave no precision
 * meant a day by midnight.
 */
export function toMoment(at: Instant | null | undefined, precision: MomentPrecision | null | undefined): Moment | null {
  if (!at) return null;
  return { at, precision: precision ?? (formatDateTime(at).endsWith(' 00:00') ? 'day' : 'minute') };
}

/** The first instant at which the moment has passed: of a day, its end in Shanghai. */
export function endOf({ at, precision }: Moment): Instant {
  return precision === 'day' ? addDays(at, 1) : at;
}

/** An instant within the day in Shanghai that the moment belongs to, to count days from: 24:00 belongs to the day that it ends. */
export function within({ at, precision }: Moment): Instant {
  return precision === 'endOfDay' ? addDays(at, -1) : at;
}

/** The day in Shanghai that the moment belongs to, `YYYY-MM-DD`. */
export function dayOf(moment: Moment): string {
  return formatDate(within(moment));
}

/** The time of day in Shanghai, `HH:mm`; `24:00` for the end of a day, undefined for a day. */
export function clockOf({ at, precision }: Moment): string | undefined {
  if (precision === 'day') return undefined;
  return precision === 'endOfDay' ? '24:00' : formatDateTime(at).slice(11);
}

/** `2026-04-21 09:30`, `2026-04-21 24:00`, or `2026-04-21` for a day; in Shanghai. */
export function formatMoment(moment: Moment): string {
  return [dayOf(moment), clockOf(moment)].filter(Boolean).join(' ');
}

/** The same with the day of the week: `2026-04-21 周二 09:30`. */
export function formatMomentWithWeekday(moment: Moment): string {
  return [dayOf(moment), formatWeekday(within(moment)), clockOf(moment)].filter(Boolean).join(' ');
}

/** For machine-readable attributes: ISO 8601 with the Shanghai offset, or the date alone for a day. */
export function toMomentIso(moment: Moment): string {
  return moment.precision === 'day' ? dayOf(moment) : toShanghaiIso(moment.at);
}

/** Are both the same moment? 24:00 of a day is 00:00 of the next; a day is not its midnight. */
export function isSameMoment(one: Moment, other: Moment): boolean {
  return one.at === other.at && (one.precision === 'day') === (other.precision === 'day');
}
