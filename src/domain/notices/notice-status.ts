import type { Deal, DealLot, DealNotice, EffectiveMoment, LotRound, Standing } from '../deals/deal.ts';
import { lotsOf } from '../deals/lots-of.ts';
import { dealStandingAt } from '../deals/standing.ts';
import { endOf, isSameMoment, type Moment, toMoment } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';

/** A deadline that another notice moved. */
export interface MovedDeadline {
  from: Moment;
  to: Moment;
  /** The notice that moved it; where that is the notice itself, the one whose deadline it moved. */
  otherId: string;
  /** Whether the notice itself moved the deadline. */
  isOwn: boolean;
}

/** What a reader of a notice has to know before its contents: where what it is about stands at an instant. */
export interface NoticeStatus {
  /** Where those lots stand that the notice is about; null when nothing tells. */
  standing: Standing | null;
  /** The deadline that counts, of the round that the notice belongs to; null when none is known. */
  deadline: EffectiveMoment | null;
  moved: MovedDeadline | null;
  /** When the candidates' publicity ends (exclusive); null unless it runs. */
  publicityEndsAt: Instant | null;
  /** The notice that called anew what this one called; null while it counts. */
  calledAnewBy: string | null;
}

type Timed = Pick<DealNotice, 'id' | 'deadlineAt' | 'deadlinePrecision'>;

/** Where a notice stands within its deal. `notices` are those that the deal was made of. */
export function toNoticeStatus(deal: Deal, notice: DealNotice, notices: readonly Timed[], now: Instant): NoticeStatus {
  const keys = new Set(lotsOf(notice).map(({ key }) => key));
  const own = deal.lots.filter(({ key }) => keys.size === 0 || keys.has(key));
  const lots = own.length > 0 ? own : deal.lots;
  const rounds = lots.flatMap((lot) => roundOf(lot, notice.id) ?? []);
  const deadline = chooseDeadline(rounds, now);
  const standing = dealStandingAt({ lots }, now);
  const ends = lots.flatMap(({ rounds }) => rounds.at(-1)?.publicityEndsAt ?? []).filter((end) => end > now);
  return {
    standing,
    deadline,
    moved: findMove(deal, notice, notices, deadline),
    publicityEndsAt: standing?.state === 'publicity' ? (ends.sort().at(-1) ?? null) : null,
    calledAnewBy:
      deal.superseded.find(({ noticeId, how }) => how === 'round' && noticeId === notice.id)?.byNoticeId ?? null,
  };
}

/** The round that a notice belongs to; the last one for a notice that belongs to none. */
function roundOf({ rounds }: DealLot, noticeId: string): LotRound | undefined {
  return rounds.find(({ noticeIds }) => noticeIds.includes(noticeId)) ?? rounds.at(-1);
}

/** Of the deadlines of several lots, the next one; when all have passed, the last. */
function chooseDeadline(rounds: readonly LotRound[], now: Instant): EffectiveMoment | null {
  const sorted = rounds.flatMap(({ deadline }) => deadline ?? []).sort((a, b) => (a.at < b.at ? -1 : 1));
  return sorted.find((deadline) => endOf(deadline) > now) ?? sorted.at(-1) ?? null;
}

function findMove(
  { superseded }: Deal,
  notice: DealNotice,
  notices: readonly Timed[],
  deadline: EffectiveMoment | null,
): MovedDeadline | null {
  const own = toMoment(notice.deadlineAt, notice.deadlinePrecision);
  const moves = superseded.filter(({ how }) => how === 'deadline');
  if (own && deadline && moves.some(({ noticeId }) => noticeId === notice.id) && !isSameMoment(own, deadline))
    return { from: own, to: deadline, otherId: deadline.noticeId, isOwn: false };
  const earlier = moves.findLast(({ byNoticeId }) => byNoticeId === notice.id);
  const before = notices.find(({ id }) => id === earlier?.noticeId);
  const from = before ? toMoment(before.deadlineAt, before.deadlinePrecision) : null;
  return own && before && from ? { from, to: own, otherId: before.id, isOwn: true } : null;
}
