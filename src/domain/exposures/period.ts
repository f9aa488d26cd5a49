import { GRADES, type Grade } from './grade.ts';
import { BLACKLISTS, type Blacklist } from './registry.ts';

/** `YYYY-MM-DD`, a calendar day in Shanghai. */
export type Day = string;

/** What the publication period follows from. */
export interface PeriodFacts {
  grade: Grade;
  /** The list of a blacklist entry; null on the exposure board. */
  list: Blacklist | null;
  decisionDate: Day;
  /** When publication must stop according to the source (公示截止期). */
  sourceDeadline: Day | null;
  /** How long the measure lasts (处罚有效期): another date than the deadline. */
  validUntil: Day | null;
  /** When the misconduct ended, where it is known. */
  misconductEnd: Day | null;
}

export interface PublicationPeriod {
  /** Last public day. */
  until: Day;
  /** First day on which repair can be applied for; null when publication ends before. */
  repairFrom: Day | null;
  /** Which limit came first. */
  decidedBy: 'source' | 'grade' | 'list' | 'misconductEnd';
  /** The rule in words, with its numbers. */
  rule: string;
  /** Where the rule stands. */
  law: string;
}

interface Regime {
  name: string;
  /** Shortest and longest publication in months. */
  months: Record<Grade, { least: number; most: number }>;
}

/** Credit Repair Measures (信用修复管理办法, 国家发展改革委令第36号), decisions from 2026-04-01 on. */
const CREDIT_REPAIR_2026: Regime = {
  name: '《信用修复管理办法》（2026 年 4 月 1 日起施行）',
  months: { minor: { least: 0, most: 3 }, general: { least: 3, most: 12 }, serious: { least: 12, most: 36 } },
};
/** NDRC Order 58, earlier decisions. */
const NDRC_58: Regime = {
  name: '国家发展改革委令第 58 号《失信行为纠正后的信用信息修复管理办法（试行）》',
  months: { minor: { least: 0, most: 3 }, general: { least: 3, most: 36 }, serious: { least: 12, most: 36 } },
};
const REGIME_CHANGE = '2026-04-01';
/** Shandong Social Credit Regulations art. 38. */
const MISCONDUCT_YEARS = 5;
const SDC_38 = '《山东省社会信用条例》第三十八条';
/** Procurement Law art. 77: a ban lasts one to three years. */
const LONGEST_BAN_MONTHS = 36;
const SHORTEST_BAN_MONTHS = 12;

interface Limit {
  until: Day;
  decidedBy: PublicationPeriod['decidedBy'];
  rule: string;
  law: string;
}

/**
 * The publication period of an entry: the earliest of the source's deadline, the longest period of its grade (or list) from the
 * day of the decision, and five years from the end of the misconduct. The day of the decision itself is not counted.
 */
export function publicationPeriod(facts: PeriodFacts): PublicationPeriod {
  const limits = listLimits(facts);
  const first = limits.reduce((best, limit) => (limit.until < best.until ? limit : best));
  const repairFrom = addMonths(facts.decisionDate, leastMonths(facts));
  return { ...first, repairFrom: repairFrom <= first.until ? repairFrom : null };
}

function regimeOf(decisionDate: Day): Regime {
  return decisionDate >= REGIME_CHANGE ? CREDIT_REPAIR_2026 : NDRC_58;
}

function leastMonths({ list, decisionDate, grade }: PeriodFacts): number {
  return list ? SHORTEST_BAN_MONTHS : regimeOf(decisionDate).months[grade].least;
}

function listLimits(facts: PeriodFacts): [Limit, ...Limit[]] {
  const { sourceDeadline, misconductEnd } = facts;
  const limits: [Limit, ...Limit[]] = [facts.list ? listLimit(facts, facts.list) : gradeLimit(facts)];
  if (sourceDeadline) {
    const rule = '按决定机关给出的公示截止期';
    limits.unshift({ until: sourceDeadline, decidedBy: 'source', rule, law: limits[0].law });
  }
  if (misconductEnd) {
    const rule = `自失信行为终止之日起不超过 ${MISCONDUCT_YEARS} 年`;
    const until = addMonths(misconductEnd, MISCONDUCT_YEARS * 12);
    limits.push({ until, decidedBy: 'misconductEnd', rule, law: SDC_38 });
  }
  return limits;
}

function gradeLimit({ grade, decisionDate }: PeriodFacts): Limit {
  const { name, months } = regimeOf(decisionDate);
  const { least, most } = months[grade];
  const shortest = least > 0 ? `最短公示 ${monthsText(least)}，` : '原则上不公示，确需公示的';
  const rule = `${GRADES[grade].label}失信行为自决定之日起${shortest}最长 ${monthsText(most)}，期满自动停止`;
  return { until: addMonths(decisionDate, most), decidedBy: 'grade', rule, law: name };
}

/** A blacklist entry stands until the ban ends. */
function listLimit({ decisionDate, validUntil }: PeriodFacts, list: Blacklist): Limit {
  const longest = addMonths(decisionDate, LONGEST_BAN_MONTHS);
  const until = validUntil && validUntil < longest ? validUntil : longest;
  const rule = '列入至禁止、限制期届满，自决定之日起最长 3 年，届满自动移出';
  return { until, decidedBy: 'list', rule, law: BLACKLISTS[list].law };
}

function monthsText(months: number): string {
  return months % 12 === 0 ? `${months / 12} 年` : `${months} 个月`;
}

/** The same day so many months later; the last of the month where it has no such day (Civil Code art. 202). */
export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
