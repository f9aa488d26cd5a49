import { endOf } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';
import type { Deal, DealLot, DealState, Standing } from './deal.ts';

/**
 * Where a lot stands: what its notices made of it, and what has passed since. Bidding closes when the deadline has passed;
 * candidates whose publicity has ended await their award, `closed`. Null when no notice tells.
 */
export function lotStandingAt({ rounds, planned }: DealLot, now: Instant): Standing | null {
  const round = rounds.at(-1);
  const last = round?.standings.at(-1);
  if (!round || !last) return planned;
  const { deadline, publicityEndsAt } = round;
  if (last.state === 'open' && deadline && endOf(deadline) <= now) {
    return { state: 'closed', since: later(endOf(deadline), last.since), noticeId: deadline.noticeId };
  }
  if (last.state === 'publicity' && publicityEndsAt && publicityEndsAt <= now) {
    return { state: 'closed', since: later(publicityEndsAt, last.since), noticeId: last.noticeId };
  }
  return last;
}

/** Of two instants in the same form, the later. */
const later = (one: Instant, other: Instant): Instant => (one > other ? one : other);

/** What a reader has to act on comes first: a deal of which one lot is open is open. */
const FIRST = [
  'open',
  'suspended',
  'publicity',
  'closed',
  'planned',
  'awarded',
  'contracted',
  'performed',
  'failed',
  'terminated',
] as const satisfies readonly DealState[];

/** Where a deal stands as a whole: where that lot stands that has most before it. Lots that failed count only when all did. */
export function dealStandingAt({ lots }: Pick<Deal, 'lots'>, now: Instant): Standing | null {
  return foremost(lots.flatMap((lot) => lotStandingAt(lot, now) ?? []));
}

/** The lots that a notice is about; all of them when it stands in the round of none, as a plan. */
export function lotsAbout({ lots }: Deal, noticeId: string): DealLot[] {
  const own = lots.filter(({ rounds }) => rounds.some(({ noticeIds }) => noticeIds.includes(noticeId)));
  return own.length > 0 ? own : lots;
}

/** What the notices made of a deal as a whole, whatever has passed since. */
export function dealState({ lots }: Deal): DealState | null {
  const standings = lots.flatMap(({ rounds, planned }) => rounds.at(-1)?.standings.at(-1) ?? planned ?? []);
  return foremost(standings)?.state ?? null;
}

/** What a deal had come to, as a whole, when one of its notices was published: what that notice and those before it made of it. */
export function stateAfter(
  { lots }: Pick<Deal, 'lots'>,
  notice: { id: string; publishedAt: Instant },
): DealState | null {
  return foremost(lots.flatMap((lot) => lotStandingAfter(lot, notice) ?? []))?.state ?? null;
}

function lotStandingAfter(
  { rounds, planned }: DealLot,
  { id, publishedAt }: { id: string; publishedAt: Instant },
): Standing | null {
  const told = rounds.flatMap(({ standings }) => standings);
  const course = rounds.flatMap(({ noticeIds }) => noticeIds);
  const place = course.indexOf(id);
  const isTold = ({ noticeId, since }: Standing) =>
    place < 0 ? since <= publishedAt && planned?.noticeId !== id : course.indexOf(noticeId) <= place;
  return told.findLast(isTold) ?? (planned && planned.since <= publishedAt ? planned : null);
}

function foremost(standings: readonly Standing[]): Standing | null {
  for (const state of FIRST) {
    const found = standings.filter((standing) => standing.state === state);
    if (found.length > 0) return found.reduce((a, b) => (b.since > a.since ? b : a));
  }
  return null;
}

/** Is a state one in which bids can be made? */
export const isOpen = (standing: Standing | null): boolean => standing?.state === 'open';
