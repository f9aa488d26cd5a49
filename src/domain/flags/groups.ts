import { type Process, rounded } from './process.ts';
import { isOrganization, type OrganizationOutcome, ofAll, type Tally } from './rule.ts';

/** F21: lots at least that two firms bid for together, and how much oftener than by chance. */
const LEAST_TOGETHER = 5;
const LEAST_LIFT = 3;
/** F23: firms and lots of a group at least. */
const LEAST_FIRMS = 3;
const LEAST_LOTS = 6;

/** The firms that bid for a lot, each one organization, in the order of their ids. */
const firmsOf = ({ bids }: Process): string[] =>
  bids ? [...new Set(bids.map(({ bidder }) => bidder))].filter(isOrganization).sort() : [];

interface Pair {
  together: number;
  firstWins: number;
  secondWins: number;
}

/** F21: two firms bid together oftener than chance has it, and one of them never wins then. */
export function coBidders(): Tally {
  const pairs = new Map<string, Pair>();
  const alone = new Map<string, number>();
  let lots = 0;
  return {
    take(process) {
      const firms = firmsOf(process);
      if (firms.length === 0) return;
      lots += 1;
      firms.forEach((first, index) => {
        alone.set(first, (alone.get(first) ?? 0) + 1);
        for (const second of firms.slice(index + 1)) {
          const pair = pairs.get(`${first} ${second}`) ?? { together: 0, firstWins: 0, secondWins: 0 };
          pair.together += 1;
          if (process.winners.includes(first)) pair.firstWins += 1;
          if (process.winners.includes(second)) pair.secondWins += 1;
          pairs.set(`${first} ${second}`, pair);
        }
      });
    },
    end: () =>
      [...pairs]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, pair]): OrganizationOutcome[] => {
          const [first = '', second = ''] = key.split(' ');
          const { together, firstWins, secondWins } = pair;
          if (together < LEAST_TOGETHER) return [];
          const lift = rounded((together * lots) / ((alone.get(first) ?? 0) * (alone.get(second) ?? 0)));
          const isFlagged = Math.min(firstWins, secondWins) === 0 && lift > LEAST_LIFT;
          const values = {
            共同投标: together,
            中标次数: `${firstWins}、${secondWins}`,
            提升度: lift,
            有开标记录的标段: lots,
          };
          return [
            {
              role: 'pair',
              organizations: [first, second],
              state: isFlagged ? 'flagged' : 'clear',
              cases: together,
              values,
            },
          ];
        }),
  };
}

/** F23: the same firms bid again and again, and the lots go round among them. */
export function rotation(): Tally {
  const groups = new Map<string, { at: string; winner: string }[]>();
  return {
    take(process) {
      const firms = firmsOf(process);
      const [winner] = process.winners;
      if (firms.length < LEAST_FIRMS || !winner || !process.awardedOn || !firms.includes(winner)) return;
      const wins = groups.get(firms.join(' ')) ?? [];
      wins.push({ at: `${process.awardedOn} ${process.projectId} ${process.lot}`, winner });
      groups.set(firms.join(' '), wins);
    },
    end: () =>
      [...groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, wins]): OrganizationOutcome[] => {
          const firms = key.split(' ');
          if (wins.length < LEAST_LOTS) return [];
          const ordered = [...wins].sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ winner }) => winner);
          const counts = firms.map((firm) => ordered.filter((winner) => winner === firm).length);
          const most = Math.max(...counts);
          const runs = ordered.filter((winner, index) => winner !== ordered[index - 1]).length;
          // Wald and Wolfowitz: the runs that an order by chance has.
          const expected = rounded(
            1 + (ordered.length ** 2 - counts.reduce((sum, count) => sum + count ** 2, 0)) / ordered.length,
          );
          const isEven = most / ordered.length <= 1.5 / firms.length;
          const values = {
            企业数: firms.length,
            标段数: ordered.length,
            最多一家: ofAll(most, ordered.length),
            游程: runs,
            随机时游程: expected,
          };
          return [
            {
              role: 'group',
              organizations: firms,
              state: isEven && runs > expected ? 'flagged' : 'clear',
              cases: ordered.length,
              values,
            },
          ];
        }),
  };
}
