import type { Db } from '#db/client.ts';
import { CATEGORIES, type Category } from '#src/domain/categories.ts';
import { COUNTIES, COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { listUrl } from '#src/domain/site/urls.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Figure } from '#src/domain/statistics/figure.ts';
import { BREAKDOWNS, type Breakdown, type RowFilter, type StatisticFilter } from '#src/domain/statistics/filter.ts';
import { MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';
import { measureRowsUrl } from '#src/domain/statistics/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getAsOf } from '../sources/as-of.ts';
import { type CellAt, listYears, readFigure, readFigures, valuesOn } from './cells.ts';

/** A figure of a breakdown, with where its rows are. */
export interface FigureRow {
  /** Year, month, county, category or part, as addresses have it. */
  key: string;
  label: string;
  figure: Figure;
  /** The rows that add up to it; null where it is not shown. */
  rowsUrl: string | null;
}

/** The figures of a measure along one axis. */
export interface BreakdownView {
  by: Breakdown;
  heading: string;
  rows: FigureRow[];
}

export interface MeasureView {
  measure: MeasureId;
  /** What was asked, with the year that is shown. */
  filter: StatisticFilter & { year: number };
  years: number[];
  whole: FigureRow;
  breakdowns: BreakdownView[];
  asOf: Instant;
}

/** Parts that are shown one by one. */
const MOST_PARTS = 20;

/** The figures of a measure under a filter: as a whole, and split by whatever it is not narrowed by. */
export function readMeasure(db: Db, measure: MeasureId, filter: StatisticFilter): MeasureView {
  const narrowed = { measure, category: filter.category ?? '', county: filter.county ?? '', part: '' };
  const years = listYears(db, narrowed);
  const last = years.at(-1) ?? getAsOf(db).slice(0, 4);
  const year = filter.year ?? Number(last);
  const asked = { ...filter, year };
  const at: CellAt = { ...narrowed, period: periodOf(asked) };
  return {
    measure,
    filter: asked,
    years: years.map(Number),
    whole: toRow(measure, asked, '', '全部', readFigure(db, at)),
    breakdowns: listBreakdowns(db, at, asked, years),
    asOf: getAsOf(db),
  };
}

/** The years of every county that has any, for comparing them. */
export function readComparison(
  db: Db,
  { measure, filter, years }: MeasureView,
): { county: County; label: string; rows: FigureRow[] }[] {
  const category = filter.category ?? '';
  return COUNTY_SLUGS.map((county) => {
    const figures = readFigures(db, { measure, category, county, part: '', period: '' }, 'period', years.map(String));
    const rows = [...figures].map(([key, figure]) =>
      toRow(measure, { year: Number(key), county, category: filter.category }, key, key, figure),
    );
    return { county, label: COUNTIES[county].short, rows };
  }).filter(({ rows }) => rows.some(({ figure }) => figure.value !== null));
}

/** `2020` or `2020-06`. */
export const periodOf = ({ year, month }: { year: number; month?: number | undefined }): string =>
  month === undefined ? String(year) : `${year}-${String(month).padStart(2, '0')}`;

function listBreakdowns(db: Db, at: CellAt, filter: MeasureView['filter'], years: string[]): BreakdownView[] {
  const { measure } = at;
  const along = (by: Breakdown, axis: Parameters<typeof readFigures>[2], values: readonly string[]): BreakdownView => ({
    by,
    heading: by === 'part' ? (MEASURES[measure].parts?.label ?? '') : BREAKDOWNS[by],
    rows: [...readFigures(db, at, axis, values)].map(([key, figure]) =>
      toRow(measure, narrow(filter, by, key), key, labelOf(measure, by, key), figure),
    ),
  });
  const present = (view: BreakdownView) => ({ ...view, rows: view.rows.filter(({ figure }) => figure.about > 0) });
  const views = [
    ...(filter.month === undefined
      ? [along('year', 'period', years), along('month', 'period', valuesOn(db, at, 'period'))]
      : []),
    ...(filter.county === undefined ? [present(along('county', 'county', valuesOn(db, at, 'county')))] : []),
    ...(filter.category === undefined ? [present(along('category', 'category', valuesOn(db, at, 'category')))] : []),
    ...(MEASURES[measure].parts ? [along('part', 'part', valuesOn(db, at, 'part', MOST_PARTS))] : []),
  ];
  return views.filter(({ rows }) => rows.length > 0);
}

/** One breakdown of a view, without rows where nothing was counted; undefined where the filter is narrower than its parts, or the measure has none. */
export function findBreakdown({ measure, filter, breakdowns }: MeasureView, by: Breakdown): BreakdownView | undefined {
  const found = breakdowns.find((each) => each.by === by);
  if (found) return found;
  const isNarrower = by === 'year' || by === 'month' ? filter.month : by === 'part' ? undefined : filter[by];
  const heading = by === 'part' ? MEASURES[measure].parts?.label : BREAKDOWNS[by];
  return isNarrower !== undefined || heading === undefined ? undefined : { by, heading, rows: [] };
}

/** The filter that leads to one row of a breakdown. */
function narrow(filter: MeasureView['filter'], by: Breakdown, key: string): RowFilter & { year: number } {
  switch (by) {
    case 'year':
      return { ...filter, year: Number(key) };
    case 'month':
      return { ...filter, year: Number(key.slice(0, 4)), month: Number(key.slice(5)) };
    case 'county':
      return { ...filter, county: key as County };
    case 'category':
      return { ...filter, category: key as Category };
    case 'part':
      return { ...filter, part: key };
  }
}

function labelOf(measure: MeasureId, by: Breakdown, key: string): string {
  switch (by) {
    case 'year':
      return key;
    case 'month':
      return `${Number(key.slice(5))} 月`;
    case 'county':
      return COUNTIES[key as County].short;
    case 'category':
      return CATEGORIES[key as Category].label;
    case 'part':
      return MEASURES[measure].parts?.labels[key] ?? key;
  }
}

function toRow(
  measure: MeasureId,
  filter: RowFilter & { year: number },
  key: string,
  label: string,
  figure: Figure,
): FigureRow {
  const isOpen = !figure.isHidden && figure.n > 0;
  return { key, label, figure, rowsUrl: isOpen ? rowsUrl(measure, filter) : null };
}

/** Where the rows of a figure are: of publication volume the list of notices, of everything else the lots. */
export function rowsUrl(measure: MeasureId, filter: RowFilter & { year: number }): string {
  if (MEASURES[measure].observe) return measureRowsUrl(measure, filter);
  const { county, category, part, month } = filter;
  const period = periodOf(filter);
  const lastDay = month === undefined ? '12-31' : String(new Date(Date.UTC(filter.year, month, 0)).getUTCDate());
  return listUrl({
    category,
    county,
    stage: part as Stage | undefined,
    from: month === undefined ? `${period}-01-01` : `${period}-01`,
    to: `${period}-${lastDay}`,
  });
}
