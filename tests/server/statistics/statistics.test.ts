import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import type { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import type { Stage } from '#src/domain/stages.ts';
import { formatFigure } from '#src/domain/statistics/figure.ts';
import { COUNTED } from '#src/domain/statistics/observe.ts';
import { MEASURE_IDS, MEASURES } from '#src/domain/statistics/registry.ts';
import { mergeNotices } from '#src/publish/notices/decide-duplicate.ts';
import { saveNotice } from '#src/publish/notices/store.ts';
import { seal } from '#src/publish/prepare/prepare.ts';
import { refreshCells } from '#src/publish/statistics/cells.ts';
import { markUnobserved, rebuildStatistics } from '#src/publish/statistics/rebuild.ts';
import { CELLS, LARGEST } from '#src/server/statistics/cells.ts';
import { toChart } from '#src/server/statistics/charts.ts';
import { drawsLetters } from '#src/server/statistics/picture.ts';
import { type FigureRow, readMeasure } from '#src/server/statistics/read.ts';
import { listObserved, type ObservedRow } from '#src/server/statistics/rows.ts';
import { STATISTIC_CHECKS } from '#src/server/verify/statistics.ts';
import { openTestDatabase, seedRun, seedSources } from '#tests/support/seed-notices.ts';
import { CONTEXT, idOf, prepare, rawOf, SOURCE, type Stored, withdrawStored } from '#tests/support/stored-courses.ts';

let db: Db;
let close: () => void;
beforeAll(() => {
  const opened = openTestDatabase();
  [db, close] = [opened.db, opened.close];
  seedSources(db);
  seedRun(db, SOURCE);
});
afterAll(() => close());

const CATEGORIES = ['construction', 'procurement', 'land', 'property'] as const;
const COUNTIES = ['qufu', 'zoucheng', 'weishan'] as const;
/** Has two parcels, whatever else is told: too few for a price. */
const SMALL = 'yutai' as const;
interface Told {
  category: (typeof CATEGORIES)[number];
  county: (typeof COUNTIES)[number] | typeof SMALL;
  stage: Stage;
  month: number;
  price: number;
  limit: number | null;
  bidders: number;
}
/** Stages by category, in the order of a deal: call, correction, opening, outcome, and the end without one. */
const STAGES = {
  construction: ['tenderNotice', 'correctionNotice', 'openingRecord', 'awardNotice', 'failureNotice'],
  procurement: ['tenderNotice', 'correctionNotice', 'openingRecord', 'awardNotice', 'terminationNotice'],
  land: ['landOffering', 'landOfferingSupplement', 'landOffering', 'landDealNotice', 'failureNotice'],
  property: ['propertyListing', 'propertyListingChange', 'propertyListing', 'propertyDeal', 'failureNotice'],
} as const satisfies Record<string, readonly Stage[]>;

const fen = (wan: number) => ({ text: `${wan} 万元`, fen: wan * 1_000_000 });
const isDisposal = ({ category }: Told) => category === 'land' || category === 'property';

function factsOf(told: Told): Facts {
  const isOutcome = told.stage.startsWith('award') || told.stage.includes('Deal');
  const limit =
    told.limit === null
      ? {}
      : isDisposal(told)
        ? { startPrice: fen(told.limit), appraisedValue: fen(told.limit) }
        : { ceilingPrice: fen(told.limit), budget: fen(told.limit) };
  const area = told.category === 'land' ? { landArea: { text: `${told.price} ㎡`, squareMetres: told.price } } : {};
  if (!isOutcome) return { ...limit, ...area, procurementMethod: { text: told.price % 2 ? '公开招标' : '竞争性磋商' } };
  return isDisposal(told) ? { dealPrice: fen(told.price) } : { awardAmount: fen(told.price) };
}

let item = 0;
/** Stores one notice of a project by the ordinary way of writing. */
function tell(told: Told, code: string, own = `S${++item}`): Stored {
  const day = `${2019 + (told.month > 6 ? 1 : 0)}-${String((told.month % 12) + 1).padStart(2, '0')}-10T02:00:00.000Z`;
  const given = {
    id: '',
    title: `某某${code}号项目`,
    stage: told.stage,
    publishedAt: day,
    lotCode: null,
    suppliers: [],
    tenderers: [],
    facts: factsOf(told),
  };
  const none = {
    deadlineAt: null,
    deadlinePrecision: null,
    openingAt: null,
    openingPrecision: null,
    amountFen: null,
    amountKind: null,
  };
  const stored: Stored = { item: own, code, given: { ...given, ...none } };
  const made = prepare(stored);
  const names = Array.from({ length: told.bidders }, (_, at) => `某某第${at}建设有限公司`);
  const isOutcome = told.stage.startsWith('award') || told.stage.includes('Deal');
  const reading = {
    ...made.reading,
    buyer: `某某第${told.price % 3}局`,
    suppliers: isOutcome ? [`某某第${told.price % 4}建设有限公司`] : [],
    tenderers: told.stage === 'openingRecord' ? names : [],
  };
  const prepared = { ...made, ...seal({ ...made.content, category: told.category, county: told.county }), reading };
  saveNotice(db, prepared, rawOf(stored, prepared.hash), CONTEXT);
  return stored;
}

const project = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  county: fc.constantFrom(...COUNTIES),
  month: fc.integer({ min: 0, max: 14 }),
  steps: fc.subarray([0, 1, 2, 3, 4], { minLength: 1 }),
  price: fc.integer({ min: 1, max: 120 }),
  limit: fc.option(fc.integer({ min: 50, max: 150 })),
  bidders: fc.integer({ min: 1, max: 5 }),
});
const happening = fc.record({
  at: fc.nat(),
  what: fc.constantFrom('edit', 'withdraw', 'restore', 'merge', 'refresh', 'killed'),
  price: fc.integer({ min: 1, max: 120 }),
});

const cells = () => db.$client.prepare('SELECT * FROM statistic_cells ORDER BY 1, 2, 3, 4, 5, 6').all();
const observations = () =>
  db.$client.prepare('SELECT * FROM statistic_observations ORDER BY 1, 2, 3, 4, 5, 6, 7').all();
const breaches = () => STATISTIC_CHECKS.flatMap((check) => [...(check.find(db) as Iterable<string>)]);
const settle = () => {
  while (refreshCells(db) > 0);
};

class Killed extends Error {}

/** Work on cells that ends before its commit, as with the process. */
function refreshAndDie(): void {
  const die = () => {
    refreshCells(db);
    throw new Killed();
  };
  expect(() => db.$client.transaction(die)()).toThrow(Killed);
}

function happen(
  all: { told: Told; stored: Stored }[],
  { at, what, price }: { at: number; what: string; price: number },
): void {
  const [one, other] = [all[at % all.length], all[(at + 1) % all.length]];
  if (!one || !other) return;
  if (what === 'refresh') refreshCells(db);
  if (what === 'killed') refreshAndDie();
  if (what === 'withdraw') withdrawStored(db, one.stored);
  if (what === 'edit' || what === 'restore') {
    if (what === 'edit') one.told = { ...one.told, price };
    one.stored = tell(one.told, one.stored.code, one.stored.item);
  }
  if (what === 'merge' && one !== other) merge(idOf(one.stored), idOf(other.stored));
}

function merge(noticeId: string, otherId: string): void {
  const isPublic = db.$client
    .prepare('SELECT count(*) AS n FROM published_notices WHERE id IN (?, ?)')
    .get(noticeId, otherId) as { n: number };
  if (isPublic.n < 2) return;
  db.$client
    .prepare(
      `INSERT OR IGNORE INTO possible_duplicates (notice_id, other_id, county, other_county, likeness, found_at) VALUES (?, ?, 'qufu', 'qufu', 'title', ?)`,
    )
    .run(noticeId, otherId, CONTEXT.now);
  db.$client.transaction(() => mergeNotices(db, { noticeId, otherId }, CONTEXT)).immediate();
}

describe('figures', () => {
  test('are what a full rebuild gives, byte for byte, whatever is edited, withdrawn, merged, or killed meanwhile', async () => {
    await rebuildStatistics(db);
    for (const [at, county] of [SMALL, SMALL, ...COUNTIES, ...COUNTIES, ...COUNTIES].entries()) {
      const land = { category: 'land', county, month: 8, price: 60 + at, limit: 50, bidders: 2 } as const;
      for (const stage of ['landOffering', 'landDealNotice'] as const) tell({ ...land, stage }, `L-2020-${at}`);
    }
    let projects = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(project, { minLength: 1, maxLength: 5 }),
        fc.array(happening, { maxLength: 8 }),
        async (given, happenings) => {
          const all = given.flatMap(({ steps, ...rest }) => {
            const code = `P-2020-${++projects}`;
            return steps.map((step, order) => {
              const told: Told = {
                ...rest,
                month: Math.min(14, rest.month + order),
                stage: STAGES[rest.category][step] ?? 'tenderNotice',
              };
              return { told, stored: tell(told, code) };
            });
          });
          for (const each of happenings) happen(all, each);
          settle();
          expect(breaches()).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
    const kept = { cells: cells(), observations: observations() };
    expect(kept.cells.length).toBeGreaterThan(200);
    markUnobserved(db);
    const stop = new AbortController();
    await rebuildStatistics(db, { signal: stop.signal, onProgress: () => stop.abort() });
    await rebuildStatistics(db);
    expect({ cells: cells(), observations: observations() }).toEqual(kept);
    expect(await rebuildStatistics(db)).toBe(0);
  }, 60_000);

  test('are the sums of their rows, for every measure under every filter', () => {
    let compared = 0;
    for (const measure of MEASURE_IDS) {
      for (const county of [undefined, ...COUNTIES]) {
        for (const category of [undefined, ...CATEGORIES]) {
          for (const month of county || category ? [undefined] : [undefined, 3]) {
            const view = readMeasure(db, measure, { county, category, month, year: 2020 });
            for (const row of [view.whole, ...view.breakdowns.flatMap(({ rows }) => rows)]) {
              compared += compareWithRows(measure, row);
            }
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  test('of the parts of a year add up to the year', () => {
    for (const measure of MEASURE_IDS.filter((id) => MEASURES[id].minimum === 1)) {
      const view = readMeasure(db, measure, { year: 2020 });
      for (const { by, rows } of view.breakdowns.filter(
        ({ by }) => by === 'county' || by === 'category' || by === 'month',
      )) {
        const sum = rows.reduce((total, { figure }) => total + figure.numerator, 0);
        expect([measure, by, sum]).toEqual([measure, by, view.whole.figure.numerator]);
      }
    }
  });

  test('too small to be shown have neither value nor rows, wherever they are asked for', () => {
    const view = readMeasure(db, 'landUnitPrice', { year: 2020 });
    const hidden = view.breakdowns.flatMap(({ by, rows }) =>
      rows.filter(({ figure }) => figure.isHidden).map((row) => ({ by, row })),
    );
    expect(hidden.length).toBeGreaterThan(0);
    for (const { by, row } of hidden) {
      expect(row.figure).toMatchObject({ value: null, numerator: 0, denominator: 0, spread: null });
      expect(row.rowsUrl).toBeNull();
      if (by !== 'county') continue;
      const county = row.key as (typeof COUNTY_SLUGS)[number];
      expect(readMeasure(db, 'landUnitPrice', { year: 2020, county }).whole.figure.isHidden).toBe(true);
      expect(listObserved(db, 'landUnitPrice', { year: 2020, county }).rows).toEqual([]);
    }
    const shown = view.breakdowns.flatMap(({ rows }) =>
      rows.map(({ figure }) => formatFigure(MEASURES.landUnitPrice, figure)),
    );
    expect(shown).toEqual(expect.arrayContaining([expect.stringMatching(/不足 3 个|不显示/)]));
  });

  test('wrong in the database are found by verify', () => {
    db.$client.exec(
      `SAVEPOINT broken; UPDATE statistic_cells SET numerator = numerator + 1 WHERE measure = 'lotCount' AND period = '2020'`,
    );
    expect(breaches().length).toBeGreaterThan(0);
    db.$client.exec('ROLLBACK TO broken; RELEASE broken');
    expect(breaches()).toEqual([]);
  });
});

/** Holds a figure against the rows that it opens, page by page. Returns 1 when there was something to compare. */
function compareWithRows(measure: (typeof MEASURE_IDS)[number], { figure, rowsUrl }: FigureRow): number {
  if (!rowsUrl || !MEASURES[measure].observe) return 0;
  const asked = Object.fromEntries(new URL(rowsUrl, 'http://x').searchParams);
  const filter = { ...asked, year: Number(asked.year), month: asked.month ? Number(asked.month) : undefined };
  const rows: ObservedRow[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = listObserved(db, measure, { ...filter, cursor, limit: 7 });
    rows.push(...page.rows);
    if (!page.next) break;
    cursor = page.next;
  }
  const sums = [
    rows.length,
    ...(['numerator', 'denominator'] as const).map((key) => rows.reduce((sum, row) => sum + row[key], 0)),
  ];
  expect([rowsUrl, ...sums]).toEqual([rowsUrl, figure.n, figure.numerator, figure.denominator]);
  for (const { because, n } of figure.omitted) {
    expect(listObserved(db, measure, { ...filter, status: because, limit: 200 }).rows).toHaveLength(n);
  }
  return 1;
}

test('pages ask the cube by its keys alone', () => {
  const plan = (text: string) =>
    (db.$client.prepare(`EXPLAIN QUERY PLAN ${text}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n');
  const along =
    plan(`SELECT n FROM statistic_cells WHERE measure = 'a' AND period IN (SELECT value FROM json_each('[]'))
    AND category IN (SELECT value FROM json_each('[]')) AND county IN (SELECT value FROM json_each('[]')) AND part IN (SELECT value FROM json_each('[]'))`);
  expect(along).toContain(
    'SEARCH statistic_cells USING PRIMARY KEY (measure=? AND period=? AND category=? AND county=? AND part=?)',
  );
  const rows =
    plan(`SELECT lot FROM statistic_observations WHERE measure = 'a' AND month BETWEEN '2020-01' AND '2020-12' AND status = '${COUNTED}'
    ORDER BY month, category, county, part, project_id, lot LIMIT 50`);
  expect(rows).toContain('SEARCH statistic_observations USING PRIMARY KEY (measure=? AND month>? AND month<?)');
  expect(rows).not.toContain('TEMP B-TREE');
  expect(CELLS.all(db, { measure: 'x', periods: '[]', categories: '[]', counties: '[]', parts: '[]' })).toEqual([]);
  expect(LARGEST.all(db, { measure: 'x', period: '', category: '', county: '', most: 1 })).toEqual([]);
});

test('charts are titled by what they show, and pictures have letters', async () => {
  const view = readMeasure(db, 'lotCount', { year: 2020 });
  const counties = view.breakdowns.find(({ by }) => by === 'county');
  expect(counties && toChart(view, counties).title).toMatch(
    /^2020 年成交数量最多的县（市、区）是\S+，[\d,]+，占 [\d.]+%$/,
  );
  expect(await drawsLetters()).toBe(true);
});
