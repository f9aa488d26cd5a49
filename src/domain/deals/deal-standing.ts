import { endOf } from '../time/moment.ts';
import type { Instant } from '../time/time.ts';
import type { Deal, DealLot, EffectiveMoment, Standing, Superseded } from './deal.ts';
import { markNotices } from './mark-notices.ts';
import { dealStandingAt, lotStandingAt, lotsAbout } from './standing.ts';

/** Where something stands, with the times that count after all corrections. */
export interface TimedStanding extends Standing {
  deadline: EffectiveMoment | null;
  opening: EffectiveMoment | null;
  /** When the candidates' publicity ends (exclusive); null without candidates. */
  publicityEndsAt: Instant | null;
}

/** Where one lot stands. */
export interface LotStanding extends TimedStanding {
  key: string;
  /** As its notices name it. */
  name: string;
  /** Number of the call that counts: 2 after the first 重新招标; 0 before any call. */
  round: number;
}

/** Where a deal stands. */
export interface DealStanding extends TimedStanding {
  /** Each lot; empty where the deal is not divided. */
  lots: LotStanding[];
}

/** Where the lots stand that a notice is about. */
export interface NoticeStanding extends DealStanding {
  /** The notice that counts in its stead; null while it counts itself. */
  superseded: Pick<Superseded, 'byNoticeId' | 'how'> | null;
}

/** Where a deal stands at an instant: that of its lot that has most before it; null when no notice tells. */
export function toDealStanding({ lots }: Pick<Deal, 'lots'>, now: Instant): DealStanding | null {
  const standing = dealStandingAt({ lots }, now);
  if (!standing) return null;
  const timed = lots.flatMap((lot) => toLotStanding(lot, now) ?? []);
  const { deadline, opening, publicityEndsAt } = chooseTimes(timed.filter(({ state }) => state === standing.state));
  return { ...standing, deadline, opening, publicityEndsAt, lots: timed.filter(({ key }) => key !== '') };
}

/** The same of the lots that a notice is about, and whether it still counts. */
export function toNoticeStanding(deal: Deal, noticeId: string, now: Instant): NoticeStanding | null {
  const standing = toDealStanding({ lots: lotsAbout(deal, noticeId) }, now);
  return standing && { ...standing, superseded: markNotices(deal).get(noticeId)?.superseded ?? null };
}

function toLotStanding(lot: DealLot, now: Instant): LotStanding | null {
  const standing = lotStandingAt(lot, now);
  if (!standing) return null;
  const round = lot.rounds.at(-1);
  const { deadline = null, opening = null, publicityEndsAt = null, number = 0 } = round ?? {};
  return { ...standing, key: lot.key, name: lot.name ?? '', round: number, deadline, opening, publicityEndsAt };
}

/** Of several lots in one state those times that come last: until then something can be done. */
function chooseTimes(lots: readonly TimedStanding[]): Pick<TimedStanding, 'deadline' | 'opening' | 'publicityEndsAt'> {
  const last = lots.reduce<TimedStanding | undefined>((a, b) => (a && closing(a) >= closing(b) ? a : b), undefined);
  const ends = lots.flatMap(({ publicityEndsAt }) => publicityEndsAt ?? []).sort();
  return { deadline: last?.deadline ?? null, opening: last?.opening ?? null, publicityEndsAt: ends.at(-1) ?? null };
}

const closing = ({ deadline }: TimedStanding): Instant => (deadline ? endOf(deadline) : '');
