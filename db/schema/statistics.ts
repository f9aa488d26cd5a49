import { index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { number, oneOf, oneOrAll } from './columns.ts';
import { projects } from './notices.ts';
import { table } from './table.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
/** Sums that may be below zero: a price may be below what it is held against. */
const signed = () => number(-LARGEST);

/**
 * What each measure finds in each lot of each project: the rows behind every figure. Derived in the transaction that changes a notice;
 * the keys of what was and of what is then stand in `statistic_dirty`.
 */
export const statisticObservations = table(
  'statistic_observations',
  {
    /** A `MeasureId`: free text, so that a measure needs no migration. */
    measure: text().notNull(),
    /** Shanghai month in which it counts, `YYYY-MM`. */
    month: text().notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    /** What else it is counted under; `-` where nothing. */
    part: text().notNull(),
    projectId: text()
      .notNull()
      .references(() => projects.id),
    /** `lotKey`; '' where the project is not divided. */
    lot: text().notNull(),
    /** `counted`, or why it does not count. */
    status: text().notNull(),
    numerator: signed().notNull(),
    denominator: number().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.measure, table.month, table.category, table.county, table.part, table.projectId, table.lot],
    }),
    index('statistic_observations_project').on(table.projectId),
  ],
  { withoutRowid: true },
);

/**
 * Figures as numerators and denominators, never as rates: one row for each measure, period, category, county and part that has lots,
 * '' standing for all of them, and for each status. Made out of the observations by the worker, wherever something is dirty.
 */
export const statisticCells = table(
  'statistic_cells',
  {
    measure: text().notNull(),
    /** `YYYY` or `YYYY-MM`. */
    period: text().notNull(),
    category: oneOrAll(CATEGORY_SLUGS).notNull(),
    county: oneOrAll(COUNTY_SLUGS).notNull(),
    part: text().notNull(),
    status: text().notNull(),
    n: number().notNull(),
    numerator: signed().notNull(),
    denominator: number().notNull(),
    /** Quartiles of numerator / denominator of single lots (type 7), of ratios in millionths; null where there is no spread. */
    lower: signed(),
    median: signed(),
    upper: signed(),
  },
  (table) => [
    primaryKey({
      columns: [table.measure, table.period, table.category, table.county, table.part, table.status],
    }),
    /** The largest parts first. */
    index('statistic_cells_order').on(table.measure, table.period, table.category, table.county, table.numerator),
  ],
  { withoutRowid: true },
);

/** Keys of cells that something was written below; the worker makes these cells, and those that hold them, anew. */
export const statisticDirty = table(
  'statistic_dirty',
  {
    measure: text().notNull(),
    month: text().notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    part: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.measure, table.month, table.category, table.county, table.part] })],
  { withoutRowid: true },
);
