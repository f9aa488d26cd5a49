import { endOf, isSameMoment, type Moment } from '../time/moment.ts';
import type { Deal, DealLot, DealState } from './deal.ts';

/** Kinds of dates that a bidder or an objector has to keep. */
const DATE_KINDS = ['deadline', 'opening', 'publicity'] as const;
export type DateKind = (typeof DATE_KINDS)[number];

/** A date of a deal after all corrections. */
export interface DealDate {
  kind: DateKind;
  moment: Moment;
  /** '' for the deal, or the first of its lots that keep another date than the first lot does: the key of that lot. */
  lot: string;
  /** The lots that keep it, as they are called; empty where it is the whole deal's. */
  lots: string[];
  /** The deal was suspended, or ended, before it came. */
  isVoid: boolean;
  /** Bids are opened at the deadline: it stands for both. */
  isOpeningToo: boolean;
  /** The notice that gave it. */
  noticeId: string;
}

type LotDate = Omit<DealDate, 'lot' | 'lots'>;

/** States in which what is ahead does not come. */
const HALTED: ReadonlySet<DealState> = new Set(['suspended', 'failed', 'terminated']);

/** The dates of a deal's present rounds, each once for all lots that keep it. */
export function listDealDates({ lots }: Deal): DealDate[] {
  return DATE_KINDS.flatMap((kind) => {
    const groups = new Map<string, DealDate>();
    for (const lot of lots) {
      const date = dateOf(lot, kind);
      if (!date) continue;
      const { at, precision } = date.moment;
      const key = `${at} ${precision} ${date.isVoid}`;
      const group = groups.get(key) ?? { ...date, lot: groups.size === 0 ? '' : lot.key, lots: [] };
      groups.set(key, group);
      if (lot.name !== null) group.lots.push(lot.name);
    }
    const dates = [...groups.values()];
    return dates.length === 1 ? dates.map((date) => ({ ...date, lots: [] })) : dates;
  });
}

function dateOf({ rounds }: DealLot, kind: DateKind): LotDate | undefined {
  const round = rounds.at(-1);
  if (!round) return undefined;
  const { deadline, opening, publicityEndsAt, standings } = round;
  const last = standings.at(-1);
  const complete = (moment: Moment, noticeId: string): LotDate => ({
    kind,
    moment: { at: moment.at, precision: moment.precision },
    noticeId,
    isVoid: last !== undefined && HALTED.has(last.state) && last.since < endOf(moment),
    isOpeningToo: kind === 'deadline' && opening !== null && isSameMoment(moment, opening),
  });
  if (kind === 'deadline') return deadline ? complete(deadline, deadline.noticeId) : undefined;
  if (kind === 'opening') {
    const isOwn = opening && !(deadline && isSameMoment(deadline, opening));
    return isOwn ? complete(opening, opening.noticeId) : undefined;
  }
  const ranked = standings.findLast(({ state }) => state === 'publicity');
  // The midnight that ends the last day is 24:00 of it.
  return publicityEndsAt && ranked
    ? complete({ at: publicityEndsAt, precision: 'endOfDay' }, ranked.noticeId)
    : undefined;
}
