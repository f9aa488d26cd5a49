import { dayAfter, isWeekend } from '../calendar/holiday-plans.ts';
import { ALWAYS_OFF, type WorkingCalendar } from '../calendar/working-days.ts';

/** How long something may take: working days 工作日, or calendar days 日. */
export interface Limit {
  count: number;
  unit: 'wd' | 'cd';
}

/** Why time does not count (政府信息公开条例 30, 32–34, 42). */
export const PAUSE_CAUSES = {
  correction: '等候补正',
  thirdParty: '征求第三方意见',
  otherBody: '征求其他机关意见',
  fee: '等候缴费',
} as const;

export type PauseCause = keyof typeof PAUSE_CAUSES;
export const PAUSE_CAUSE_KEYS = Object.keys(PAUSE_CAUSES) as [PauseCause, ...PauseCause[]];

/**
 * Until when what is waited for has to come (政府信息公开条例 32, 34; 国办函〔2020〕109号); a correction 补正 within the days that its letter
 * gives, or else fifteen.
 */
export const WAIT_LIMITS: Readonly<Record<PauseCause, Limit>> = {
  correction: { count: 15, unit: 'cd' },
  thirdParty: { count: 15, unit: 'wd' },
  otherBody: { count: 15, unit: 'wd' },
  fee: { count: 20, unit: 'wd' },
};

/** Time that does not count: the days after `from`, up to `until` with it; null while it goes on. Days are `YYYY-MM-DD`. */
export interface Pause {
  cause: PauseCause;
  from: string;
  until: string | null;
}

/** What a due date hangs on. */
export interface ClockInput {
  /** The day that it begins with; that day does not count (民法典 201). */
  start: string;
  limit: Limit;
  /** Days that it was extended by, in the unit of the limit. */
  extension?: number;
  pauses?: readonly Pause[];
}

/** One day of the count. */
export interface ClockDay {
  date: string;
  /** `unplanned`: its year's holiday plan is not published; it may turn out to be off. */
  as: 'counted' | 'weekend' | 'holiday' | 'paused' | 'unplanned';
  /** Which day of the limit it is, where it counts. */
  number: number | null;
  cause: PauseCause | null;
}

export interface Segment {
  /** `void`: it ran before the count began anew, and counts for nothing. */
  kind: 'running' | 'paused' | 'extended' | 'void';
  cause: PauseCause | null;
  from: string;
  /** The last day; null while it goes on. */
  until: string | null;
}

export interface Clock {
  /** The day that the count begins with: that of the receipt, or on which what was asked for came in. */
  start: string;
  unit: Limit['unit'];
  total: number;
  /** The last day; null while the clock stands still, or when a year before the last plan is not on record. */
  due: string | null;
  /** False when the due day hangs on a holiday plan that is not published: it is the earliest that it can be. */
  isCertain: boolean;
  /** What it waits for at the end of the record. */
  waitsFor: PauseCause | null;
  days: ClockDay[];
  segments: Segment[];
}

/**
 * What starts the count anew when it comes in: a correction (政府信息公开条例 30), and the fee (政府信息公开信息处理费管理办法,
 * 国办函〔2020〕109号). Other waiting is left out of the count (条例 32–34).
 */
const RESTARTING: ReadonlySet<PauseCause> = new Set(['correction', 'fee']);

/** Longer than any limit with its pauses: what does not end by then never does. */
const MOST_DAYS = 4_000;

/**
 * Counts a time limit day by day. What was waited for starts the count anew, or is left out of it. A limit in calendar days that ends on
 * a day off ends on the next working day (民法典 203).
 */
export function runClock(calendar: WorkingCalendar, { start, limit, extension = 0, pauses = [] }: ClockInput): Clock {
  const begin = pauses
    .filter(({ cause }) => RESTARTING.has(cause))
    .reduce((day, { until }) => (until !== null && until > day ? until : day), start);
  const total = limit.count + extension;
  const days: ClockDay[] = [];
  const end = (due: string | null, isCertain: boolean, waitsFor: PauseCause | null): Clock => ({
    ...{ start: begin, unit: limit.unit, total, due, isCertain, waitsFor, days },
    segments: toSegments(start, begin, days, limit.count, pauses, waitsFor),
  });
  let isCertain = true;
  let number = 0;
  for (let date = dayAfter(begin); days.length < MOST_DAYS; date = dayAfter(date)) {
    const pause = pauses.find(({ from, until }) => date > from && (until === null || date <= until));
    if (pause?.until === null) return end(null, isCertain, pause.cause);
    if (pause) {
      days.push({ date, as: 'paused', number: null, cause: pause.cause });
      continue;
    }
    const as = judgeDay(calendar, date);
    if (as === null) return end(null, false, null);
    if (as === 'unplanned') isCertain = false;
    const works = as === 'counted' || as === 'unplanned';
    const counts = number < total && (works || limit.unit === 'cd');
    if (counts) number++;
    days.push({ date, as: counts && !works ? 'counted' : as, number: counts ? number : null, cause: null });
    if (number === total && works) return end(date, isCertain, null);
  }
  return end(null, false, null);
}

function judgeDay(calendar: WorkingCalendar, date: string): Exclude<ClockDay['as'], 'paused'> | null {
  const working = calendar.isWorkingDay(date);
  if (working) return 'counted';
  if (working === false) return isWeekend(date) ? 'weekend' : 'holiday';
  if (!calendar.isAhead(date)) return null;
  return ALWAYS_OFF.has(date.slice(5)) ? 'holiday' : 'unplanned';
}

function toSegments(
  start: string,
  begin: string,
  days: readonly ClockDay[],
  ordinary: number,
  pauses: readonly Pause[],
  waitsFor: PauseCause | null,
): Segment[] {
  const segments = begin > start ? segmentsBefore(start, begin, pauses) : [];
  for (const { date, as, number, cause } of days) {
    const last = segments.at(-1);
    const kind = as === 'paused' ? 'paused' : (number ?? 0) > ordinary ? 'extended' : 'running';
    // Days off belong to what they lie in.
    if (last && last.cause === cause && (last.kind === kind || number === null)) last.until = date;
    else segments.push({ kind, cause, from: date, until: date });
  }
  if (waitsFor !== null) {
    const from = pauses.find(({ until }) => until === null)?.from ?? begin;
    segments.push({ kind: 'paused', cause: waitsFor, from: dayAfter(from), until: null });
  }
  return segments;
}

/** What lies before the day on which the count began anew. */
function segmentsBefore(start: string, begin: string, pauses: readonly Pause[]): Segment[] {
  const last = pauses.find(({ cause, until }) => until === begin && RESTARTING.has(cause));
  const from = last && last.from > start ? last.from : start;
  const waited: Segment = { kind: 'paused', cause: last?.cause ?? 'correction', from: dayAfter(from), until: begin };
  return from > start ? [{ kind: 'void', cause: null, from: dayAfter(start), until: from }, waited] : [waited];
}

/** What a segment is called. */
export function describeSegment({ kind, cause, from, until }: Segment): string {
  const what = { running: '计入期限', extended: '延长的期限', void: '重新起算前，不计入' };
  const label = kind === 'paused' ? `${PAUSE_CAUSES[cause ?? 'correction']}，暂停` : what[kind];
  return `${from} 至 ${until ?? '现在'}：${label}`;
}

/** Whether it is over on a day: computed whenever it is asked, never stored. */
export const isOverdue = ({ due, isCertain }: Pick<Clock, 'due' | 'isCertain'>, today: string): boolean =>
  due !== null && isCertain && today > due;

/** How the due day was counted, in one sentence for the person. */
export function describeClock({ start, unit, total, due, isCertain, waitsFor, days }: Clock): string {
  const unitLabel = unit === 'wd' ? '个工作日' : '日';
  if (waitsFor !== null) return `${start} 起（当日不计）计算，现因${PAUSE_CAUSES[waitsFor]}暂停，恢复后继续计算。`;
  if (due === null) return '所在年份的放假安排没有记录，不能推算。';
  const first = days.find(({ number }) => number === 1)?.date ?? due;
  const count = (as: ClockDay['as']) => days.filter((day) => day.as === as).length;
  const left = [
    [count('weekend'), '周末'],
    [count('holiday'), '法定节假日'],
    [count('paused'), '暂停'],
  ] as const;
  const skipped = left.filter(([number]) => number > 0).map(([number, label]) => `${label} ${number} 天`);
  const rest = skipped.length > 0 && unit === 'wd' ? `，其间${skipped.join('、')}不计` : '';
  const last = isCertain ? due : `不早于 ${due}，待国务院公布放假安排后确定`;
  return `${start} 起算（当日不计），${first} 为第 1 ${unitLabel}，第 ${total} ${unitLabel}为 ${last}${rest}。`;
}
