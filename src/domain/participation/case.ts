import type { WorkingCalendar } from '../calendar/working-days.ts';
import { type Clock, isOverdue, type Pause, type PauseCause, runClock, WAIT_LIMITS } from './clock.ts';
import { type SubmissionKind, submissionKind } from './kinds.ts';

/** What staff can do with a submission, and the state that it then stands in; without one it stays where it is. */
export const CASE_EVENTS = {
  assigned: { label: '指定办理人' },
  accepted: { label: '受理', state: 'accepted' },
  transferred: { label: '转办', state: 'transferred' },
  outcome: { label: '转办结果' },
  proposed: { label: '提请延期' },
  extended: { label: '延期' },
  refused: { label: '不同意延期' },
  paused: { label: '暂停计时' },
  resumed: { label: '恢复计时' },
  asked: { label: '请提交人补充', state: 'awaiting' },
  replied: { label: '提交人补充', state: 'accepted' },
  escalated: { label: '督办' },
  noted: { label: '内部备注' },
  rerouted: { label: '转为其他事项办理', state: 'received' },
  answered: { label: '答复', state: 'answered' },
  declined: { label: '不予受理', state: 'declined' },
  closed: { label: '办结', state: 'closed' },
} as const satisfies Record<string, { label: string; state?: string }>;

export type CaseEventKind = keyof typeof CASE_EVENTS;
export const CASE_EVENT_KEYS = Object.keys(CASE_EVENTS) as [CaseEventKind, ...CaseEventKind[]];

/** Where a submission stands; it is over in the last three. */
export const CASE_STATES = {
  received: '已收到，待受理',
  accepted: '已受理，办理中',
  transferred: '已转有关部门办理',
  awaiting: '等您补充',
  answered: '已答复',
  declined: '不予受理',
  closed: '已办结',
} as const;

/** The same in the words of those who handle it. */
export const DESK_STATES: Readonly<Record<CaseState, string>> = { ...CASE_STATES, awaiting: '等提交人补充' };

export type CaseState = keyof typeof CASE_STATES;
export const CASE_STATE_KEYS = Object.keys(CASE_STATES) as [CaseState, ...CaseState[]];
const OVER: ReadonlySet<CaseState> = new Set(['answered', 'declined', 'closed']);
export const isOver = (state: CaseState): boolean => OVER.has(state);

/** What happened, in the order in which it did; days are `YYYY-MM-DD`. */
export interface CaseEvent {
  kind: CaseEventKind;
  on: string;
  /** Of `transferred`: to whom. */
  department?: string | null;
  /** Of `extended`: by how many days of the limit's unit; of `asked`: within how many calendar days it is to be answered. */
  days?: number | null;
  /** Of `paused`: why. */
  cause?: PauseCause | null;
  /** Of `assigned`: whose it is from then on. */
  owner?: string | null;
}

/** What a request waits for, and until when it has to come. */
export interface Wait {
  cause: PauseCause;
  /** `YYYY-MM-DD`; null when that hangs on a holiday plan that is to come. */
  due: string | null;
  /** Whether that day is over: then it is decided without what was waited for. */
  isLate: boolean;
}

/** What a submission's events make of it. */
export interface CaseStanding {
  state: CaseState;
  owner: string | null;
  /** Who has it: the department it was transferred to, or none. */
  department: string | null;
  clock: Clock;
  /** By what the clock runs, in words. */
  rule: string;
  extendedBy: number;
  /** What stops the clock; null while it runs. */
  wait: Wait | null;
  isOverdue: boolean;
  isEscalated: boolean;
  /** When it was over; null while it goes on. */
  endedOn: string | null;
}

/** Where a submission stands on a day, computed of what happened: nothing of this is stored. */
export function standingOf(
  { kind, receivedOn }: { kind: SubmissionKind; receivedOn: string },
  events: readonly CaseEvent[],
  calendar: WorkingCalendar,
  today: string,
): CaseStanding {
  const { clock, rule, own } = clockOf({ kind, receivedOn }, events, calendar);
  const state = stateOf(events);
  const last = <Key extends 'owner' | 'department'>(key: Key) => own.findLast((event) => event[key])?.[key] ?? null;
  return {
    ...{ state, clock, rule, owner: last('owner'), department: last('department') },
    ...{ extendedBy: extensionOf(own), wait: isOver(state) ? null : waitOf(clock, own, calendar, today) },
    isOverdue: !isOver(state) && isOverdue(clock, today),
    isEscalated: events.some((event) => event.kind === 'escalated'),
    endedOn: isOver(state) ? (events.findLast((event) => isEnd(event.kind))?.on ?? null) : null,
  };
}

const extensionOf = (events: readonly CaseEvent[]): number =>
  events.reduce((sum, { kind, days }) => sum + (kind === 'extended' ? (days ?? 0) : 0), 0);

/**
 * The clock of a submission, its rule, and the events since it is handled as what it is. What was moved from requests for information has
 * the time of its new kind from that day on, and never longer than the request had.
 */
function clockOf(
  { kind, receivedOn }: { kind: SubmissionKind; receivedOn: string },
  events: readonly CaseEvent[],
  calendar: WorkingCalendar,
): { clock: Clock; rule: string; own: readonly CaseEvent[] } {
  const at = events.findIndex((event) => event.kind === 'rerouted');
  const moved = events[at];
  const own = events.slice(at + 1);
  const { limit, rule, acceptance } = submissionKind(kind);
  const accepted = own.find((event) => event.kind === 'accepted');
  const waits = acceptance !== undefined && accepted === undefined;
  const clock = runClock(calendar, {
    start: acceptance && accepted ? accepted.on : (moved?.on ?? receivedOn),
    limit: waits ? acceptance.limit : limit,
    ...{ extension: extensionOf(own), pauses: pausesOf(kind, own) },
  });
  const running = { clock, rule: waits ? acceptance.rule : rule, own };
  if (!moved) return running;
  const filed = clockOf({ kind: 'disclosureRequest', receivedOn }, ended(events.slice(0, at), moved.on), calendar);
  return isEarlier(filed.clock, clock) ? { ...filed, own } : running;
}

/** What was waited for when a request was moved is waited for no longer. */
const ended = (events: readonly CaseEvent[], on: string): CaseEvent[] => [...events, { kind: 'resumed', on }];
const isEarlier = ({ due }: Clock, than: Clock): boolean => due !== null && (than.due === null || due < than.due);

function waitOf(
  { waitsFor: cause }: Clock,
  events: readonly CaseEvent[],
  calendar: WorkingCalendar,
  today: string,
): Wait | null {
  if (cause === null) return null;
  const begun = events.findLast(({ kind }) => kind === 'asked' || kind === 'paused');
  const given = begun?.kind === 'asked' ? begun.days : null;
  const limit = given ? ({ count: given, unit: 'cd' } as const) : WAIT_LIMITS[cause];
  const { due, isCertain } = runClock(calendar, { start: begun?.on ?? today, limit });
  return { cause, due: isCertain ? due : null, isLate: due !== null && isCertain && today > due };
}

const stateAfter = (kind: CaseEventKind): CaseState | undefined => {
  const event: { label: string; state?: CaseState } = CASE_EVENTS[kind];
  return event.state;
};
const isEnd = (kind: CaseEventKind) => isOver(stateAfter(kind) ?? 'received');

/** What was transferred stays so until there is an answer, whatever is asked meanwhile. */
function stateOf(events: readonly CaseEvent[]): CaseState {
  return events.reduce<CaseState>((state, { kind }) => {
    const next = stateAfter(kind) ?? state;
    const isTransferred = events.some((event) => event.kind === 'transferred') && kind === 'replied';
    if (kind === 'resumed' && state === 'awaiting') return 'accepted';
    return isTransferred ? 'transferred' : next;
  }, 'received');
}

/** Only of a request for information does a question stop the clock: a correction 补正 (政府信息公开条例 30). */
function pausesOf(kind: SubmissionKind, events: readonly CaseEvent[]): Pause[] {
  const pauses: Pause[] = [];
  const finish = (on: string) => {
    const open = pauses.findLast(({ until }) => until === null);
    if (open) open.until = on;
  };
  for (const event of events) {
    if (event.kind === 'asked' && kind === 'disclosureRequest') {
      finish(event.on);
      pauses.push({ cause: 'correction', from: event.on, until: null });
    } else if (event.kind === 'paused' && event.cause) {
      finish(event.on);
      pauses.push({ cause: event.cause, from: event.on, until: null });
    } else if (event.kind === 'resumed' || event.kind === 'replied' || isEnd(event.kind)) finish(event.on);
  }
  return pauses;
}

/** What only requests for information have: extensions that another person approves, and being moved to where it belongs. */
export const ONLY_ON_REQUESTS: ReadonlySet<CaseEventKind> = new Set(['proposed', 'refused', 'rerouted']);

/** What may follow in a state: whatever is not here is refused. */
export const NEXT_EVENTS: Readonly<Record<CaseState, readonly CaseEventKind[]>> = (() => {
  const always = ['assigned', 'noted', 'escalated'] as const;
  const extending = ['proposed', 'extended', 'refused'] as const;
  const handling = [
    ...(['transferred', 'outcome', ...extending, 'paused', 'resumed', 'asked', 'answered', 'closed'] as const),
  ];
  return {
    received: [...always, 'accepted', 'transferred', 'asked', 'answered', 'declined', 'rerouted'],
    accepted: [...always, ...handling, 'rerouted'],
    transferred: [...always, ...handling],
    awaiting: [...always, ...handling, 'declined', 'rerouted'],
    answered: ['noted', 'closed'],
    declined: ['noted'],
    closed: ['noted'],
  };
})();

/** Which submissions a list of the console is of. */
export const CASE_VIEWS = { open: '待办', overdue: '超期', mine: '我的', over: '已办结' } as const;
export type CaseView = keyof typeof CASE_VIEWS;
export const CASE_VIEW_KEYS = Object.keys(CASE_VIEWS) as [CaseView, ...CaseView[]];
