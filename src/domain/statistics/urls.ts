import type { RowFilter, StatisticFilter } from './filter.ts';
import type { MeasureId } from './registry.ts';

function withQuery(path: string, filter: object): string {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  ).toString();
  return query ? `${path}?${query}` : path;
}

/** Address of the page of all measures. */
export const statisticsUrl = (filter: Pick<StatisticFilter, 'year'> = {}): string => withQuery('/statistics', filter);

/** Address of a measure's page. */
export const measureUrl = (measure: MeasureId, { year, month, county, category }: StatisticFilter = {}): string =>
  withQuery(`/statistics/${measure}`, { year, month, county, category });

/** Address of the rows behind a figure. */
export const measureRowsUrl = (measure: MeasureId, filter: RowFilter = {}): string => {
  const { year, month, county, category, part, status, cursor, limit } = filter;
  return withQuery(`/statistics/${measure}/rows`, { year, month, county, category, part, status, cursor, limit });
};

/** Address of a measure's years and counties side by side, and of how far its lots differ. */
export const measureComparisonUrl = (measure: MeasureId, { year, category }: StatisticFilter = {}): string =>
  withQuery(`/statistics/${measure}/compare`, { year, category });

/** Address of the list of measures for programs. */
export const apiMeasuresUrl = (): string => '/api/v1/statistics';

/** Address of a measure's figures for programs. */
export const apiMeasureUrl = (measure: MeasureId, filter: StatisticFilter = {}): string =>
  `/api/v1${measureUrl(measure, filter)}`;

/** Address of a measure's figures, or of the rows behind them, as a file. */
export const measureFileUrl = (measure: MeasureId, format: string, filter: StatisticFilter = {}): string =>
  `/api/v1${measureUrl(measure, filter).replace(`/${measure}`, `/${measure}.${format}`)}`;
export const measureRowsFileUrl = (measure: MeasureId, format: string, filter: RowFilter = {}): string =>
  `/api/v1${measureRowsUrl(measure, { ...filter, cursor: undefined, limit: undefined }).replace('/rows', `/rows.${format}`)}`;

/** Address of a chart as a picture. */
export const measureChartUrl = (
  measure: MeasureId,
  format: string,
  by: string,
  { year, month, county, category }: StatisticFilter = {},
): string => withQuery(`/api/v1/statistics/${measure}/chart.${format}`, { by, year, month, county, category });
