import type { Deal, DealLot } from '../deals/deal.ts';
import { EFFECTS, type Effect } from '../deals/effects.ts';
import type { Stage } from '../stages.ts';

/** How a notice stands out in the course of a project. */
export type CourseTone = 'plain' | 'changed' | 'stopped' | 'result';

const TONES: Record<Effect, CourseTone> = {
  plan: 'plain',
  call: 'plain',
  amend: 'changed',
  open: 'plain',
  rank: 'result',
  award: 'result',
  contract: 'plain',
  perform: 'plain',
  fail: 'stopped',
  terminate: 'stopped',
  suspend: 'stopped',
  resume: 'changed',
  tell: 'plain',
};

/** A notice at its date in the course. */
export interface CourseEntry<Notice> {
  notice: Notice;
  tone: CourseTone;
  /** Lots that it is about, as notices name them; empty where it is about all or the deal is not divided. */
  lots: string[];
  /** The notice that counts in its stead, and why; null while it counts itself. */
  superseded: { byNoticeId: string; how: 'deadline' | 'round' } | null;
}

/** One call with what followed it; number 0 holds the plans before any call. */
export interface CourseRound<Notice> {
  number: number;
  /** Lots that it calls anew; empty where it is about all. */
  lots: string[];
  entries: CourseEntry<Notice>[];
}

/** The notices of a project, oldest first, by the rounds in which they stand: a lot that is called anew begins another. */
export function toCourseRounds<Notice extends { id: string; stage: Stage }>(
  { lots, superseded }: Deal,
  notices: readonly Notice[],
): CourseRound<Notice>[] {
  const rounds = new Map<number, CourseRound<Notice>>();
  for (const notice of notices) {
    const about = lots.filter((lot) => lot.rounds.some(({ noticeIds }) => noticeIds.includes(notice.id)));
    const numbers = about.map(
      (lot) => lot.rounds.findLast(({ noticeIds }) => noticeIds.includes(notice.id))?.number ?? 0,
    );
    const number = Math.max(0, ...numbers);
    const round = rounds.get(number) ?? { number, lots: namesOf(lots, withRound(lots, number)), entries: [] };
    rounds.set(number, round);
    const mark = superseded.findLast(({ noticeId }) => noticeId === notice.id);
    round.entries.push({
      notice,
      tone: TONES[EFFECTS[notice.stage]],
      lots: namesOf(lots, about),
      superseded: mark ? { byNoticeId: mark.byNoticeId, how: mark.how } : null,
    });
  }
  return [...rounds.values()].sort((a, b) => a.number - b.number);
}

const withRound = (lots: readonly DealLot[], number: number): DealLot[] =>
  lots.filter(({ rounds }) => rounds.some((round) => round.number === number));

/** Names of some of the lots; none when they are all of them. */
function namesOf(all: readonly DealLot[], some: readonly DealLot[]): string[] {
  return some.length === all.length ? [] : some.flatMap(({ name }) => name ?? []);
}
