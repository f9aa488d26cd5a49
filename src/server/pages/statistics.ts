import type { Chart } from '#src/charts/chart.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import { formatCoverage, formatFigure } from '#src/domain/statistics/figure.ts';
import { type RowFilter, rowFilterSchema, statisticFilterSchema } from '#src/domain/statistics/filter.ts';
import type { MeasureDefinition } from '#src/domain/statistics/measure.ts';
import { isMeasure, MEASURE_GROUPS, MEASURES, type MeasureId } from '#src/domain/statistics/registry.ts';
import { measureRowsUrl } from '#src/domain/statistics/urls.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { isObserved } from '#src/publish/statistics/rebuild.ts';
import { webDb } from '../db.ts';
import { parseParameters } from '../parameters.ts';
import { toChart, toComparison, toSpreadChart } from '../statistics/charts.ts';
import { type BreakdownView, type MeasureView, readComparison, readMeasure, rowsUrl } from '../statistics/read.ts';
import { listObserved, type ObservedPage } from '../statistics/rows.ts';
import { type Asked, type Moved, moved } from './asked.ts';

/** A chart with what its table says besides the figures. */
export interface ChartBlock {
  chart: Chart;
  by: BreakdownView['by'];
  more: { heading: string; cells: string[] }[];
}

export interface StatisticsPage {
  year: number;
  years: number[];
  /** Publication volume of the year by category. */
  volume: ChartBlock | undefined;
  volumeTotal: string;
  groups: { title: string; measures: { id: MeasureId; title: string; text: string; coverage: string }[] }[];
  asOf: Instant;
  /** Whether every project was observed by the present rules; until then figures are too low. */
  isComplete: boolean;
}

const yearOnly = statisticFilterSchema.pick({ year: true });

/** The page of all measures in one year. @throws InputError */
export function loadStatistics({ url }: Asked): StatisticsPage {
  const db = webDb();
  const volume = readMeasure(db, 'noticeCount', parseParameters(yearOnly, url.searchParams));
  const { year } = volume.filter;
  const byCategory = volume.breakdowns.find(({ by }) => by === 'category');
  return {
    year,
    years: volume.years,
    volume: byCategory && toBlock(volume, byCategory),
    volumeTotal: formatFigure(MEASURES.noticeCount, volume.whole.figure),
    groups: MEASURE_GROUPS.map(({ title, measures }) => ({
      title,
      measures: Object.keys(measures)
        .filter(isMeasure)
        .map((id) => {
          const { whole } = readMeasure(db, id, { year });
          const { figure } = whole;
          const definition = MEASURES[id];
          return {
            id,
            title: definition.title,
            text: formatFigure(definition, figure),
            coverage: formatCoverage(definition, figure),
          };
        }),
    })),
    asOf: volume.asOf,
    isComplete: isObserved(db),
  };
}

export interface MeasurePage {
  id: MeasureId;
  definition: MeasureDefinition;
  view: MeasureView;
  text: string;
  coverage: string;
  spread: string | null;
  omitted: { label: string; n: number; href: string }[];
  charts: ChartBlock[];
  /** As of the page of all measures. */
  isComplete: boolean;
}

/** @throws NotFoundError when there is no such measure, InputError */
export function loadMeasure({ params, url }: Asked): MeasurePage {
  const id = toMeasure(params.measure);
  const db = webDb();
  const filter = parseParameters(statisticFilterSchema, url.searchParams);
  const view = readMeasure(db, id, filter);
  const definition = MEASURES[id];
  const { figure } = view.whole;
  return {
    id,
    definition,
    view,
    text: formatFigure(definition, figure),
    coverage: formatCoverage(definition, figure),
    spread: toSpread(definition, view),
    omitted: figure.omitted.map(({ because, n }) => ({
      label: because,
      n,
      href: measureRowsUrl(id, { ...view.filter, status: because }),
    })),
    charts: view.breakdowns.map((breakdown) => toBlock(view, breakdown)),
    isComplete: isObserved(db),
  };
}

export interface ComparisonPage {
  id: MeasureId;
  definition: MeasureDefinition;
  filter: MeasureView['filter'];
  charts: Chart[];
  asOf: Instant;
}

const comparisonSchema = statisticFilterSchema.pick({ year: true, category: true });

/** Years of the counties side by side, and how far lots differ. @throws NotFoundError, InputError */
export function loadComparison({ params, url }: Asked): ComparisonPage {
  const id = toMeasure(params.measure);
  const db = webDb();
  const view = readMeasure(db, id, parseParameters(comparisonSchema, url.searchParams));
  const counties = readComparison(db, view);
  const spreads = view.breakdowns.flatMap((breakdown) => toSpreadChart(view, breakdown) ?? []);
  return {
    id,
    definition: MEASURES[id],
    filter: view.filter,
    charts: [...(counties.length > 0 ? [toComparison(id, view.years, counties)] : []), ...spreads],
    asOf: view.asOf,
  };
}

function toSpread(definition: MeasureDefinition, { whole: { figure } }: MeasureView): string | null {
  if (!figure.spread) return null;
  const [lower, median, upper] = [figure.spread.lower, figure.spread.median, figure.spread.upper].map((value) =>
    formatFigure(definition, { ...figure, value }),
  );
  return `各标段的中位数 ${median}，第一四分位数 ${lower}，第三四分位数 ${upper}`;
}

/** A breakdown as a chart, with n and coverage beside each figure. */
function toBlock(view: MeasureView, breakdown: BreakdownView): ChartBlock {
  const { minimum } = MEASURES[view.measure];
  const hasOmitted = breakdown.rows.some(({ figure }) => figure.omitted.length > 0);
  const n = breakdown.rows.map(({ figure }) =>
    figure.isHidden && figure.n < minimum ? `<${minimum}` : figure.n.toLocaleString('en'),
  );
  const about = breakdown.rows.map(({ figure }) => figure.about.toLocaleString('en'));
  const isCount = MEASURES[view.measure].unit === 'count';
  return {
    chart: toChart(view, breakdown),
    by: breakdown.by,
    more: [
      ...(isCount ? [] : [{ heading: '可计算（n）', cells: n }]),
      ...(hasOmitted ? [{ heading: '应计算', cells: about }] : []),
    ],
  };
}

export interface MeasureRowsPage {
  id: MeasureId;
  definition: MeasureDefinition;
  filter: RowFilter & { year: number };
  page: ObservedPage;
}

/** The lots behind a figure. @throws NotFoundError, InputError */
export function loadMeasureRows({ params, url }: Asked): MeasureRowsPage | Moved {
  const id = toMeasure(params.measure);
  const asked = parseParameters(rowFilterSchema, url.searchParams);
  const db = webDb();
  const filter = { ...asked, year: asked.year ?? readMeasure(db, id, asked).filter.year };
  if (!MEASURES[id].observe) return moved(rowsUrl(id, filter));
  return { id, definition: MEASURES[id], filter, page: listObserved(db, id, filter) };
}

/** @throws NotFoundError when there is no such measure */
export function toMeasure(text: string | undefined): MeasureId {
  if (text === undefined || !isMeasure(text)) throw new NotFoundError('没有这个指标');
  return text;
}
