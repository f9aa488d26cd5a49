import { endOf } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';
import type { Deal, LotRound, Superseded } from './deal.ts';

/** What its deal makes of a notice, free of the clock. */
export interface NoticeMark {
  /**
   * When the bidding ends that the notice stands for, after all corrections: a call stands for its round, as it alone says who buys
   * what for how much; a correction only where its call is not known. Of a deal that is open one notice alone has an instant that lies
   * ahead, the one that closes last; null for all others.
   */
  closesAt: Instant | null;
  superseded: Pick<Superseded, 'byNoticeId' | 'how'> | null;
}

/** The mark of each of a deal's notices that has one; the others have none of both. */
export function markNotices({ lots, superseded }: Deal): Map<string, NoticeMark> {
  const closings = lots.flatMap(({ rounds }) => rounds.flatMap(closingOf));
  const past = closings.filter(({ isOpen }) => !isOpen);
  const open = closings
    .filter(({ isOpen }) => isOpen)
    .sort(byClosing)
    .slice(-1);
  const closesAt = new Map([...past, ...open].map((closing) => [closing.noticeId, closing.at]));
  const counting = new Set(lots.map(({ rounds }) => rounds.at(-1)?.deadline?.noticeId));
  const marks = new Map<string, NoticeMark>();
  for (const [noticeId, at] of closesAt) marks.set(noticeId, { closesAt: at, superseded: null });
  for (const { noticeId } of superseded) {
    if (counting.has(noticeId)) continue;
    marks.set(noticeId, { closesAt: closesAt.get(noticeId) ?? null, superseded: findSuccessor(superseded, noticeId) });
  }
  return marks;
}

interface Closing {
  noticeId: string;
  at: Instant;
  /** Nothing but time ends the bidding. */
  isOpen: boolean;
  since: Instant;
}

/** When the bidding of a round ends or ended by its deadline; none where something else ended it before. */
function closingOf({ callId, deadline, standings }: LotRound): Closing[] {
  if (!deadline) return [];
  const at = endOf(deadline);
  const called = standings.findLastIndex(({ state }) => state === 'open');
  const next = standings[called + 1];
  if (next && at > next.since) return [];
  const since = standings[called]?.since ?? '';
  return called < 0 && !next ? [] : [{ noticeId: callId ?? deadline.noticeId, at, isOpen: !next, since }];
}

function byClosing(a: Closing, b: Closing): number {
  const [one, other] = [a, b].map(({ at, since, noticeId }) => `${at} ${since} ${noticeId}`) as [string, string];
  return one < other ? -1 : 1;
}

/** The call of the next round, else the last of those that moved the deadline one after the other. */
function findSuccessor(superseded: readonly Superseded[], noticeId: string): NoticeMark['superseded'] {
  const own = superseded.filter((entry) => entry.noticeId === noticeId);
  const round = own.findLast(({ how }) => how === 'round');
  if (round) return { byNoticeId: round.byNoticeId, how: 'round' };
  let last = own.at(-1);
  // Deadlines may be moved to and fro between lots: nobody is followed twice.
  const seen = new Set([noticeId]);
  while (last && !seen.has(last.byNoticeId)) {
    const { byNoticeId } = last;
    seen.add(byNoticeId);
    const next = superseded.findLast((entry) => entry.noticeId === byNoticeId && entry.how === 'deadline');
    if (!next || seen.has(next.byNoticeId)) return { byNoticeId, how: 'deadline' };
    last = next;
  }
  return null;
}
