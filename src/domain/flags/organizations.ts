import { countBidders } from './bidders.ts';
import { IS_COMPETITIVE, type Process, rounded } from './process.ts';
import { fencesOf, type QuantileMethod } from './quantiles.ts';
import { isOrganization, LEAST_CASES, type OrganizationOutcome, ofAll, type Role, type Tally } from './rule.ts';

interface Share {
  role: Role;
  organization: string;
  part: number;
  all: number;
}

/** Counts, for organizations in a role, how many of their lots have a property. */
class Shares {
  readonly #counts = new Map<string, Share>();

  add(role: Role, organization: string | null, part: number, all = 1): void {
    if (organization === null) return;
    const key = `${role} ${organization}`;
    const share = this.#counts.get(key) ?? { role, organization, part: 0, all: 0 };
    this.#counts.set(key, { ...share, part: share.part + part, all: share.all + all });
  }

  /** Those with at least so many cases, in a fixed order. */
  list(least: number): Share[] {
    const keys = [...this.#counts.keys()].sort();
    return keys.flatMap((key) => this.#counts.get(key) ?? []).filter(({ all }) => all >= least);
  }
}

interface Comparison {
  method: QuantileMethod;
  /** What is counted: 「恰好三家」. */
  label: string;
  /** Whether a share has to exceed the share of all as well. */
  aboveMean: boolean;
}

/** Each organization's share against the upper fence of those of the same role; those with too few peers are left out. */
function compareShares(shares: readonly Share[], comparison: Comparison): OrganizationOutcome[] {
  const { method, label, aboveMean } = comparison;
  const rates = (role: Role) =>
    shares
      .filter((share) => share.role === role)
      .map(({ part, all }) => part / all)
      .sort((a, b) => a - b);
  return [...new Set(shares.map(({ role }) => role))].sort().flatMap((role) => {
    const fences = fencesOf(rates(role), method);
    if (!fences || fences.n < LEAST_CASES) return [];
    const own = shares.filter((share) => share.role === role);
    const [part, all] = [own.reduce((sum, each) => sum + each.part, 0), own.reduce((sum, each) => sum + each.all, 0)];
    return own.map((share): OrganizationOutcome => {
      const rate = share.part / share.all;
      // Where most shares are equal the fence is that share itself, which is nothing unusual.
      const isAbove = rate >= fences.upper && rate > fences.q3 && (!aboveMean || rate > part / all);
      return {
        role,
        organizations: [share.organization],
        state: isAbove ? 'flagged' : 'clear',
        cases: share.all,
        values: {
          [label]: ofAll(share.part, share.all),
          全部: ofAll(part, all),
          上界: rounded(fences.upper),
          可比单位: fences.n,
        },
      };
    });
  });
}

/** F05: exactly three bidders, the least that the law takes, more often than elsewhere. */
export function exactlyThree(): Tally {
  const shares = new Shares();
  return {
    take(process) {
      const bidders = countBidders(process);
      if (!bidders || process.method === null || !IS_COMPETITIVE[process.method]) return;
      for (const role of ['buyer', 'agency'] as const) shares.add(role, process[role], bidders === 3 ? 1 : 0);
    },
    end: () => compareShares(shares.list(LEAST_CASES), { method: 'type 7', label: '恰好三家', aboveMean: true }),
  };
}

/** F06: a buyer who does without open tenders more often than others do. */
export function notOpen(): Tally {
  const shares = new Shares();
  return {
    take: ({ buyer, method }) => {
      if (method !== null) shares.add('buyer', buyer, method === 'open' ? 0 : 1);
    },
    end: () => compareShares(shares.list(LEAST_CASES), { method: 'type 7', label: '非公开招标', aboveMean: true }),
  };
}

/** F07: what open tenders begin at (fen), and how near below counts. The threshold is local and to be confirmed. */
const THRESHOLD_FEN = 400_000_000;
const NEAR = 0.95;
const LEAST_NEAR = 3;

/** F07: several awards of one year by other methods, each close below the threshold of open tenders. */
export function belowThreshold(): Tally {
  const years = new Map<string, { near: number; all: number }>();
  return {
    take({ buyer, method, awardFen, awardedOn, category }) {
      if (!buyer || !method || method === 'open' || awardFen === null || !awardedOn || category !== 'procurement')
        return;
      const key = `${buyer} ${awardedOn.slice(0, 4)}`;
      const year = years.get(key) ?? { near: 0, all: 0 };
      const isNear = awardFen < THRESHOLD_FEN && awardFen >= THRESHOLD_FEN * NEAR;
      years.set(key, { near: year.near + (isNear ? 1 : 0), all: year.all + 1 });
    },
    end() {
      const best = new Map<string, { year: string; near: number; all: number }>();
      for (const [key, found] of [...years].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const [buyer = '', year = ''] = key.split(' ');
        if (found.near >= (best.get(buyer)?.near ?? 0)) best.set(buyer, { year, ...found });
      }
      return [...best].map(([buyer, { year, near, all }]): OrganizationOutcome => {
        const state = near >= LEAST_NEAR ? 'flagged' : 'clear';
        return {
          role: 'buyer',
          organizations: [buyer],
          state,
          cases: all,
          values: { 年度: year, 接近限额: ofAll(near, all) },
        };
      });
    },
  };
}

/** F22 (R025): bids often and wins far less than others do. Fences by R-8, as Cardinal has them. */
export function seldomWins(): Tally {
  const shares = new Shares();
  return {
    take({ bids, winners, isAwarded }) {
      if (!bids || !isAwarded) return;
      for (const bidder of new Set(bids.flatMap((bid) => (bid.isRejected ? [] : [bid.bidder])))) {
        if (isOrganization(bidder)) shares.add('supplier', bidder, winners.includes(bidder) ? 1 : 0);
      }
    },
    end() {
      const list = shares.list(1);
      const counts = fencesOf(
        list.map(({ all }) => all).sort((a, b) => a - b),
        'R-8',
      );
      const ratios = fencesOf(
        list.map(({ part, all }) => part / all).sort((a, b) => a - b),
        'R-8',
      );
      if (!counts || !ratios || counts.n < LEAST_CASES) return [];
      return list.map(
        ({ organization, part, all }): OrganizationOutcome => ({
          role: 'supplier',
          organizations: [organization],
          state: all >= counts.q3 && part / all <= ratios.lower && part / all < ratios.q1 ? 'flagged' : 'clear',
          cases: all,
          values: { 中标: ofAll(part, all), 投标次数上四分位: rounded(counts.q3), 中标率下界: rounded(ratios.lower) },
        }),
      );
    },
  };
}

/** F28 (R038): more bids were rejected than elsewhere; two bids in two lots at least. */
export function oftenRejected(): Tally {
  const shares = new Shares();
  const lots = new Map<string, number>();
  const add = (role: Role, organization: string | null, rejected: number, all: number) => {
    shares.add(role, organization, rejected, all);
    const key = `${role} ${organization}`;
    lots.set(key, (lots.get(key) ?? 0) + 1);
  };
  return {
    take({ bids, tellsRejections, buyer, agency }) {
      if (!bids || !tellsRejections) return;
      const rejected = bids.filter(({ isRejected }) => isRejected).length;
      add('buyer', buyer, rejected, bids.length);
      add('agency', agency, rejected, bids.length);
      for (const bidder of new Set(bids.map((bid) => bid.bidder)).values()) {
        const own = bids.filter((bid) => bid.bidder === bidder);
        if (isOrganization(bidder))
          add('supplier', bidder, own.filter(({ isRejected }) => isRejected).length, own.length);
      }
    },
    end() {
      const known = shares.list(2).filter(({ role, organization }) => (lots.get(`${role} ${organization}`) ?? 0) >= 2);
      return compareShares(known, { method: 'R-8', label: '被否决', aboveMean: false });
    },
  };
}

/** Lots by buyer, of which one supplier (one organization) each was awarded. */
class Awards {
  readonly #byBuyer = new Map<string, Map<string, { lots: number; years: Set<string> }>>();

  take({ buyer, winners, awardedOn }: Process): void {
    const [winner, ...others] = winners;
    if (!buyer || !awardedOn || !winner || others.length > 0 || !isOrganization(winner)) return;
    const suppliers = this.#byBuyer.get(buyer) ?? new Map<string, { lots: number; years: Set<string> }>();
    const own = suppliers.get(winner) ?? { lots: 0, years: new Set<string>() };
    own.lots += 1;
    own.years.add(awardedOn.slice(0, 4));
    this.#byBuyer.set(buyer, suppliers.set(winner, own));
  }

  /** Buyers, each with its suppliers: who has most comes first. */
  list(): { buyer: string; all: number; suppliers: { supplier: string; lots: number; years: number }[] }[] {
    return [...this.#byBuyer]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([buyer, found]) => {
        const suppliers = [...found].map(([supplier, { lots, years }]) => ({ supplier, lots, years: years.size }));
        suppliers.sort((a, b) => b.lots - a.lots || (a.supplier < b.supplier ? -1 : 1));
        return { buyer, all: suppliers.reduce((sum, { lots }) => sum + lots, 0), suppliers };
      });
  }
}

/** F24: what a buyer awards is concentrated on few. Shares by lots. */
export function concentration(): Tally {
  const awards = new Awards();
  return {
    take: (process) => awards.take(process),
    end: () =>
      awards.list().flatMap(({ buyer, all, suppliers }): OrganizationOutcome[] => {
        if (all < 10 || suppliers.length < 5) return [];
        const index = rounded(suppliers.reduce((sum, { lots }) => sum + (lots / all) ** 2, 0));
        const values = { 最多一家: ofAll(suppliers[0]?.lots ?? 0, all), 供应商: suppliers.length, 集中度指数: index };
        return [
          { role: 'buyer', organizations: [buyer], state: index > 0.25 ? 'flagged' : 'clear', cases: all, values },
        ];
      }),
  };
}

/** F25: one supplier has at least half of a buyer's lots, five of them or more, over two years or more. */
export function lockIn(): Tally {
  const awards = new Awards();
  return {
    take: (process) => awards.take(process),
    end: () =>
      awards.list().flatMap(({ buyer, all, suppliers }): OrganizationOutcome[] => {
        const [first] = suppliers;
        if (!first || all < LEAST_CASES) return [];
        const isLocked = first.lots / all >= 0.5 && first.lots >= 5 && first.years >= 2;
        const values = { 同一供应商: ofAll(first.lots, all), 年度数: first.years };
        return [
          {
            role: 'buyer',
            organizations: [buyer, first.supplier],
            state: isLocked ? 'flagged' : 'clear',
            cases: all,
            values,
          },
        ];
      }),
  };
}
