/** Instants are ISO 8601 UTC text with milliseconds (`2026-04-22T08:33:18.000Z`): fixed width, so text order is time order. */
export type Instant = string;

/** How exact a source's time is. A `day` has no time of day: it is stored as midnight in Shanghai and shown without a time. */
export const TIME_PRECISIONS = ['day', 'minute', 'second'] as const;
export type TimePrecision = (typeof TIME_PRECISIONS)[number];

/** China has had one zone and no daylight saving since 1991; earlier dates do not occur in notices. */
const SHANGHAI_OFFSET_MS = 8 * 3600_000;
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

export interface ShanghaiClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** 0 = Sunday. */
  weekday: number;
}

/** The wall clock in Shanghai at an instant. */
export function toShanghaiClock(instant: Instant): ShanghaiClock {
  const shifted = new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

/** The instant of a Shanghai wall-clock time. Fields out of range roll over as in `Date.UTC`. */
export function fromShanghai(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): Instant {
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - SHANGHAI_OFFSET_MS).toISOString();
}

let latest = { instant: '', text: '' };

/** The wall clock in Shanghai as ISO text without its zone. The last one is kept: pages write an instant in several forms in a row. */
function toShanghaiText(instant: Instant): string {
  if (instant !== latest.instant) {
    latest = { instant, text: new Date(Date.parse(instant) + SHANGHAI_OFFSET_MS).toISOString() };
  }
  return latest.text;
}

/** `YYYY-MM-DD` in Shanghai. */
export function formatDate(instant: Instant): string {
  return toShanghaiText(instant).slice(0, 10);
}

/** `YYYY-MM-DD HH:mm` in Shanghai; the date alone when the source gave no time of day. */
export function formatDateTime(instant: Instant, precision: TimePrecision = 'minute'): string {
  if (precision === 'day') return formatDate(instant);
  const text = toShanghaiText(instant);
  return `${text.slice(0, 10)} ${text.slice(11, 16)}`;
}

/** `周三` and so on, in Shanghai. */
export function formatWeekday(instant: Instant): string {
  return `周${WEEKDAYS[toShanghaiClock(instant).weekday]}`;
}

/** ISO 8601 with the Shanghai offset (`2026-04-22T16:33:18+08:00`), for APIs and machine-readable attributes. */
export function toShanghaiIso(instant: Instant): string {
  return `${toShanghaiText(instant).slice(0, 19)}+08:00`;
}

/** First instant of a `YYYY-MM-DD` day in Shanghai. @throws RangeError when the day does not exist. */
export function startOfDay(date: string): Instant {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const instant = match ? fromShanghai(Number(match[1]), Number(match[2]), Number(match[3])) : '';
  if (!instant || formatDate(instant) !== date) throw new RangeError(`not a calendar day: ${date}`);
  return instant;
}

/** The last day (`YYYY-MM-DD`, in Shanghai) of what is over at a midnight: due until then is due on that day. */
export const lastDayBefore = (end: Instant): string => formatDate(addDays(end, -1));

/** The instant `days` × 24 h later (earlier when negative). */
export function addDays(instant: Instant, days: number): Instant {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString();
}

/** Whole Shanghai calendar days from one instant to another: 0 on the same day, negative when `to` is earlier. */
export function calendarDaysBetween(from: Instant, to: Instant): number {
  const day = (instant: Instant) => Math.floor((Date.parse(instant) + SHANGHAI_OFFSET_MS) / 86_400_000);
  return day(to) - day(from);
}
