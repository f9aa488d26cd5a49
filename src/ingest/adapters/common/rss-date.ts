import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\\.?,?\\s*)?';
const CLOCK = '(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?\\s*(am|pm)?';
/** `Fri, 30 Jan 2026 09:07:01 +0800`, and with `-` between the parts. */
const DAY_FIRST = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?[\\s-]+${MONTH},?[\\s-]+(\\d{2,4})(?:,?\\s+${CLOCK})?\\s*(.*)$`,
  'i',
);
/** `Jan 30, 2026 9:07:01 AM`, and `Fri Jan 30 2026 09:07:01 GMT+0800`. */
const MONTH_FIRST = new RegExp(
  `^${WEEKDAY}${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})(?:,?\\s+(?:at\\s+)?${CLOCK})?\\s*(.*)$`,
  'i',
);
/** `Fri Jan 30 09:07:01 GMT+08:00 2026`: the year stands last. */
const YEAR_LAST = new RegExp(`^${WEEKDAY}${MONTH}\\s+(\\d{1,2})\\s+${CLOCK}\\s*(\\S*)\\s+(\\d{4})$`, 'i');
/** RFC 822, section 5.1. `CST` is defined there for Chicago, and written in China for China. */
const ZONES: Record<string, string> = {
  z: '+00:00',
  ut: '+00:00',
  utc: '+00:00',
  gmt: '+00:00',
  est: '-05:00',
  edt: '-04:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
};
const SHANGHAI = '+08:00';

/** The parts of a date as they are written; all text. */
interface Parts {
  year?: string | undefined;
  month?: string | undefined;
  day?: string | undefined;
  hour?: string | undefined;
  minute?: string | undefined;
  second?: string | undefined;
  half?: string | undefined;
  zone?: string | undefined;
}

/**
 * A date with the English name of its month (RFC 822 and 2822 as people write them: years of two digits, long names, offsets
 * without minutes or colon) as ISO 8601 with its offset; a day alone stays a day. Without a zone it is Shanghai's. Text
 * that is no such date is returned as it is.
 * @throws FeedFormatError for a zone that means two things
 */
export function readEnglishDate(raw: string): string {
  const text = raw.normalize('NFKC').replace(/\s+/g, ' ').trim();
  if (text === '' || parseFeedTime(text)) return raw;
  const parts = takeApart(text);
  if (!parts) return raw;
  const month = MONTHS.indexOf(parts.month?.toLowerCase() ?? '') + 1;
  const date = [fullYear(parts.year ?? ''), String(month).padStart(2, '0'), (parts.day ?? '').padStart(2, '0')].join(
    '-',
  );
  if (parts.hour === undefined) return date;
  const zone = readZone(parts.zone ?? '', raw);
  if (zone === undefined) return raw;
  const clock = [hourOf(parts), parts.minute, ...(parts.second ? [parts.second] : [])].join(':');
  return `${date}T${clock}${zone}`;
}

function takeApart(text: string): Parts | undefined {
  const first = DAY_FIRST.exec(text);
  if (first) {
    const [, day, month, year, hour, minute, second, half, zone] = first;
    return { day, month, year, hour, minute, second, half, zone };
  }
  const last = YEAR_LAST.exec(text);
  if (last) {
    const [, month, day, hour, minute, second, half, zone, year] = last;
    return { day, month, year, hour, minute, second, half, zone };
  }
  const other = MONTH_FIRST.exec(text);
  if (!other) return undefined;
  const [, month, day, year, hour, minute, second, half, zone] = other;
  return { day, month, year, hour, minute, second, half, zone };
}

/** RFC 2822, section 4.3: two digits up to 49 are of this century, three count from 1900. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  const number = Number(year);
  return String(year.length === 2 && number < 50 ? 2000 + number : 1900 + number);
}

function hourOf({ hour = '', half }: Parts): string {
  const number = Number(hour);
  if (half?.toLowerCase() === 'pm' && number < 12) return String(number + 12);
  if (half?.toLowerCase() === 'am' && number === 12) return '00';
  return hour.padStart(2, '0');
}

/** An offset `±hh:mm`; undefined for what is no zone. Remarks in brackets behind an offset say it in words. */
function readZone(text: string, raw: string): string | undefined {
  const zone = text.replace(/\s*\([^()]*\)\s*$/, '').trim();
  const offset = /^(?:gmt|utc|ut)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone);
  if (offset) return `${offset[1]}${(offset[2] ?? '').padStart(2, '0')}:${offset[3] ?? '00'}`;
  const word = (zone || text.replace(/[()]/g, '')).trim().toLowerCase();
  if (word === '') return SHANGHAI;
  if (word === 'cst') {
    throw new FeedFormatError(
      `发布时间“${raw.slice(0, 60)}”的时区 CST 有歧义（中国标准时间或美国中部时间），请来源改写为 +0800`,
    );
  }
  return ZONES[word];
}
