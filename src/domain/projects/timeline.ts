import type { LimitEnd, WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { NoticeSummary } from '../site/views.ts';
import { type Stage, type StagePhase, stageDefinition } from '../stages.ts';
import { endOf, type Moment, type MomentPrecision, toMoment, within } from '../time/moment.ts';
import { formatDate, type Instant } from '../time/time.ts';
import { listRemedies, type Remedy } from './remedies.ts';
import { limitEnd } from './time-limits.ts';
import { TIMELINE_PLANS } from './timeline-plans.ts';
import type { PlannedStep } from './timeline-step.ts';
import { describeNext, describeNow } from './timeline-text.ts';

export type StepState = 'done' | 'current' | 'upcoming' | 'missing' | 'overdue';

export const STEP_LABELS: Record<StepState, string> = {
  done: '已公开',
  current: '进行中',
  upcoming: '未到',
  missing: '未收到',
  overdue: '逾期未收到',
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
  /** Notices outside the plain course: corrections, suspensions, failed rounds, decisions. Oldest first. */
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
 * notices do not give are not invented; legal dates come only from confirmed rules.
 */
export function toTimeline(
  category: Category,
  notices: readonly NoticeSummary[],
  now: Instant,
  calendar: WorkingCalendar,
): ProjectTimeline {
  const course = toCourse(TIMELINE_PLANS[category], notices, now, calendar);
  const { plan, position, ended } = course;
  const steps = plan.map((planned, index) => toStep(planned, index, course));
  const shown = steps.filter(
    ({ state }, index) => state === 'done' || state === 'missing' || (!ended && index >= position),
  );
  return {
    steps: shown,
    now: describeNow(course),
    next: describeNext(course, steps[position]),
    responsible: (ended ? undefined : plan[position])?.responsible ?? '',
    missing: shown.filter(({ state }) => state === 'missing' || state === 'overdue').map(({ label }) => label),
    remedies: ended ? [] : listRemedies(category, notices, course.deadline, now, calendar),
    events: notices.filter(({ stage }) => !plan.some(({ stages }) => stages.includes(stage))),
  };
}

/** The deadline that counts: the last one that a notice of the calling phase gives. */
export function findDeadline(notices: readonly NoticeSummary[]): Moment | null {
  const last = notices.findLast(({ stage, deadlineAt }) => deadlineAt && isPhase(stage, 'tender'));
  return toMoment(last?.deadlineAt, last?.deadlinePrecision);
}

function toCourse(
  plan: readonly PlannedStep[],
  notices: readonly NoticeSummary[],
  now: Instant,
  calendar: WorkingCalendar,
): Course {
  const found = plan.map(({ stages }) => notices.filter(({ stage }) => stages.includes(stage)));
  const deadline = findDeadline(notices);
  const suspension = notices.findLast(({ stage }) => stage === 'suspensionNotice' || stage === 'resumptionNotice');
  return {
    now,
    calendar,
    plan,
    found,
    deadline,
    position: findPosition(plan, found, deadline, now),
    ended: findEnd(notices),
    suspended: suspension?.stage === 'suspensionNotice',
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

const isPhase = (stage: Stage, ...phases: StagePhase[]) => phases.includes(stageDefinition(stage).phase);

/** A failed or terminated round ends a project unless a later call, or any result (of another lot), shows it goes on. */
function findEnd(notices: readonly NoticeSummary[]): NoticeSummary | undefined {
  if (notices.some(({ stage }) => isPhase(stage, 'award', 'contract', 'performance'))) return undefined;
  const last = notices.findLast(({ stage }) => isPhase(stage, 'tender', 'ended'));
  return last && isPhase(last.stage, 'ended') ? last : undefined;
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
