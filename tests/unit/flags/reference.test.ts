import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareProcesses } from '#src/domain/flags/compute.ts';
import type { Process } from '#src/domain/flags/process.ts';
import type { FlagCode } from '#src/domain/flags/registry.ts';
import { processes } from '#tests/support/processes.ts';

/** The indicators in plain SQL, written from their definitions: R-8 by its formula, type 7 by SQLite's own percentile. */
const VALID = `SELECT lot, bidder, fen, row_number() OVER (PARTITION BY lot ORDER BY fen, bidder) AS place,
  count(*) OVER (PARTITION BY lot) AS n FROM bids WHERE rejected = 0`;
const GAPS = `WITH valid AS (${VALID}), gaps AS (
  SELECT l.id AS lot, round((second.fen - own.fen) * 1.0 / own.fen, 6) AS gap FROM lots l
  JOIN valid own ON own.lot = l.id AND own.bidder = l.winner
  JOIN valid first ON first.lot = l.id AND first.place = 1
  JOIN valid second ON second.lot = l.id AND second.place = 2
  WHERE l.awarded = 1 AND own.fen = first.fen)`;
const r8 = (table: string, value: string, p: number) => `(WITH ordered AS (
    SELECT ${value} AS v, row_number() OVER (ORDER BY ${value}) AS i, count(*) OVER () AS n FROM ${table}),
  at AS (SELECT n, max(1.0, min(n, (n + 1.0 / 3) * ${p} + 1.0 / 3)) AS h FROM ordered LIMIT 1)
  SELECT low.v + (at.h - CAST(at.h AS INTEGER)) * (coalesce(high.v, low.v) - low.v) FROM at
  JOIN ordered low ON low.i = CAST(at.h AS INTEGER) LEFT JOIN ordered high ON high.i = CAST(at.h AS INTEGER) + 1)`;
const fence = (table: string, value: string, side: 'lower' | 'upper') =>
  side === 'upper'
    ? `(${r8(table, value, 0.75)} + 1.5 * (${r8(table, value, 0.75)} - ${r8(table, value, 0.25)}))`
    : `(${r8(table, value, 0.25)} - 1.5 * (${r8(table, value, 0.75)} - ${r8(table, value, 0.25)}))`;
const TOLD = 'l.awarded = 1 AND l.tells = 1';

const LOTS: Partial<Record<FlagCode, string>> = {
  F04: `SELECT l.id FROM lots l WHERE l.method IN ('open', 'consultation') AND (SELECT count(DISTINCT bidder) FROM bids WHERE lot = l.id) = 1`,
  F09: `SELECT l.id FROM lots l WHERE l.days >= 0 AND (l.days < 1 OR (
    (SELECT count(*) FROM lots k WHERE k.category = l.category AND k.days >= 0) >= 5 AND l.days > (
    SELECT percentile(k.days, 75) + 1.5 * (percentile(k.days, 75) - percentile(k.days, 25)) FROM lots k
    WHERE k.category = l.category AND k.days >= 0)))`,
  F10: `SELECT id FROM lots l WHERE awarded = 1 AND ceiling > 0 AND award <= ceiling AND (ceiling - award) * 1.0 / ceiling < 0.01`,
  F11: `${GAPS} SELECT lot FROM gaps WHERE gap >= ${fence('gaps', 'gap', 'upper')} AND gap > ${r8('gaps', 'gap', 0.75)} AND (SELECT count(*) FROM gaps) >= 5`,
  F12: `${GAPS} SELECT lot FROM gaps WHERE gap <= ${fence('gaps', 'gap', 'lower')} AND gap < ${r8('gaps', 'gap', 0.25)} AND (SELECT count(*) FROM gaps) >= 5`,
  F13: `SELECT DISTINCT lot FROM bids GROUP BY lot, fen HAVING count(DISTINCT bidder) > 1`,
  F16: `WITH valid AS (${VALID}), rest AS (SELECT lot, avg(fen) AS mean, count(*) AS n FROM valid WHERE place > 1 GROUP BY lot)
    SELECT v.lot FROM valid v JOIN valid w ON w.lot = v.lot AND w.place = 2 JOIN rest r ON r.lot = v.lot
    WHERE v.place = 1 AND v.n >= 4 AND w.fen - v.fen > sqrt((SELECT sum((x.fen - r.mean) * (x.fen - r.mean)) FROM valid x
      WHERE x.lot = v.lot AND x.place > 1) / (r.n - 1))`,
  F26: `SELECT l.id FROM lots l WHERE ${TOLD} AND (SELECT count(*) FROM bids WHERE lot = l.id AND rejected = 1) > 0
    AND (SELECT group_concat(bidder) FROM bids WHERE lot = l.id AND rejected = 0) = l.winner`,
  F27: `SELECT l.id FROM lots l WHERE ${TOLD} AND EXISTS (SELECT 1 FROM bids WHERE lot = l.id AND rejected = 0)
    AND (SELECT min(fen) FROM bids WHERE lot = l.id AND rejected = 0) > (SELECT min(fen) FROM bids WHERE lot = l.id)`,
};

const WINS = `WITH firms AS (SELECT b.bidder AS firm, count(*) AS n, sum(b.bidder = l.winner) * 1.0 / count(*) AS ratio FROM bids b
  JOIN lots l ON l.id = b.lot WHERE l.awarded = 1 AND b.rejected = 0 GROUP BY b.bidder)`;
const AWARDS = `WITH won AS (SELECT buyer, winner, count(*) AS n, count(DISTINCT year) AS years FROM lots WHERE awarded = 1 GROUP BY buyer, winner),
  total AS (SELECT buyer, sum(n) AS n, count(*) AS firms FROM won GROUP BY buyer)`;
const REJECTED = `WITH told AS (SELECT l.buyer AS who, b.rejected, b.lot FROM bids b JOIN lots l ON l.id = b.lot WHERE l.tells = 1),
  rates AS (SELECT who, sum(rejected) * 1.0 / count(*) AS rate FROM told GROUP BY who HAVING count(*) >= 2 AND count(DISTINCT lot) >= 2)`;

const ORGANIZATIONS: Partial<Record<FlagCode, string>> = {
  F22: `${WINS} SELECT firm FROM firms WHERE (SELECT count(*) FROM firms) >= 5 AND n >= ${r8('firms', 'n', 0.75)}
    AND ratio <= ${fence('firms', 'ratio', 'lower')} AND ratio < ${r8('firms', 'ratio', 0.25)}`,
  F24: `${AWARDS} SELECT t.buyer FROM total t WHERE t.n >= 10 AND t.firms >= 5
    AND (SELECT sum((w.n * 1.0 / t.n) * (w.n * 1.0 / t.n)) FROM won w WHERE w.buyer = t.buyer) > 0.25`,
  F25: `${AWARDS} SELECT w.buyer || ' ' || w.winner FROM won w JOIN total t ON t.buyer = w.buyer
    WHERE w.n * 2 >= t.n AND w.n >= 5 AND w.years >= 2 AND w.winner = (
      SELECT winner FROM won x WHERE x.buyer = w.buyer ORDER BY n DESC, winner LIMIT 1)`,
  F28: `${REJECTED} SELECT who FROM rates WHERE rate >= ${fence('rates', 'rate', 'upper')} AND rate > ${r8('rates', 'rate', 0.75)} AND (SELECT count(*) FROM rates) >= 5`,
};

function load(lots: readonly Process[]): Database.Database {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE lots (id TEXT, category TEXT, method TEXT, buyer TEXT, awarded INTEGER, winner TEXT, award INTEGER, ceiling INTEGER,
    days INTEGER, tells INTEGER, year TEXT); CREATE TABLE bids (lot TEXT, bidder TEXT, fen INTEGER, rejected INTEGER)`);
  const addLot = db.prepare('INSERT INTO lots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addBid = db.prepare('INSERT INTO bids VALUES (?, ?, ?, ?)');
  for (const {
    projectId,
    category,
    method,
    buyer,
    isAwarded,
    winners,
    awardFen,
    ceilingFen,
    decisionDays,
    tellsRejections,
    awardedOn,
    bids,
  } of lots) {
    const year = awardedOn?.slice(0, 4) ?? null;
    addLot.run(
      projectId,
      category,
      method,
      buyer,
      isAwarded ? 1 : 0,
      winners[0] ?? null,
      awardFen,
      ceilingFen,
      decisionDays,
      tellsRejections ? 1 : 0,
      year,
    );
    for (const { bidder, fen, isRejected } of bids ?? []) addBid.run(projectId, bidder, fen, isRejected ? 1 : 0);
  }
  return db;
}

const ask = (db: Database.Database, sql: string): string[] => (db.prepare(sql).pluck().all() as string[]).sort();

test('of any lots, the indicators point at what plain SQL finds', () => {
  const found = new Map<string, number>();
  fc.assert(
    fc.property(processes, (lots) => {
      const db = load(lots);
      try {
        const { judge, organizations } = compareProcesses(lots);
        const outcomes = lots.map((lot) => ({ id: lot.projectId, of: judge(lot) }));
        for (const [code, sql] of Object.entries(LOTS) as [FlagCode, string][]) {
          const ours = outcomes
            .filter(({ of }) => of[code]?.state === 'flagged')
            .map(({ id }) => id)
            .sort();
          expect(ours, code).toEqual(ask(db, sql));
          found.set(code, (found.get(code) ?? 0) + ours.length);
        }
        for (const [code, sql] of Object.entries(ORGANIZATIONS) as [FlagCode, string][]) {
          const ours = organizations
            .filter(
              (each) => each.code === code && each.state === 'flagged' && (code !== 'F28' || each.role === 'buyer'),
            )
            .map((each) => each.organizations.join(' '))
            .sort();
          expect(ours, code).toEqual(ask(db, sql));
          found.set(code, (found.get(code) ?? 0) + ours.length);
        }
      } finally {
        db.close();
      }
    }),
    { numRuns: 100 },
  );
  // A comparison of nothing with nothing proves nothing.
  const rare: FlagCode[] = ['F12', 'F22', 'F25', 'F28'];
  for (const code of Object.keys({ ...LOTS, ...ORGANIZATIONS }) as FlagCode[])
    if (!rare.includes(code)) expect(found.get(code), code).toBeGreaterThan(0);
});

test('the same lots in another order give the same bytes', () => {
  fc.assert(
    fc.property(processes, fc.integer(), (lots, seed) => {
      const shuffled = [...lots].sort(
        (a, b) => ((a.projectId.charCodeAt(3) * seed) % 7) - ((b.projectId.charCodeAt(3) * seed) % 7),
      );
      const [one, other] = [compareProcesses(lots), compareProcesses(shuffled)];
      expect(JSON.stringify(other.organizations)).toBe(JSON.stringify(one.organizations));
      expect(lots.map((lot) => JSON.stringify(other.judge(lot)))).toEqual(
        lots.map((lot) => JSON.stringify(one.judge(lot))),
      );
    }),
    { numRuns: 40 },
  );
});
