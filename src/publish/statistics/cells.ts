import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, defineStatement, execute } from '#db/query.ts';
import { statisticCells, statisticDirty, statisticObservations } from '#db/schema/index.ts';
import { bare, fixed } from '#db/sql-pieces.ts';
import { spreadScale } from '#src/domain/statistics/figure.ts';
import { COUNTED } from '#src/domain/statistics/observe.ts';
import { isMeasure, MEASURES } from '#src/domain/statistics/registry.ts';
import { countNotices } from './notice-cells.ts';

const c = statisticCells;
const o = statisticObservations;
const d = statisticDirty;

/** Keys in one transaction: other writers wait for it. */
const BATCH = 200;

/** One key of the cube; '' stands for all. */
export interface CellKey {
  measure: string;
  period: string;
  category: string;
  county: string;
  part: string;
}

const DIRTY = defineSelect((p: Params<{ most: number }>) => ({
  fields: { measure: d.measure, month: d.month, category: d.category, county: d.county, part: d.part },
  rest: sql`FROM ${d} ORDER BY ${d.measure}, ${d.month} LIMIT ${p.most}`,
}));
const CLEAN = defineStatement(
  (
    p: Params<DirtyKey>,
  ) => sql`DELETE FROM ${d} WHERE ${bare(d.measure)} = ${p.measure} AND ${bare(d.month)} = ${p.month}
    AND ${bare(d.category)} = ${p.category} AND ${bare(d.county)} = ${p.county} AND ${bare(d.part)} = ${p.part}`,
);
export const DROP_CELL = defineStatement(
  (
    p: Params<CellKey>,
  ) => sql`DELETE FROM ${c} WHERE ${bare(c.measure)} = ${p.measure} AND ${bare(c.period)} = ${p.period}
    AND ${bare(c.category)} = ${p.category} AND ${bare(c.county)} = ${p.county} AND ${bare(c.part)} = ${p.part}`,
);

type DirtyKey = Omit<CellKey, 'period'> & { month: string };

/** What a measure's quartiles are computed of: the value of one lot. */
const VALUE = `CAST(numerator AS REAL) / denominator`;
const quartiles = (scale: number) =>
  [25, 50, 75]
    .map((percent) => `percentile(${VALUE}, ${percent}) FILTER (WHERE status = '${COUNTED}')`)
    .map((quartile) => `CAST(round(${quartile} * ${scale}) AS INTEGER)`)
    .join(', ');
const NO_SPREAD = 'NULL, NULL, NULL';

/** Sums and quartiles of a group of observations, as the last columns of a cell. */
export function figures(measure: string): SQL {
  const spread =
    isMeasure(measure) && MEASURES[measure].hasSpread ? quartiles(spreadScale(MEASURES[measure])) : NO_SPREAD;
  return sql.raw(`count(*), sum(numerator), sum(denominator), ${spread}`);
}

/** Every cell that holds what is counted under a key, the key's own among them. */
export function cellsOver({ measure, month, category, county, part }: DirtyKey): CellKey[] {
  const hasParts = isMeasure(measure) && MEASURES[measure].parts !== null;
  return [month, month.slice(0, 4)].flatMap((period) =>
    [category, ''].flatMap((category) =>
      [county, ''].flatMap((county) =>
        (hasParts ? [part, ''] : ['']).map((part) => ({ measure, period, category, county, part })),
      ),
    ),
  );
}

/** Makes one cell anew out of the observations below it. */
function makeCell(db: Db, key: CellKey): void {
  DROP_CELL.run(db, key);
  const [from, until] = key.period.length === 4 ? [`${key.period}-01`, `${key.period}-12`] : [key.period, key.period];
  execute(
    db,
    sql`INSERT INTO ${c} SELECT ${key.measure}, ${key.period}, ${key.category}, ${key.county}, ${key.part}, status, ${figures(key.measure)}
      FROM ${o} WHERE ${OF_MEASURE} = ${key.measure} AND ${OF_MONTH} BETWEEN ${from} AND ${until}
      ${narrowed(OF_CATEGORY, key.category)} ${narrowed(OF_COUNTY, key.county)} ${narrowed(OF_PART, key.part)} GROUP BY status`,
  );
}
const [OF_MEASURE, OF_MONTH, OF_CATEGORY, OF_COUNTY, OF_PART] = [o.measure, o.month, o.category, o.county, o.part].map(
  (column) => fixed(bare(column)),
) as [SQL, SQL, SQL, SQL, SQL];

/** What '' stands for is not narrowed. */
const narrowed = (column: SQL, value: string): SQL => (value === '' ? sql.empty() : sql`AND ${column} = ${value}`);

/**
 * Makes the cells anew that are no longer right, a batch in one transaction. Returns how many keys were dirty; 0 when all is right. A
 * cell is always made of all that is below it, so that a run that was killed, or ran twice, leaves nothing wrong.
 */
export function refreshCells(db: Db): number {
  return db.$client
    .transaction(() => {
      const keys = DIRTY.all(db, { most: BATCH });
      const counts = keys.filter(({ measure }) => measure === 'noticeCount');
      countNotices(db, counts);
      const cells = new Map(
        keys
          .filter(({ measure }) => measure !== 'noticeCount')
          .flatMap(cellsOver)
          .map((cell) => [JSON.stringify(cell), cell]),
      );
      for (const cell of cells.values()) makeCell(db, cell);
      for (const key of keys) CLEAN.run(db, key);
      return keys.length;
    })
    .immediate();
}
