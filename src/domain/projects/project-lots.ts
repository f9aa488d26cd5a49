import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { Deal, Standing } from '../deals/deal.ts';
import { type LotMoney, listMoney } from '../deals/lot-money.ts';
import { lotStandingAt } from '../deals/standing.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import type { Instant } from '../time/time.ts';
import { toTimeline } from './timeline.ts';

/** A lot as the page of its project tells it; without a name what is said of the deal as a whole. */
export interface ProjectLot {
  key: string;
  name: string | null;
  /** Number of the call that counts; 0 before any. */
  round: number;
  standing: Standing | null;
  /** What comes next, by when, by which rule, and who has to act; empty where the lots are not told apart. */
  next: string;
  money: LotMoney;
}

/** Each lot of a deal with its state, its money and, of a divided deal, what comes next for it. `notices` are the project's, oldest first. */
export function listProjectLots(
  category: Category,
  { lots }: Deal,
  notices: readonly PublishedNotice[],
  now: Instant,
  calendar: WorkingCalendar,
): ProjectLot[] {
  const byKey = new Map(lots.map((lot) => [lot.key, lot]));
  return listMoney(lots, notices).map((money) => {
    const lot = byKey.get(money.key);
    const round = lot?.rounds.at(-1);
    const own = notices.filter(({ id }) => round?.noticeIds.includes(id));
    const course = lots.length > 1 && own.length > 0 ? toTimeline(category, own, now, calendar) : undefined;
    return {
      key: money.key,
      name: lot?.name ?? null,
      round: round?.number ?? 0,
      standing: lot ? lotStandingAt(lot, now) : null,
      next: course ? [course.responsible, course.next].filter(Boolean).join('：') : '',
      money,
    };
  });
}
