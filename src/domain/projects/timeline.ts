/** One file: where a project stands, what comes next and the steps shown are told from one and the same course. */
import type { LimitEnd, WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { NoticeSummary } from '../site/views.ts';
import { type StageEffect, type StagePhase, stageDefinition } from '../stages.ts';
import { endOf, formatMoment, type Moment, type MomentPrecision, toMoment, within } from '../time/moment.ts';
import { formatDate, formatWeekday, type Instant } from '../time/time.ts';
import { listRemedies, type Remedy } from './remedies.ts';
import { AWAITS_HOLIDAY_PLAN, formatLimit, limitEnd, timeLimit } from './time-limits.ts';
import { TIMELINE_PLANS } from './timeline-plans.ts';
import type { PlannedStep } from './timeline-step.ts';

/** The sentence "where it stands". */
function describeNow(course: Course): string {
  const { ended, suspended, deadline, plan, position, found } = course;
  if (ended) return `${formatDate(ended.publishedAt)} 已发布${stageDefinition(ended.stage).label}，本次交易结束。`;
  if (suspended) return '已中止（暂停），恢复之前各环节时间不再推进。';
  if (plan[position]?.bidding) {
    return deadline ? '公告已发布，正在接受投标（报名、响应）。' : '公告已发布；公告中未读到截止时间，请以原文为准。';
  }
  const last = plan[position - 1];
  if (!last || !found.some((list) => list.length > 0)) return '尚未收到主要公告。';
  if (last.bidding && deadline) return `已于 ${formatMoment(deadline)} 截止，等待公开结果。`;
  const date = found[position - 1]?.at(-1)?.publishedAt;
  return `${date ? `${formatDate(date)} ` : ''}已公开${last.label}。`;
}

/** The sentence "what comes next and by when", with the rule the date comes from. */
function describeNext(course: Course, step: TimelineStep | undefined): string {
  const ahead = course.plan[course.position];
  if (course.ended) return '如重新组织交易，将另行发布公告。';
  if (course.suspended) return '等待发布单位公告恢复或者终止；恢复时间没有统一的法定期限。';
  if (!ahead || !step) return '主要环节均已公开，没有待办的下一步。';
  if (ahead.bidding) {
    if (!course.deadline) return `${ahead.expectation}。`;
    const weekday = formatWeekday(within(course.deadline));
    return `${ahead.expectation}：${formatMoment(course.deadline)}（${weekday}，北京时间）。`;
  }
  if (!ahead.due) return `${ahead.expectation}。${ahead.dueNote ? `${ahead.dueNote}。` : ''}`;
  const rules = ahead.due
    .map((id) => timeLimit(id))
    .map((rule) => `${rule.law}：${rule.from}后 ${formatLimit(rule)}内${rule.to}`)
    .join('；');
  if (step.dueNotBefore)
    return `${ahead.expectation}，最迟日期${AWAITS_HOLIDAY_PLAN}，不早于 ${formatDate(step.dueNotBefore)}（${rules}）。`;
  const note = ahead.dueNote ? `${ahead.dueNote}。` : '';
  if (!step.dueAt) return `${ahead.expectation}。所需日期不全或当年节假日安排未收录，无法算出最迟日期（${rules}）。`;
  const date = formatDate(step.dueAt);
  if (step.state === 'overdue')
    return `${ahead.expectation}。按法定最长期限应不晚于 ${date}，本平台尚未收到（${rules}）。${note}`;
  return `${ahead.expectation}，最迟 ${date}（${rules}）。${note}`;
}

export type StepState = 'done' | 'current' | 'upcoming' | 'missing' | 'overdue';

export const STEP_LABELS: Record<StepState, string> = {
  done: '已公开',
  current: '进行中',
  upcoming: '未到',
  missing: '未收到',
  overdue: '逾期未收到',
};

/** Steps that are shown wherever the deal stands. */
const IS_PAST: Record<StepState, boolean> = {
  done: true,
  current: false,
  upcoming: false,
  missing: true,
  overdue: false,
};
/** Steps that should be public by now. */
const IS_AWAITED: Record<StepState, boolean> = {
  done: false,
  current: false,
  upcoming: false,
  missing: true,
  overdue: true,
};

export interface TimelineStep {
  label: string;
  state: StepState;
  /** When the step was first published, or when bidding ends; null when neither is known. */
  date: Instant | null;
  /** How exact `date` is; null together with it. */
  datePrecision: MomentPrecision | null;
  /** Latest legal date, when it can be computed. */
  dueAt: Instant | null;
  /** Where the latest legal date awaits a holiday plan, the earliest that it can be; null otherwise. */
  dueNotBefore: Instant | null;
  /** Notices of the step, oldest first: lots and re-runs can make several. */
  notices: NoticeSummary[];
}

export interface ProjectTimeline {
  steps: TimelineStep[];
  /** Where it stands, what comes next and by when, who has to act: a sentence each. */
  now: string;
  next: string;
  responsible: string;
  /** Labels of steps that should be public by now and are not here. */
  missing: string[];
  /** What a reader can do, with the last day where it can be computed. */
  remedies: Remedy[];
  /** Notices outside the plain course: corrections, suspensions, failures, rounds before, decisions. Oldest first. */
  events: NoticeSummary[];
}

/** Where a project stands in its plan. */
export interface Course {
  now: Instant;
  calendar: WorkingCalendar;
  plan: readonly PlannedStep[];
  /** Notices of each planned step, oldest first. */
  found: NoticeSummary[][];
  /** The last deadline that a notice of the calling phase gives: corrections move it. */
  deadline: Moment | null;
  /** Index of the step that is under way or awaited; the plan's length when all is done. */
  position: number;
  /** The notice that ended the project, when neither a later round nor a result shows that it goes on. */
  ended: NoticeSummary | undefined;
  suspended: boolean;
}

/**
 * The course of a project from its public notices (oldest first). Pure: `now` decides what lies ahead. Dates that the
 * notices do not give are not invented; legal dates come only from confirmed rules. `current` are the notices of the rounds that run:
 * what was before them stands among the events.
 */
export function toTimeline(
  category: Category,
  notices: readonly NoticeSummary[],
  now: Instant,
  calendar: WorkingCalendar,
  current: readonly NoticeSummary[] = notices,
): ProjectTimeline {
  const course = toCourse(TIMELINE_PLANS[category], current, now, calendar);
  const { plan, position, ended } = course;
  const steps = plan.map((planned, index) => toStep(planned, index, course));
  const shown = steps.filter(({ state }, index) => IS_PAST[state] || (!ended && index >= position));
  return {
    steps: shown,
    now: describeNow(course),
    next: describeNext(course, steps[position]),
    responsible: (ended ? undefined : plan[position])?.responsible ?? '',
    missing: shown.filter(({ state }) => IS_AWAITED[state]).map(({ label }) => label),
    remedies: ended ? [] : listRemedies(category, current, course.deadline, now, calendar),
    events: notices.filter((notice) => !course.found.some((list) => list.includes(notice))),
  };
}

/** The deadline that counts: the last one that a notice of the calling phase gives. */
export function findDeadline(notices: readonly NoticeSummary[]): Moment | null {
  const last = notices.findLast(({ stage, deadlineAt }) => deadlineAt && stageDefinition(stage).phase === 'tender');
  return toMoment(last?.deadlineAt, last?.deadlinePrecision);
}

/** Whether the deal rests after a notice; undefined where the notice leaves that as it is. */
const PAUSES: Record<StageEffect, boolean | undefined> = {
  calls: undefined,
  tells: undefined,
  proposes: undefined,
  explains: undefined,
  corrects: undefined,
  amends: undefined,
  suspends: true,
  resumes: false,
  fails: undefined,
  terminates: undefined,
};

function toCourse(
  plan: readonly PlannedStep[],
  notices: readonly NoticeSummary[],
  now: Instant,
  calendar: WorkingCalendar,
): Course {
  const found = plan.map(({ stages }) => notices.filter(({ stage }) => stages.includes(stage)));
  const deadline = findDeadline(notices);
  const paused = notices.map(({ stage }) => PAUSES[stageDefinition(stage).effect]);
  return {
    now,
    calendar,
    plan,
    found,
    deadline,
    position: findPosition(plan, found, deadline, now),
    ended: findEnd(notices),
    suspended: paused.findLast((pauses) => pauses !== undefined) ?? false,
  };
}

function findPosition(
  plan: readonly PlannedStep[],
  found: readonly NoticeSummary[][],
  deadline: Moment | null,
  now: Instant,
): number {
  const last = found.findLastIndex((list) => list.length > 0);
  if (last < 0) return plan.findIndex(({ required }) => required);
  return plan[last + 1]?.bidding && deadline && endOf(deadline) <= now ? last + 2 : last + 1;
}

/** Whether a project has ended after a notice of a phase; `never` once there is a result, undefined where the notice leaves that as it is. */
const ENDS: Record<StagePhase, boolean | 'never' | undefined> = {
  planning: undefined,
  tender: false,
  opening: undefined,
  award: 'never',
  contract: 'never',
  performance: 'never',
  ended: true,
  decision: undefined,
};
const endsAfter = ({ stage }: NoticeSummary) => ENDS[stageDefinition(stage).phase];

/** A failed or terminated round ends a project unless a later call, or any result (of another lot), shows it goes on. */
function findEnd(notices: readonly NoticeSummary[]): NoticeSummary | undefined {
  if (notices.some((notice) => endsAfter(notice) === 'never')) return undefined;
  const last = notices.findLast((notice) => endsAfter(notice) !== undefined);
  return last && endsAfter(last) ? last : undefined;
}

function toStep(planned: PlannedStep, index: number, course: Course): TimelineStep {
  const notices = course.found[index] ?? [];
  const [first] = notices;
  const published: Moment | null = first ? { at: first.publishedAt, precision: first.publishedPrecision } : null;
  const moment = published ?? (planned.bidding ? course.deadline : null);
  const [date, datePrecision] = [moment?.at ?? null, moment?.precision ?? null];
  const base = { label: planned.label, notices, date, datePrecision, dueAt: null, dueNotBefore: null };
  if (notices.length > 0) return { ...base, state: 'done' };
  if (index < course.position) return { ...base, state: judgePast(planned, course) };
  if (index > course.position || course.ended) return { ...base, state: 'upcoming' };
  const due = findDue(planned, course, index);
  if (!due?.isCertain) return { ...base, dueNotBefore: due?.at ?? null, state: 'current' };
  const overdue = planned.required && formatDate(due.at) < formatDate(course.now);
  return { ...base, dueAt: due.at, state: overdue ? 'overdue' : 'current' };
}

/** A passed step without notices: the end of bidding shows its date, required steps are missing, others are left out. */
function judgePast(planned: PlannedStep, course: Course): StepState {
  if (planned.bidding && course.deadline) return 'done';
  return planned.required ? 'missing' : 'upcoming';
}

/** Latest legal date of a step: its limits one after another, from the step before. Undefined when a start is not known. */
function findDue(planned: PlannedStep, course: Course, index: number): LimitEnd | undefined {
  const { deadline } = course;
  const closing = deadline && within(deadline);
  const start = course.plan[index - 1]?.bidding ? closing : course.found[index - 1]?.at(-1)?.publishedAt;
  if (!planned.due || !start || course.suspended) return undefined;
  return planned.due.reduce<LimitEnd | undefined>(
    (from, id) => {
      const end = from && limitEnd(id, from.at, course.calendar);
      return end && { at: end.at, isCertain: from.isCertain && end.isCertain };
    },
    { at: start, isCertain: true },
  );
}
