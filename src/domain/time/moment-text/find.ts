import type { Moment } from '../moment.ts';
import { fromShanghai, toShanghaiClock } from '../time.ts';
import { type Clock, type DayPart, readClock } from './clock.ts';
import { NUMERALS, readNumber, readYear, toPlain } from './numerals.ts';

/** A point in time that a text names, or words that were meant for one and cannot be read with certainty. */
export type MomentReading = Moment | 'unclear';

/** A moment in a text, or a range of two, and where it stands. */
export interface FoundMoment {
  index: number;
  end: number;
  from: MomentReading;
  /** The end of a range; undefined for a single moment. */
  to: MomentReading | undefined;
  /** `自…起`: a beginning whose end is not said. */
  isOpen: boolean;
}

interface CalendarDay {
  year: number;
  month: number;
  day: number;
}

const NUMERAL = `[${NUMERALS}]`;
const MONTH = `\\d\\s?\\d?|${NUMERAL}{1,2}`;
const DAY = `\\d\\s?\\d(?=\\s?[日号])|\\d{2}(?=\\d{2}:)|\\d{1,2}(?!\\d)|${NUMERAL}{1,3}(?=\\s?[日号])`;
const YEAR = `[12]\\s?\\d\\s?\\d\\s?\\d(?=\\s?年)|(?:19|20)\\d{2}|${NUMERAL}(?:\\s?(?:${NUMERAL}|O)){3}(?=\\s?年)`;
/** A date with its year: `2026年4月21日`, `2026-04-21`, `2026.4.21`, `二〇二六年四月廿一日`. */
const DATE = new RegExp(
  `(?<![\\d${NUMERALS}])(${YEAR})\\s{0,4}[-/.年]\\s{0,4}(${MONTH})\\s{0,4}[-/.月]\\s{0,4}(${DAY})\\s{0,4}[日号]?`,
  'g',
);
/** The second date of a range: its year, and its month, may be those of the first. */
const LATER_DATE = new RegExp(
  `(?:(${YEAR})\\s{0,4}[-/.年]\\s{0,4})?(?:(${MONTH})\\s{0,4}[-/.月]\\s{0,4})?(${DAY})(?:\\s{0,4}[日号]|(?<=[-/.]\\s{0,4}\\d{1,2}))`,
  'y',
);
const TO = /\s?(?:\([^()]{0,12}\))?\s?(?:起|开始|始)?\s?[,、;]?\s?(?:起?至|直?到|截[至止]至?到?|[-—–―─~]{1,3})\s?/y;
/** A further period of each day: `上午8:30至11:30，下午14:00至17:00`. */
const AND = /\s?[,、;和及]\s?(?=\(?\s?(?:上午|中午|下午|晚上))/y;
const OPEN = /\s?(?:\([^()]{0,12}\))?\s?起/y;
const MOST_PARTS = 8;

/** Every moment and range of moments that a text names with a year, in order. Linear in the length of the text. */
export function findMoments(source: string): FoundMoment[] {
  const text = toPlain(source);
  const found: FoundMoment[] = [];
  DATE.lastIndex = 0;
  for (let match = DATE.exec(text); match; match = DATE.exec(text)) {
    const date = toDay(match[1], match[2], match[3]);
    const moment = readRange(text, match.index, DATE.lastIndex, date);
    found.push(moment);
    DATE.lastIndex = moment.end;
  }
  return found;
}

function readRange(text: string, index: number, dateEnd: number, date: CalendarDay | undefined): FoundMoment {
  const first = readClock(text, dateEnd);
  const from = toMoment(date, first?.clock);
  let [end, to, day, part] = [first?.end ?? dateEnd, undefined as MomentReading | undefined, date, first?.later];
  for (let count = 0; count < MOST_PARTS; count += 1) {
    const start = matchAt(TO, text, end) ?? (to ? matchAt(AND, text, end) : undefined);
    const later = start === undefined ? undefined : readLater(text, start, day, part);
    if (!later) break;
    ({ end, to, day, part } = later);
  }
  // What ends before it begins was misread.
  const isTurned = to !== undefined && to !== 'unclear' && from !== 'unclear' && to.at < from.at;
  return { index, end, from, to: isTurned ? 'unclear' : to, isOpen: !to && matchAt(OPEN, text, end) !== undefined };
}

interface Later {
  end: number;
  to: MomentReading;
  day: CalendarDay | undefined;
  part: DayPart | undefined;
}

/** What stands behind the mark of a range: a date with or without its clock, or a clock of the same day. */
function readLater(
  text: string,
  start: number,
  first: CalendarDay | undefined,
  part: DayPart | undefined,
): Later | undefined {
  const clock = readClock(text, start, part);
  if (clock && clock.clock !== 'unclear')
    return { end: clock.end, to: toMoment(first, clock.clock), day: first, part: clock.later };
  LATER_DATE.lastIndex = start;
  const match = LATER_DATE.exec(text);
  if (!match) return clock && { end: clock.end, to: 'unclear', day: first, part };
  const [, year = String(first?.year), month = String(first?.month), date] = match;
  const day = toDay(year, month, date);
  const own = readClock(text, LATER_DATE.lastIndex);
  return { end: own?.end ?? start + match[0].length, to: toMoment(day, own?.clock), day, part: own?.later };
}

function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** A day that exists, in years that notices can bear. */
function toDay(year = '', month = '', day = ''): CalendarDay | undefined {
  const date = { year: readYear(year.replace(/O/g, '0')), month: readNumber(month), day: readNumber(day) };
  if (!(date.year >= 1990 && date.year <= 2100)) return undefined;
  if (Number.isNaN(date.month) || Number.isNaN(date.day)) return undefined;
  const clock = toShanghaiClock(fromShanghai(date.year, date.month, date.day));
  return clock.month === date.month && clock.day === date.day ? date : undefined;
}

function toMoment(date: CalendarDay | undefined, clock: Clock | undefined): MomentReading {
  if (!date || clock === 'unclear') return 'unclear';
  const { year, month, day } = date;
  if (clock === undefined || clock === 'none') return { at: fromShanghai(year, month, day), precision: 'day' };
  const { minutes, seconds } = clock;
  const at = fromShanghai(year, month, day, 0, minutes, seconds ?? 0);
  if (minutes === 24 * 60) return { at, precision: 'endOfDay' };
  return { at, precision: seconds === undefined ? 'minute' : 'second' };
}
