import { addWorkingDays, type LimitEnd, type WorkingCalendar, workingDaysBetween } from '../calendar/working-days.ts';
import { addDays, calendarDaysBetween, formatDate, type Instant } from '../time/time.ts';

/** A statutory time limit 法定时限. Only rules confirmed in the text of the instrument or a reliable copy are here. */
export interface TimeLimit {
  /** What is measured, from and to. */
  from: string;
  to: string;
  limit: number;
  /** Calendar days 日 or working days 工作日. */
  unit: 'cd' | 'wd';
  comparison: 'atLeast' | 'atMost';
  /** Instrument and article. */
  law: string;
  /** T: read in the official text. F: read in a reliable copy. K: well known, article not re-read. */
  mark: 'T' | 'F' | 'K';
}

/** Statutory limits that bear on what notices tell, each with its law. Rules whose text is not confirmed are left out. */
export const TIME_LIMITS = {
  'C-01': rule(
    '招标文件开始发售',
    '发售结束（首尾两日均计）',
    5,
    'cd',
    'atLeast',
    '《招标投标法实施条例》第十六条',
    'T',
  ),
  'C-03': rule('招标文件开始发出', '投标截止', 20, 'cd', 'atLeast', '《招标投标法》第二十四条', 'T'),
  'C-04': rule('澄清或者修改', '投标截止', 15, 'cd', 'atLeast', '《招标投标法实施条例》第二十一条', 'T'),
  'C-05': rule('对招标文件提出异议', '投标截止', 10, 'cd', 'atLeast', '《招标投标法实施条例》第二十二条', 'T'),
  'C-06': rule('收到评标报告', '公示中标候选人', 3, 'cd', 'atMost', '《招标投标法实施条例》第五十四条', 'T'),
  'C-07': rule('公示中标候选人', '公示期结束', 3, 'cd', 'atLeast', '《招标投标法实施条例》第五十四条', 'T'),
  'C-08': rule('发出中标通知书', '订立书面合同', 30, 'cd', 'atMost', '《招标投标法》第四十六条', 'T'),
  'G-01': rule('公开采购意向', '采购活动开始', 30, 'cd', 'atLeast', '财库〔2020〕10号', 'K'),
  'G-03': rule(
    '招标文件开始提供',
    '提供结束（首尾两日均计）',
    5,
    'wd',
    'atLeast',
    '《政府采购法实施条例》第三十一条',
    'T',
  ),
  'G-04': rule('招标文件开始发出', '投标截止', 20, 'cd', 'atLeast', '《政府采购法》第三十五条', 'T'),
  'G-05': rule('澄清或者修改', '投标截止', 15, 'cd', 'atLeast', '《政府采购法实施条例》第三十一条', 'T'),
  'G-07': rule('单一来源公示开始', '公示期结束', 5, 'wd', 'atLeast', '《政府采购法实施条例》第三十八条', 'T'),
  'G-08': rule('谈判文件、询价通知书发出', '响应文件提交截止', 3, 'wd', 'atLeast', '财政部令第74号', 'K'),
  'G-09': rule('磋商文件发出', '响应文件提交截止', 10, 'cd', 'atLeast', '财库〔2014〕214号', 'K'),
  'G-11': rule('确定供应商', '公告结果', 2, 'wd', 'atMost', '《政府采购法实施条例》第四十三条', 'T'),
  'G-12': rule('发出中标、成交通知书', '签订合同', 30, 'cd', 'atMost', '《政府采购法》第四十六条', 'T'),
  'G-13': rule('签订合同', '公告合同', 2, 'wd', 'atMost', '《政府采购法实施条例》第五十条', 'T'),
  'G-15': rule('知道权益受损', '提出质疑', 7, 'wd', 'atMost', '《政府采购法》第五十二条', 'T'),
  'L-01': rule('发布出让公告', '招标、拍卖、挂牌开始', 20, 'cd', 'atLeast', '国土资源部令第39号第八条', 'F'),
  'L-03': rule('出让活动结束', '公布出让结果', 10, 'wd', 'atMost', '国土资源部令第39号', 'F'),
  'D-01': rule('信息形成或者变更', '公开', 20, 'wd', 'atMost', '《政府信息公开条例》第二十六条', 'T'),
  'P-01': rule('产权转让信息披露', '披露期满', 20, 'wd', 'atLeast', '国资委、财政部令第32号', 'F'),
  'P-04a': rule(
    '资产转让（100 万元以上、1000 万元以下）信息披露',
    '披露期满',
    10,
    'wd',
    'atLeast',
    '国资委、财政部令第32号',
    'F',
  ),
  'P-04b': rule('资产转让（1000 万元以上）信息披露', '披露期满', 20, 'wd', 'atLeast', '国资委、财政部令第32号', 'F'),
  'P-07': rule('公告交易结果', '公告期满', 5, 'wd', 'atLeast', '国资委、财政部令第32号', 'F'),
} as const satisfies Record<string, TimeLimit>;

export type TimeLimitId = keyof typeof TIME_LIMITS;

/** A rule, with its widened type. */
export function timeLimit(id: TimeLimitId): TimeLimit {
  return TIME_LIMITS[id];
}

function rule(
  from: string,
  to: string,
  limit: number,
  unit: TimeLimit['unit'],
  comparison: TimeLimit['comparison'],
  law: string,
  mark: TimeLimit['mark'],
): TimeLimit {
  return { from, to, limit, unit, comparison, law, mark };
}

/** `20 日` or `5 个工作日`. */
export function formatLimit({ limit, unit }: Pick<TimeLimit, 'limit' | 'unit'>): string {
  return unit === 'cd' ? `${limit} 日` : `${limit} 个工作日`;
}

/** What a date that hangs on an unpublished holiday plan is said to be. */
export const AWAITS_HOLIDAY_PLAN = '待国务院公布放假安排后确定';

/**
 * When a limit that starts at an instant ends; in working days beyond the last holiday plan, the earliest that it can be.
 * Undefined when the plan of a year gone by is not on record.
 */
export function limitEnd(id: TimeLimitId, start: Instant, calendar: WorkingCalendar): LimitEnd | undefined {
  const { limit, unit } = timeLimit(id);
  return unit === 'cd' ? { at: addDays(start, limit), isCertain: true } : addWorkingDays(calendar, start, limit);
}

/** The outcome of holding two published dates against a rule. */
export interface LimitCheck {
  rule: TimeLimitId;
  /** `unknown`: a date is not public, or the holiday plan of the year is not on record. */
  state: 'met' | 'breached' | 'unknown';
  /** Days found, in the unit of the rule. */
  actual: number | null;
  /** Sentence for people, e.g. `法定至少 20 日，实际 21 日`. */
  text: string;
}

/**
 * Holds the time between two dates against a rule. Dates count in Shanghai days; the first day does not count.
 * With a date missing the answer is "cannot be checked", never a guess.
 */
export function verifyLimit(
  id: TimeLimitId,
  from: Instant | null,
  to: Instant | null,
  calendar: WorkingCalendar,
): LimitCheck {
  const definition = timeLimit(id);
  const words = `法定${definition.comparison === 'atLeast' ? '至少' : '至多'} ${formatLimit(definition)}`;
  const unknown = (why: string): LimitCheck => ({
    rule: id,
    state: 'unknown',
    actual: null,
    text: `${words}，无法核对：${why}`,
  });
  if (!from || !to) return unknown(`“${from ? definition.to : definition.from}”的日期未公开`);
  const actual = definition.unit === 'cd' ? calendarDaysBetween(from, to) : workingDaysBetween(calendar, from, to);
  if (actual === undefined)
    return unknown(
      calendar.isAhead(formatDate(to)) ? `工作日数${AWAITS_HOLIDAY_PLAN}` : '当年节假日安排未收录，工作日不能计算',
    );
  const met = definition.comparison === 'atLeast' ? actual >= definition.limit : actual <= definition.limit;
  const found = formatLimit({ limit: actual, unit: definition.unit });
  return { rule: id, state: met ? 'met' : 'breached', actual, text: `${words}，实际 ${found}` };
}
