import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { statisticObservations } from '#db/schema/statistics.ts';
import type { Category } from '#src/domain/categories.ts';
import { MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';

/** A lot beside those that are like it. Values are ratios, or fen a square metre. */
export interface Comparison {
  measure: MeasureId;
  /** `lotKey`; '' where the project is not divided. */
  lot: string;
  value: number;
  /** How many lots it is held against. */
  n: number;
  /** Quartiles of theirs (type 7); null where there are too few to say anything. */
  quartiles: { lower: number; median: number; upper: number } | null;
}

/** Fewer say nothing. */
const FEWEST = 5;
const MOST = 5_000;
/** Of like size is what is at least half and at most twice as large. */
const SIZE = 2;

const o = statisticObservations;
const OWN = defineSelect((p: Params<{ projectId: string }>) => ({
  fields: {
    measure: sql<MeasureId>`${o.measure}`,
    month: o.month,
    category: o.category,
    part: o.part,
    lot: o.lot,
    numerator: o.numerator,
    denominator: o.denominator,
  },
  rest: sql`FROM ${o} WHERE ${o.projectId} = ${p.projectId} AND ${o.status} = 'counted' AND ${o.denominator} > 0
    ORDER BY ${o.measure}, ${o.lot}`,
}));

interface Like {
  measure: MeasureId;
  from: string;
  to: string;
  category: Category;
  part: string;
  least: number;
  most: number;
  projectId: string;
}

const LIKE = defineSelect((p: Params<Like>) => ({
  fields: { value: sql<number>`${o.numerator} * 1.0 / ${o.denominator}` },
  rest: sql`FROM ${o} WHERE ${o.measure} = ${p.measure} AND ${o.month} BETWEEN ${p.from} AND ${p.to}
    AND ${o.category} = ${p.category} AND ${o.part} = ${p.part} AND ${o.status} = 'counted'
    AND ${o.denominator} BETWEEN ${p.least} AND ${p.most} AND ${o.projectId} <> ${p.projectId}
    ORDER BY 1 LIMIT ${sql.raw(String(MOST))}`,
}));

/** Measures that say something about the price of one lot, the size of which is what it is divided by. */
const isOfPrice = (measure: MeasureId): boolean => {
  const { unit, shape, hasSpread } = MEASURES[measure];
  return hasSpread && shape === 'ratio' && (unit === 'percent' || unit === 'fenPerSquareMetre');
};

/** Prices of a project's lots beside those of other projects of the same category and kind, in the same year, of like size. */
export function compareLots(db: Db, projectId: string): Comparison[] {
  const own = OWN.all(db, { projectId }).filter(({ measure }) => measure in MEASURES && isOfPrice(measure));
  return own.map(({ measure, month, category, part, lot, numerator, denominator }) => {
    const year = month.slice(0, 4);
    const size = { least: Math.ceil(denominator / SIZE), most: denominator * SIZE };
    const like = { measure, from: `${year}-01`, to: `${year}-12`, category, part, ...size, projectId };
    const values = LIKE.all(db, like).map((row) => row.value);
    return { measure, lot, value: numerator / denominator, n: values.length, quartiles: quartilesOf(values) };
  });
}

/** @param sorted ascending */
function quartilesOf(sorted: readonly number[]): Comparison['quartiles'] {
  if (sorted.length < FEWEST) return null;
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const [below = 0, above = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place % 1);
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}
