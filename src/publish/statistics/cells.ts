import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect, defineStatement } from '#db/query.ts';
import { statisticCells, statisticDirty, statisticObservations } from '#db/schema/index.ts';
import { bare } from '#db/sql-pieces.ts';
import { isMeasure, MEASURES } from '#src/domain/statistics/registry.ts';
import { countNotices } from './notice-cells.ts';
import { figures, rebuildCells } from './rebuild-cells.ts';

const c = statisticCells;
const o = statisticObservations;
const d = statisticDirty;

/** Keys of one measure that are made anew one by one; where there are more, all cells of the measure are. */
const FEW = 100;

/** One key of the cube; '' stands for all. */
export interface CellKey {
  measure: string;
  period: string;
  category: string;
  county: string;
  part: string;
}

const FIRST = defineSelect(() => ({
  fields: { measure: d.measure },
  rest: sql`FROM ${d} ORDER BY ${d.measure} LIMIT 1`,
}));
const DIRTY = defineSelect((p: Params<{ measure: string }>) => ({
  fields: { measure: d.measure, month: d.month, category: d.category, county: d.county, part: d.part },
  rest: sql`FROM ${d} WHERE ${d.measure} = ${p.measure} LIMIT ${sql.raw(String(FEW + 1))}`,
}));
const CLEAN = defineStatement(
  (
    p: Params<DirtyKey>,
  ) => sql`DELETE FROM ${d} WHERE ${bare(d.measure)} = ${p.measure} AND ${bare(d.month)} = ${p.month}
    AND ${bare(d.category)} = ${p.category} AND ${bare(d.county)} = ${p.county} AND ${bare(d.part)} = ${p.part}`,
);
const DROP_CELL = defineStatement(
  (
    p: Params<CellKey>,
  ) => sql`DELETE FROM ${c} WHERE ${bare(c.measure)} = ${p.measure} AND ${bare(c.period)} = ${p.period}
    AND ${bare(c.category)} = ${p.category} AND ${bare(c.county)} = ${p.county} AND ${bare(c.part)} = ${p.part}`,
);

type DirtyKey = Omit<CellKey, 'period'> & { month: string };

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

/** Compiled once for each measure: what is summed up differs. */
const makers = new Map<string, ReturnType<typeof defineMaker>>();

const defineMaker = (measure: string) =>
  defineStatement(
    (p: Params<CellKey & { from: string; until: string }>) => sql`INSERT INTO ${c}
      SELECT ${p.measure}, ${p.period}, ${p.category}, ${p.county}, ${p.part}, status, ${figures(measure)}
      FROM ${o} WHERE ${bare(o.measure)} = ${p.measure} AND ${bare(o.month)} BETWEEN ${p.from} AND ${p.until}
      AND (${p.category} = '' OR ${bare(o.category)} = ${p.category}) AND (${p.county} = '' OR ${bare(o.county)} = ${p.county})
      AND (${p.part} = '' OR ${bare(o.part)} = ${p.part}) GROUP BY status`,
  );

/** Makes one cell anew out of the observations below it. */
function makeCell(db: Db, key: CellKey): void {
  DROP_CELL.run(db, key);
  const [from, until] = key.period.length === 4 ? [`${key.period}-01`, `${key.period}-12`] : [key.period, key.period];
  const maker = makers.get(key.measure) ?? defineMaker(key.measure);
  makers.set(key.measure, maker);
  maker.run(db, { ...key, from, until });
}

/**
 * Makes the cells of one measure anew that are no longer right, in one transaction. Returns how many keys were dirty; 0 when all is
 * right. A cell is always made of all that is below it, so that a run that was killed, or ran twice, leaves nothing wrong.
 */
export function refreshCells(db: Db): number {
  return db.$client
    .transaction(() => {
      const measure = FIRST.first(db)?.measure;
      if (measure === undefined) return 0;
      const keys = DIRTY.all(db, { measure });
      if (keys.length > FEW && isMeasure(measure)) rebuildCells(db, measure);
      else if (measure === 'noticeCount') countNotices(db, keys);
      else for (const cell of distinct(keys.flatMap(cellsOver))) makeCell(db, cell);
      for (const key of keys) CLEAN.run(db, key);
      return keys.length;
    })
    .immediate();
}

const distinct = (cells: readonly CellKey[]): Iterable<CellKey> =>
  new Map(cells.map((cell) => [JSON.stringify(cell), cell])).values();
