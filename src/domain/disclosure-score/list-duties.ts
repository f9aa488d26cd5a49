import type { WorkingCalendar } from '../calendar/working-days.ts';
import type { Category } from '../categories.ts';
import type { Deal } from '../deals/deal.ts';
import type { PublishedNotice } from '../notices/published-notice.ts';
import { listComplianceChecks } from '../projects/compliance.ts';
import { listRounds } from '../projects/rounds.ts';
import { formatDate } from '../time/time.ts';
import { listLandDuties, listMiningDuties, listPropertyDuties } from './duties-disposals.ts';
import { listConstructionDuties, listProcurementDuties } from './duties-purchases.ts';
import { type Duty, RoundFacts } from './duty.ts';

/** Number of the rules by which duties are derived: raised whenever the same notices would give others. */
export const DUTY_RULES = 1;

/** The duties of one round, for those of its lots that went the same way. */
export interface RoundDuties {
  round: number;
  /** From 0, among those of the same round. */
  part: number;
  lots: string[];
  duties: (Duty & { month: string })[];
}

const LISTS: Record<Category, (facts: RoundFacts) => Duty[]> = {
  construction: listConstructionDuties,
  procurement: listProcurementDuties,
  land: listLandDuties,
  mining: listMiningDuties,
  property: listPropertyDuties,
  medical: () => [],
  general: () => [],
};

/**
 * The items of the catalogue that bear on a project, round by round, as of a day (`YYYY-MM-DD`, Shanghai). Time limits are those of
 * `listComplianceChecks` and `limitEnd`; where no confirmed rule has a number of days nothing is called late.
 */
export function listDuties(
  { category, deal, notices }: { category: Category; deal: Deal; notices: readonly PublishedNotice[] },
  calendar: WorkingCalendar,
  today: string,
): RoundDuties[] {
  const checks = listComplianceChecks(category, notices, deal, calendar);
  const parts = new Map<number, number>();
  return listRounds(deal, notices).map((round) => {
    const part = parts.get(round.number) ?? 0;
    parts.set(round.number, part + 1);
    const own = checks.filter(
      ({ round: number, lots }) =>
        number === round.number &&
        (lots.length === 0 || round.lots.length === 0 || round.lots.some((lot) => lots.includes(lot))),
    );
    const facts = new RoundFacts(round, notices, { checks: own, calendar, today });
    const begun = formatDate(round.notices[0]?.publishedAt ?? `${today}T00:00:00.000Z`);
    const duties = LISTS[category](facts).map((duty) => ({
      ...duty,
      month: (duty.dueOn ?? duty.doneOn ?? begun).slice(0, 7),
    }));
    return { round: round.number, part, lots: round.lots, duties };
  });
}
