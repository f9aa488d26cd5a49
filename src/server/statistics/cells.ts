import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { statisticCells } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { type CellRow, type Figure, hideSmall, toFigure } from '#src/domain/statistics/figure.ts';
import { COUNTED, NO_PART } from '#src/domain/statistics/observe.ts';
import { MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';

const c = statisticCells;

/** What a figure is of; '' stands for all. */
export interface CellAt {
  measure: MeasureId;
  /** `YYYY` or `YYYY-MM`. */
  period: string;
  category: string;
  county: string;
  part: string;
}
export type Axis = 'period' | 'category' | 'county' | 'part';

const ROW = {
  status: c.status,
  n: c.n,
  numerator: c.numerator,
  denominator: c.denominator,
  lower: c.lower,
  median: c.median,
  upper: c.upper,
};
/** Cells along one axis: each is one step in the primary key, however large the cube is. */
export const CELLS = defineSelect(
  (p: Params<Record<'measure' | 'periods' | 'categories' | 'counties' | 'parts', string>>) => ({
    fields: { ...ROW, period: c.period, category: c.category, county: c.county, part: c.part },
    rest: sql`FROM ${c} WHERE ${c.measure} = ${p.measure} AND ${c.period} IN ${valuesOf(p.periods)}
    AND ${c.category} IN ${valuesOf(p.categories)} AND ${c.county} IN ${valuesOf(p.counties)} AND ${c.part} IN ${valuesOf(p.parts)}`,
  }),
);
/** The largest parts of a cell. */
export const LARGEST = defineSelect(
  (p: Params<Record<Exclude<Axis, 'part'> | 'measure', string> & { most: number }>) => ({
    fields: { part: c.part },
    rest: sql`FROM ${c} WHERE ${c.measure} = ${p.measure} AND ${c.period} = ${p.period} AND ${c.category} = ${p.category}
    AND ${c.county} = ${p.county} AND ${c.part} <> '' AND ${c.part} <> ${NO_PART} AND ${c.status} = ${COUNTED}
    ORDER BY ${c.numerator} DESC, ${c.part} LIMIT ${p.most}`,
  }),
);

const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;
const YEARS = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, at) => String(FIRST_YEAR + at));
const monthsOf = (year: string) => Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);

/** The rows of cells that differ in one axis, by its values; those without rows are left out. */
function readAlong(db: Db, at: CellAt, axis: Axis, values: readonly string[]): Map<string, CellRow[]> {
  const own = (name: Axis) => JSON.stringify(name === axis ? values : [at[name]]);
  const rows = CELLS.all(db, {
    measure: at.measure,
    periods: own('period'),
    categories: own('category'),
    counties: own('county'),
    parts: own('part'),
  });
  return Map.groupBy(rows, (row) => row[axis]);
}

/** The years that have a cell, oldest first. */
export function listYears(db: Db, at: Omit<CellAt, 'period'>): string[] {
  return [...readAlong(db, { ...at, period: '' }, 'period', YEARS).keys()].sort();
}

/** The values of an axis that cells may have. */
export function valuesOn(db: Db, at: CellAt, axis: Axis, most = 20): string[] {
  if (axis === 'category') return [...CATEGORY_SLUGS];
  if (axis === 'county') return [...COUNTY_SLUGS];
  if (axis === 'period') return monthsOf(at.period.slice(0, 4));
  return LARGEST.all(db, { ...at, most }).map(({ part }) => part);
}

/** One figure. */
export function readFigure(db: Db, at: CellAt): Figure {
  const rows = readAlong(db, at, 'part', [at.part]).get(at.part) ?? [];
  return toFigure(MEASURES[at.measure], rows, isHidden(db, at));
}

/** The figures along an axis, in the order of the values; those of values without any lot are empty. */
export function readFigures(db: Db, at: CellAt, axis: Axis, values: readonly string[]): Map<string, Figure> {
  const rows = readAlong(db, at, axis, values);
  return new Map(
    values.map((value) => [
      value,
      toFigure(MEASURES[at.measure], rows.get(value) ?? [], isHidden(db, { ...at, [axis]: value })),
    ]),
  );
}

/**
 * Is a cell too small to be shown, or one of which a smaller one could be computed? Asked of every axis on which it is narrowed, so that
 * the answer is the same wherever the figure stands.
 */
function isHidden(db: Db, at: CellAt): boolean {
  const { minimum } = MEASURES[at.measure];
  if (minimum <= 1) return false;
  const narrowed = (['period', 'category', 'county', 'part'] as const).filter((axis) =>
    axis === 'period' ? at.period.length > 4 : at[axis] !== '',
  );
  const whole = countOf(readAlong(db, at, 'part', [at.part]).get(at.part));
  if (whole > 0 && whole < minimum) return true;
  return narrowed.some((axis) => {
    const siblings = [...readAlong(db, at, axis, valuesOn(db, at, axis))].map(([key, rows]) => ({
      key,
      n: countOf(rows),
    }));
    return hideSmall(siblings, minimum).has(at[axis]);
  });
}

const countOf = (rows: readonly CellRow[] | undefined): number =>
  rows?.find(({ status }) => status === COUNTED)?.n ?? 0;
