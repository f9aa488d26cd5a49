import { addDays, type Instant, startOfDay } from '../time/time.ts';
import type { Grade } from './grade.ts';
import type { Day } from './period.ts';

/** What can happen to an entry after the decision. */
export const EXPOSURE_EVENTS = {
  objectionFiled: { label: '收到异议' },
  objectionResolved: { label: '异议处理完毕' },
  corrected: { label: '内容更正' },
  repaired: { label: '信用修复，停止公示' },
  revoked: { label: '决定被撤销、变更或确认违法、无效' },
} as const;

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
  withheld: { label: '不公示', isPublic: false },
  upcoming: { label: '尚未公示', isPublic: false },
  inForce: { label: '公示中', isPublic: true },
  underObjection: { label: '公示中，异议处理中', isPublic: true },
  corrected: { label: '公示中，内容已更正', isPublic: true },
  expired: { label: '公示期满', isPublic: false },
  repaired: { label: '已信用修复', isPublic: false },
  revoked: { label: '决定已撤销', isPublic: false },
} as const;

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
  const ends = facts.events.filter(({ kind }) => kind === 'repaired' || kind === 'revoked').map(({ at }) => at);
  const [until = endOfDay(facts.until)] = [endOfDay(facts.until), ...ends].sort();
  return { from: facts.publishedAt, until, withheld: isWithheld(facts) };
}

/** The state of an entry at an instant. Nothing is stored: what has run out has run out, whoever forgot to say so. */
export function stateAt(facts: LifeFacts, now: Instant): ExposureState {
  const past = facts.events.filter(({ at }) => at <= now);
  const has = (kind: ExposureEventKind) => past.some((event) => event.kind === kind);
  if (isWithheld(facts)) return 'withheld';
  if (has('revoked')) return 'revoked';
  if (has('repaired')) return 'repaired';
  if (now >= endOfDay(facts.until)) return 'expired';
  if (now < facts.publishedAt) return 'upcoming';
  const last = past
    .filter(({ kind }) => kind !== 'corrected')
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  if (last?.kind === 'objectionFiled') return 'underObjection';
  return has('corrected') ? 'corrected' : 'inForce';
}

/** True while the public may see an entry that is in this state. */
export function isPublicState(state: ExposureState): boolean {
  return EXPOSURE_STATES[state].isPublic;
}
