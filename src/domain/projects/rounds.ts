import type { Deal, EffectiveMoment } from '../deals/deal.ts';
import type { NoticeSummary } from '../site/views.ts';
import type { Instant } from '../time/time.ts';

/** One call of a project with what followed it, for those of its lots that went the same way. */
export interface Round {
  number: number;
  /** The lots as they are called; empty where it is the whole project's. */
  lots: string[];
  /** Oldest first; of the first round with the plans that came before it. */
  notices: NoticeSummary[];
  /** After all corrections. */
  deadline: EffectiveMoment | null;
  opening: EffectiveMoment | null;
  /** When the contract was signed, as its notice has it. */
  signedAt: Instant | null;
}

/** The rounds of a project, in their order; lots with the same notices and times stand together. */
export function listRounds({ lots }: Deal, notices: readonly NoticeSummary[]): Round[] {
  const inRounds = new Set(lots.flatMap(({ rounds }) => rounds.flatMap(({ noticeIds }) => noticeIds)));
  const groups = new Map<string, Round & { lots: string[] }>();
  for (const { name, rounds } of lots) {
    for (const { number, noticeIds, deadline, opening, signedAt } of rounds) {
      const ids = new Set(noticeIds);
      const key = JSON.stringify([number, noticeIds, deadline, opening, signedAt]);
      const group = groups.get(key) ?? {
        number,
        lots: [],
        notices: notices.filter(({ id }) => ids.has(id) || (number === 1 && !inRounds.has(id))),
        deadline,
        opening,
        signedAt,
      };
      groups.set(key, group);
      if (name !== null) group.lots.push(name);
    }
  }
  const found = [...groups.values()].sort((a, b) => a.number - b.number);
  return found.map((round) => (round.lots.length === lots.length ? { ...round, lots: [] } : round));
}

/** The notices of the last round of any lot, and the plans: where a project is now is told by these alone. */
export function listCurrentNotices({ lots }: Deal, notices: readonly NoticeSummary[]): NoticeSummary[] {
  const past = new Set(lots.flatMap(({ rounds }) => rounds.slice(0, -1).flatMap(({ noticeIds }) => noticeIds)));
  const current = new Set(lots.flatMap(({ rounds }) => rounds.at(-1)?.noticeIds ?? []));
  return notices.filter(({ id }) => current.has(id) || !past.has(id));
}
