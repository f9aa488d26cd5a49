import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import type { ComplianceCheck } from '../projects/compliance.ts';
import type { Round } from '../projects/rounds.ts';
import { type LimitCheck, limitEnd, type TimeLimitId, timeLimit, verifyLimit } from '../projects/time-limits.ts';
import type { Stage } from '../stages.ts';
import { formatDate, type Instant } from '../time/time.ts';
import type { DutyState } from './states.ts';

/** How an item stands in a round, with the rule and the days that say so. */
export interface Duty {
  item: number;
  state: DutyState;
  /** '' where no rule has a number of days for it. */
  rule: TimeLimitId | '';
  /** `YYYY-MM-DD`: by when it is due, when it was published. */
  dueOn: string | null;
  doneOn: string | null;
  reason: string;
}

/** What is said of what the law wants published without saying within how many days. */
const PROMPTLY = '规定为及时公开，没有可核对的天数';

/** A round of a project, and what may be asked of it. */
export class RoundFacts {
  readonly notices: readonly PublishedNotice[];

  readonly round: Round;
  readonly checks: readonly ComplianceCheck[];
  readonly calendar: WorkingCalendar;
  /** `YYYY-MM-DD`. */
  readonly today: string;

  constructor(round: Round, all: readonly PublishedNotice[], at: Pick<RoundFacts, 'checks' | 'calendar' | 'today'>) {
    const own = new Set(round.notices.map(({ id }) => id));
    this.round = round;
    this.notices = all.filter(({ id }) => own.has(id));
    this.checks = at.checks;
    this.calendar = at.calendar;
    this.today = at.today;
  }

  first(...stages: Stage[]): PublishedNotice | undefined {
    return this.notices.find(({ stage }) => stages.includes(stage));
  }

  /** Whether it came to nothing: failed or ended without a result. */
  get isOver(): boolean {
    const results: Stage[] = ['awardNotice', 'landDealNotice', 'miningDealNotice', 'propertyDeal'];
    return !this.first(...results) && this.first('failureNotice', 'terminationNotice') !== undefined;
  }

  /** The check of the first of some rules that bears on it. */
  check(...rules: TimeLimitId[]): LimitCheck | undefined {
    return this.checks.find(({ rule }) => rules.includes(rule));
  }

  limit(rule: TimeLimitId, from: Instant | null, to: Instant | null): LimitCheck {
    return verifyLimit(rule, from, to, this.calendar);
  }
}

const STATES = { met: 'onTime', breached: 'late', unknown: 'unchecked' } as const;

/** What was published, held against its rule; without one that it was in time cannot be said. */
export function published(item: number, notice: PublishedNotice, check?: LimitCheck, why = PROMPTLY): Duty {
  const doneOn = formatDate(notice.publishedAt);
  if (!check) return { item, state: 'unchecked', rule: '', dueOn: null, doneOn, reason: why };
  return { item, state: STATES[check.state], rule: check.rule, dueOn: null, doneOn, reason: check.text };
}

/** What a rule has no bearing on here. */
export const inapplicable = (item: number, reason: string): Duty => ({
  ...NOTHING,
  item,
  state: 'notApplicable',
  reason,
});

/** What is still to come, or was not received although what follows it was. */
export const expected = (item: number, isMissing: boolean, reason: string): Duty => ({
  ...NOTHING,
  item,
  state: isMissing ? 'missing' : 'due',
  reason,
});

/** What cannot be said. */
export const unchecked = (item: number, reason: string): Duty => ({ ...NOTHING, item, state: 'unchecked', reason });

/** What stands in a notice of something else. */
export const contained = (item: number, notice: PublishedNotice, reason: string): Duty => ({
  ...NOTHING,
  item,
  state: 'onTime',
  doneOn: formatDate(notice.publishedAt),
  reason,
});

/** What was not received and is due by limits that follow one another from an instant on: missing once the last day is over. */
export function awaited(item: number, from: Instant, rules: readonly TimeLimitId[], facts: RoundFacts): Duty {
  let end: { at: Instant; isCertain: boolean } | undefined = { at: from, isCertain: true };
  for (const id of rules) {
    const next: { at: Instant; isCertain: boolean } | undefined = end && limitEnd(id, end.at, facts.calendar);
    end = next && { at: next.at, isCertain: (end?.isCertain ?? false) && next.isCertain };
  }
  const rule = rules.at(-1) ?? '';
  const words = rules.map((id) => `${timeLimit(id).law}：${timeLimit(id).from}至${timeLimit(id).to}`).join('；');
  if (!end) return { ...NOTHING, item, state: 'unchecked', rule, reason: '当年节假日安排未收录，期限不能计算' };
  const dueOn = formatDate(end.at);
  const isMissing = end.isCertain && dueOn < facts.today;
  return { ...NOTHING, item, state: isMissing ? 'missing' : 'due', rule, dueOn, reason: words };
}

const NOTHING = { rule: '', dueOn: null, doneOn: null } as const;
