import { fromShanghai, type Instant, type TimePrecision, toShanghaiClock } from './time.ts';

export interface FeedTime {
  instant: Instant;
  precision: TimePrecision;
}

const YEAR_FIRST =
  /^(\d{4})\s*[-/.:年]\s*(\d{1,2})\s*[-/.:月]\s*(?:(\d{1,2})(?!\d)|(\d{2})(?=\d{2}:))\s*日?(?:[\s,T]*)(.*)$/;
const MONTH_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[\s,]+(.*))?$/;
const CLOCK = /^(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d{1,9})?\s*秒?)?)?)?$/;
const HALF_DAY = /^(上午|下午|晚上|中午|凌晨|AM|PM)\s*(.*)$|^(.*?)\s*(AM|PM)$/i;
const ZONE = /^(.*\d)(Z|[+-]\d{2}:?\d{2})$/;

/**
 * The instant that a feed's time text names, and how exact it is; undefined when the text is no complete date,
 * a date that does not exist, or a placeholder such as 1970-01-01 (docs/feeds.md#traps, 18–20).
 * Text without a zone is Shanghai time. Midnight to the second is what feeds write for "no time of day": precision `day`.
 */
export function parseFeedTime(raw: string): FeedTime | undefined {
  const text = tidy(raw);
  const aspNet = /^\/?Date\((-?\d+)(?:[+-]\d{4})?\)\/?$/.exec(text);
  if (aspNet) return fromEpoch(Number(aspNet[1]));
  if (/^\d+$/.test(text)) return fromDigits(text);
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst) return compose(yearFirst[1], yearFirst[2], yearFirst[3] ?? yearFirst[4], yearFirst[5] ?? '');
  const monthFirst = MONTH_FIRST.exec(text);
  return monthFirst ? compose(monthFirst[3], monthFirst[1], monthFirst[2], monthFirst[4] ?? '') : undefined;
}

/** Half-width text without weekday, "Beijing time" and outer brackets or blanks. */
function tidy(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/\(?北京时间\)?|\(?(?:星期|周)[一二三四五六日天]\)?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\[(.*)\]$/, '$1');
}

/** Digits only: yyyyMMdd, yyyyMMddHHmm, yyyyMMddHHmmss, epoch seconds (10) or milliseconds (13). */
function fromDigits(digits: string): FeedTime | undefined {
  if (/^1\d{9}$/.test(digits)) return fromEpoch(Number(digits) * 1000);
  if (/^[1-9]\d{12}$/.test(digits)) return fromEpoch(Number(digits));
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/.exec(digits);
  if (!match) return undefined;
  const clock = [match[4], match[5], match[6]].filter((part) => part !== undefined).join(':');
  return compose(match[1], match[2], match[3], clock);
}

function fromEpoch(milliseconds: number): FeedTime | undefined {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return undefined;
  const clock = toShanghaiClock(date.toISOString());
  return build(clock.year, clock.month, clock.day, [clock.hour, clock.minute, clock.second]);
}

function compose(year = '', month = '', day = '', rest = ''): FeedTime | undefined {
  const date = [Number(year), Number(month), Number(day)] as const;
  const zoned = ZONE.exec(rest);
  if (zoned) return fromZoned(date, zoned[1] ?? '', zoned[2] ?? 'Z');
  if (!rest) return build(...date, undefined);
  const half = HALF_DAY.exec(rest);
  const word = (half?.[1] ?? half?.[4] ?? '').toUpperCase();
  const clock = CLOCK.exec(half ? (half[2] ?? half[3] ?? '') : rest);
  if (!clock) return undefined;
  const hour = hourOf(Number(clock[1]), word);
  // 上午12:00 is noon to people and midnight to software: only the day is certain.
  if (hour === undefined) return build(...date, undefined);
  return build(...date, [hour, Number(clock[2] ?? 0), clock[3] === undefined ? undefined : Number(clock[3])]);
}

/** Hour of day 0–24 from an hour and its half-day word; undefined when the two leave a doubt. */
function hourOf(hour: number, word: string): number | undefined {
  if (word === 'AM') return hour % 12;
  if (word === 'PM' || word === '下午' || word === '晚上') return hour < 12 ? hour + 12 : hour;
  if (word === '上午' && hour === 12) return undefined;
  if (word === '中午' && hour < 3) return hour + 12;
  return hour;
}

/** ISO 8601 with an offset: converted to the Shanghai wall clock first. */
function fromZoned(date: readonly [number, number, number], clock: string, zone: string): FeedTime | undefined {
  const local = build(...date, clockParts(clock));
  if (!local) return undefined;
  const sign = zone.startsWith('-') ? -1 : 1;
  const [hours = 0, minutes = 0] = zone === 'Z' ? [] : (zone.match(/\d{2}/g) ?? []).map(Number);
  const shift = (8 * 60 - sign * (hours * 60 + minutes)) * 60_000;
  return { instant: new Date(Date.parse(local.instant) + shift).toISOString(), precision: 'second' };
}

function clockParts(text: string): [number, number, number | undefined] {
  const clock = CLOCK.exec(text);
  return clock ? [Number(clock[1]), Number(clock[2] ?? 0), Number(clock[3] ?? 0)] : [Number.NaN, 0, 0];
}

/** The instant of a wall clock that exists, in years that notices can bear. */
function build(
  year: number,
  month: number,
  day: number,
  clock: readonly [number, number, number | undefined] | undefined,
): FeedTime | undefined {
  if (!(year >= 1990 && year <= 2100)) return undefined;
  const midnight = fromShanghai(year, month, day);
  const date = toShanghaiClock(midnight);
  if (date.month !== month || date.day !== day) return undefined;
  if (!clock) return { instant: midnight, precision: 'day' };
  const [hour, minute, second] = clock;
  const endOfDay = hour === 24 && minute === 0 && (second ?? 0) === 0;
  if (!endOfDay && !(hour >= 0 && hour < 24 && minute < 60 && (second ?? 0) < 60)) return undefined;
  if (hour === 0 && minute === 0 && second === 0) return { instant: midnight, precision: 'day' };
  return {
    instant: fromShanghai(year, month, day, hour, minute, second ?? 0),
    precision: second === undefined ? 'minute' : 'second',
  };
}
