import { everyOf } from '../exhaustive.ts';
import { addDays, type Instant, startOfDay } from '../time/time.ts';
import type { Grade } from './grade.ts';
import type { Day } from './period.ts';

/** What can happen to an entry after the decision. */
export const EXPOSURE_EVENTS = {
  objectionFiled: { label: '收到异议', ends: false },
  objectionResolved: { label: '异议处理完毕', ends: false },
  corrected: { label: '内容更正', ends: false },
  repaired: { label: '信用修复，停止公示', ends: true },
  revoked: { label: '决定被撤销、变更或确认违法、无效', ends: true },
} as const satisfies Record<string, { label: string; ends: boolean }>;

export type ExposureEventKind = keyof typeof EXPOSURE_EVENTS;
export const EXPOSURE_EVENT_KEYS = Object.keys(EXPOSURE_EVENTS) as [ExposureEventKind, ...ExposureEventKind[]];

export interface ExposureEvent {
  kind: ExposureEventKind;
  /** When it takes effect. */
  at: Instant;
  /** Document or ground, in words. */
  basis: string;
}

export const EXPOSURE_STATES = {
  withheld: { label: '不公示', isPublic: false, wasPublic: false },
  upcoming: { label: '尚未公示', isPublic: false, wasPublic: false },
  inForce: { label: '公示中', isPublic: true, wasPublic: true },
  underObjection: { label: '公示中，异议处理中', isPublic: true, wasPublic: true },
  corrected: { label: '公示中，内容已更正', isPublic: true, wasPublic: true },
  expired: { label: '公示期满', isPublic: false, wasPublic: true },
  repaired: { label: '已信用修复', isPublic: false, wasPublic: true },
  revoked: { label: '决定已撤销', isPublic: false, wasPublic: true },
} as const satisfies Record<string, { label: string; isPublic: boolean; wasPublic: boolean }>;

export type ExposureState = keyof typeof EXPOSURE_STATES;

/** What decides the state; the present instant decides the rest. */
export interface LifeFacts {
  grade: Grade;
  /** Why a minor record is published all the same; null for none. */
  minorReason: string | null;
  /** First public instant. */
  publishedAt: Instant;
  /** Last public day. */
  until: Day;
  events: readonly ExposureEvent[];
}

/** When an entry is public, `from` included and `until` not. */
export interface PublicInterval {
  from: Instant;
  until: Instant;
  /** Never public: a minor grade without a reason. */
  withheld: boolean;
}

/** The end of a last public day. */
export function endOfDay(day: Day): Instant {
  return addDays(startOfDay(day), 1);
}

/** A minor record is not published by default (Credit Repair Measures 2026). */
export function isWithheld({ grade, minorReason }: Pick<LifeFacts, 'grade' | 'minorReason'>): boolean {
  return grade === 'minor' && minorReason === null;
}

/** The interval in which an entry is public: its period, cut short by the first repair or revocation. */
export function publicInterval(facts: LifeFacts): PublicInterval {
  const ends = facts.events.filter(({ kind }) => EXPOSURE_EVENTS[kind].ends).map(({ at }) => at);
  const [until = endOfDay(facts.until)] = [endOfDay(facts.until), ...ends].sort();
  return { from: facts.publishedAt, until, withheld: isWithheld(facts) };
}

/** Whether an objection is open after an event; undefined where the event leaves that as it is. */
const OBJECTED: Record<ExposureEventKind, boolean | undefined> = {
  objectionFiled: true,
  objectionResolved: false,
  corrected: undefined,
  repaired: undefined,
  revoked: undefined,
};

type Ending = {
  [Each in ExposureEventKind]: (typeof EXPOSURE_EVENTS)[Each]['ends'] extends true ? Each : never;
}[ExposureEventKind];
/** Events that end an entry, the one that weighs most first; each is a state of its own. */
const ENDINGS = everyOf<Ending>()(['revoked', 'repaired']);

/** The state of an entry at an instant. Nothing is stored: what has run out has run out, whoever forgot to say so. */
export function stateAt(facts: LifeFacts, now: Instant): ExposureState {
  const past = facts.events.filter(({ at }) => at <= now);
  const has = (kind: ExposureEventKind) => past.some((event) => event.kind === kind);
  if (isWithheld(facts)) return 'withheld';
  const ending = ENDINGS.find(has);
  if (ending) return ending;
  if (now >= endOfDay(facts.until)) return 'expired';
  if (now < facts.publishedAt) return 'upcoming';
  const objected = past.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map(({ kind }) => OBJECTED[kind]);
  if (objected.findLast((open) => open !== undefined)) return 'underObjection';
  return has('corrected') ? 'corrected' : 'inForce';
}

/** True while the public may see an entry that is in this state. */
export function isPublicState(state: ExposureState): boolean {
  return EXPOSURE_STATES[state].isPublic;
}
