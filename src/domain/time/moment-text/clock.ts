import { NUMERALS, readNumber } from './numerals.ts';

export interface ClockTime {
  /** 0–1440: 1440 is 24:00. */
  minutes: number;
  /** Undefined when none are written. */
  seconds: number | undefined;
}

/** `none`: a machine's midnight for "no time of day". `unclear`: a clock that cannot be read. */
export type Clock = ClockTime | 'none' | 'unclear';

export interface ClockReading {
  clock: Clock;
  /** The half of the day that the end of a range takes on: `下午2:00至5:00`. */
  later: DayPart | undefined;
  /** Behind its last character. */
  end: number;
}

export type DayPart = 'beforeDawn' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'midnight' | 'am' | 'pm';

/** Words for parts of the day; one line each. */
const DAY_PARTS: readonly [DayPart, string][] = [
  ['beforeDawn', '凌晨|清晨|拂晓'],
  ['morning', '上午|早上|早晨|早间|午前|晨|早(?!于)'],
  ['noon', '中午|正午'],
  ['afternoon', '下午|午后|傍晚'],
  ['evening', '晚上|晚间|夜间|夜里|夜晚|晚(?!于)'],
  ['midnight', '午夜|深夜|半夜|子夜'],
  ['am', '[Aa]\\.?[Mm]\\b\\.?'],
  ['pm', '[Pp]\\.?[Mm]\\b\\.?'],
];
const PART = DAY_PARTS.map(([, words]) => words).join('|');
const WEEKDAY = '(?:星期|周|礼拜)[一二三四五六日天]';
/** What stands between a date and its clock without meaning anything for it. */
const BETWEEN = `(?:[\\s,、T:—–-]|的|当[天日]|北京时间|${WEEKDAY}|每[天日]|(?:每个?)?工作日|\\([^()]{0,20}?(?:北京时间|${WEEKDAY}|当[天日]|除外|下同)[^()]{0,8}\\))`;
const NUMBER = `\\d\\s?\\d?|[${NUMERALS}]{1,3}`;
const HOUR_MINUTE = `(\\d\\s?\\d?)\\s?:\\s?(\\d\\s?\\d)(?:\\s?:\\s?(\\d\\d)(?:\\.\\d{1,7})?)?(?!\\d)\\s?[时分]?`;
const SPOKEN = `(${NUMBER})\\s?[时点](?!间)\\s?钟?(?:\\s?:?\\s?(?:(${NUMBER})\\s?分(?:\\s?(${NUMBER})\\s?秒)?|(\\d\\d)(?!\\d|\\s?[年月日天号元.、:])|([${NUMERALS}]{2,3})|(半|[一三]刻)))?`;
const CLOCK = new RegExp(
  `${BETWEEN}{0,8}(?:\\(?\\s?(${PART})\\s?\\)?)?${BETWEEN}{0,4}(?:${HOUR_MINUTE}|${SPOKEN})\\s?[整正]?(?:\\s?(?:\\(\\s?北京时间\\s?\\)|北京时间))?(?:\\s?\\(?\\s?(${PART})\\s?\\))?(?:\\s?([AaPp]\\.?[Mm]\\b\\.?))?`,
  'y',
);
/** Something that was meant for a clock: a part of the day, digits with a wrong mark, `__时__分`, four digits. */
const ATTEMPT = new RegExp(
  `${BETWEEN}{0,8}(?:(?:${PART})(?<![早晚])|\\d{1,4}\\s?[:;]\\s?\\d|(?:${NUMBER}|\\d{3,4})?[\\s_]{0,10}[时点](?![间段限候效名])|[0-2]\\d[0-5]\\d(?![\\d年元./-]))`,
  'y',
);
const LATER: ReadonlySet<DayPart> = new Set(['afternoon', 'evening', 'pm']);
const FRACTIONS: Readonly<Record<string, number>> = { 半: 30, 一刻: 15, 三刻: 45 };

/**
 * The clock that stands at a place of a plain text, behind a date or behind the mark of a range; undefined when there is
 * none. `earlier` is what the beginning of the range hands on.
 */
export function readClock(text: string, at: number, earlier?: DayPart): ClockReading | undefined {
  CLOCK.lastIndex = at;
  const match = CLOCK.exec(text);
  if (!match) {
    ATTEMPT.lastIndex = at;
    return ATTEMPT.test(text) ? { clock: 'unclear', later: undefined, end: ATTEMPT.lastIndex } : undefined;
  }
  const [
    ,
    before,
    hour,
    minute,
    second,
    saidHour,
    saidMinute,
    saidSecond,
    bareMinute,
    numeralMinute,
    fraction,
    behind,
    meridiem,
  ] = match;
  const part = partOf(before ?? behind ?? meridiem) ?? earlier;
  const minutes = minute ?? saidMinute ?? bareMinute ?? numeralMinute;
  const time: WrittenTime = {
    hour: readNumber(hour ?? saidHour ?? ''),
    minute: fraction ? (FRACTIONS[fraction] ?? 0) : minutes ? readNumber(minutes) : 0,
    second: (second ?? saidSecond) ? readNumber(second ?? saidSecond ?? '') : undefined,
    isSpoken: saidHour !== undefined,
  };
  const isDoubled = meridiem !== undefined && before !== undefined && partOf(before) !== partOf(meridiem);
  const later = part && LATER.has(part) ? part : undefined;
  return { clock: isDoubled ? 'unclear' : toClock(time, part), later, end: match.index + match[0].length };
}

function partOf(word: string | undefined): DayPart | undefined {
  return word ? DAY_PARTS.find(([, words]) => new RegExp(`^(?:${words})$`).test(word))?.[0] : undefined;
}

interface WrittenTime {
  hour: number;
  minute: number;
  second: number | undefined;
  /** Said with 时 or 点. */
  isSpoken: boolean;
}

function toClock(time: WrittenTime, part: DayPart | undefined): Clock {
  const { hour, minute, second = 0 } = time;
  if (!(hour <= 24 && minute < 60 && second < 60) || (hour === 24 && minute + second > 0)) return 'unclear';
  // Midnight to the second is what software writes for "no time of day".
  const isMachineMidnight = time.second === 0 && minute === 0 && (hour === 0 || (hour === 12 && part === 'am'));
  if (isMachineMidnight) return 'none';
  const full = toFullHour(time, part);
  return full === undefined ? 'unclear' : { minutes: full * 60 + minute, seconds: time.second };
}

/** Hour of day 0–24 of an hour with a part of the day; undefined where the two contradict each other or leave a doubt. */
function toFullHour({ hour, minute, isSpoken }: WrittenTime, part: DayPart | undefined): number | undefined {
  const isTwelve = hour === 12;
  switch (part) {
    case undefined:
      return hour;
    case 'beforeDawn':
      return hour < 8 ? hour : undefined;
    case 'morning':
      // 上午12:00 is noon to people and midnight to software.
      return hour < 12 || (isTwelve && isSpoken) ? hour : undefined;
    case 'am':
      return hour < 12 ? hour : undefined;
    case 'noon':
      return hour >= 10 && hour < 16 ? hour : hour < 4 && hour > 0 ? hour + 12 : undefined;
    case 'afternoon':
    case 'pm':
      return hour === 0 || hour === 24 ? undefined : hour < 12 ? hour + 12 : hour;
    case 'evening':
    case 'midnight':
      // 晚上12点 is the end of the day; 晚上12:30 and 夜里2点 could be of this night or the next.
      if (isTwelve || hour === 24) return minute === 0 ? 24 : undefined;
      return hour >= 17 ? hour : hour >= 5 && hour < 12 ? hour + 12 : undefined;
  }
}
