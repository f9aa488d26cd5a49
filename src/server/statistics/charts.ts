import type { Chart, ChartCell, ChartKind } from '#src/charts/chart.ts';
import { CATEGORIES } from '#src/domain/categories.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import { formatFigure } from '#src/domain/statistics/figure.ts';
import type { Breakdown } from '#src/domain/statistics/filter.ts';
import type { MeasureDefinition } from '#src/domain/statistics/measure.ts';
import { MEASURES } from '#src/domain/statistics/registry.ts';
import type { BreakdownView, FigureRow, MeasureView } from './read.ts';

const WAN = 1_000_000;
const YI = 10_000_000_000;

/** In what a chart's lengths are: large sums in 万元 or 亿元. */
function unitOf({ unit }: MeasureDefinition, rows: readonly FigureRow[]): { unit: string; of: number } {
  switch (unit) {
    case 'count':
      return { unit: '个', of: 1 };
    case 'fen': {
      const largest = Math.max(0, ...rows.map(({ figure }) => Math.abs(figure.value ?? 0)));
      return largest >= YI ? { unit: '亿元', of: YI } : { unit: '万元', of: WAN };
    }
    case 'percent':
      return { unit: '%', of: 0.01 };
    case 'fenPerSquareMetre':
      return { unit: '元/㎡', of: 100 };
    case 'days':
      return { unit: '日', of: 1 };
    case 'mean':
      return { unit: '个', of: 1 };
  }
}

const KINDS: Record<Breakdown, ChartKind> = {
  year: 'line',
  month: 'line',
  county: 'bar',
  category: 'bar',
  part: 'bar',
};

/** A breakdown as a chart that is titled by what it shows. `site` is put before addresses, for charts that leave the site. */
export function toChart(view: MeasureView, { by, heading, rows }: BreakdownView, site = ''): Chart {
  const definition = MEASURES[view.measure];
  const { unit, of } = unitOf(definition, rows);
  const cells = rows.map(
    ({ figure, rowsUrl }): ChartCell => ({
      value: figure.value === null ? null : figure.value / of,
      text: formatFigure(definition, figure),
      href: rowsUrl === null ? undefined : site + rowsUrl,
    }),
  );
  return {
    kind: KINDS[by] === 'line' && rows.length < 2 ? 'bar' : KINDS[by],
    id: `${view.measure}-${by}`,
    title: toFinding(view, { by, heading, rows }),
    description: `${scopeOf(view, by)}${definition.title}，按${heading}。`,
    heading,
    unit: view.measure === 'noticeCount' ? '条' : unit,
    labels: rows.map(({ label }) => label),
    series: [{ label: definition.title, cells }],
  };
}

/** `2020 年曲阜市政府采购`. */
export function scopeOf({ filter }: MeasureView, by?: Breakdown): string {
  const { year, month, county, category } = filter;
  const when = by === 'year' ? '历年' : `${year} 年${month === undefined ? '' : `${month} 月`}`;
  return when + (county ? COUNTIES[county].label : '') + (category ? CATEGORIES[category].label : '');
}

/** What a breakdown shows, in one sentence. */
export function toFinding(view: MeasureView, { by, heading, rows }: BreakdownView): string {
  const definition = MEASURES[view.measure];
  const shown = rows.filter(({ figure }) => figure.value !== null);
  const best = shown.toSorted((a, b) => (b.figure.value ?? 0) - (a.figure.value ?? 0))[0];
  const scope = scopeOf(view, by);
  if (!best) return `${scope}${definition.title}没有可以显示的数字`;
  if (by === 'year') return toTrend(view, shown);
  const text = formatFigure(definition, best.figure);
  const whole = view.whole.figure.value;
  if (definition.shape !== 'sum') return `${scope}${definition.title}最高的${heading}是${best.label}，${text}`;
  const share = whole && best.figure.value ? `，占 ${((best.figure.value / whole) * 100).toFixed(1)}%` : '';
  return `${scope}${definition.title}最多的${heading}是${best.label}，${text}${share}`;
}

function toTrend(view: MeasureView, shown: readonly FigureRow[]): string {
  const definition = MEASURES[view.measure];
  const [last, before] = [shown.at(-1), shown.at(-2)];
  if (!last) return definition.title;
  const text = `${last.label} 年${definition.title} ${formatFigure(definition, last.figure)}`;
  if (!before) return text;
  const rise = (last.figure.value ?? 0) - (before.figure.value ?? 0);
  const word = rise > 0 ? '高于' : rise < 0 ? '低于' : '等于';
  return `${text}，${word} ${before.label} 年的 ${formatFigure(definition, before.figure)}`;
}

/** The spread of single lots as a chart of ranges; undefined where fewer than two rows have one. */
export function toSpreadChart(view: MeasureView, { by, heading, rows }: BreakdownView): Chart | undefined {
  const definition = MEASURES[view.measure];
  const spread = rows.filter(({ figure }) => figure.spread !== null);
  if (spread.length < 2 || by === 'month') return undefined;
  const values = spread.map((row) => ({ ...row, figure: { ...row.figure, value: row.figure.spread?.upper ?? null } }));
  const { unit, of } = unitOf(definition, values);
  const widest = spread.toSorted((a, b) => widthOf(b) - widthOf(a))[0];
  return {
    kind: 'range',
    id: `${view.measure}-${by}-spread`,
    title: `${scopeOf(view, by)}各标段${definition.title}差别最大的是${widest?.label ?? ''}`,
    description: '圆点为各标段数值的中位数，横条为第一到第三四分位数（线性插值）。',
    heading,
    unit,
    labels: spread.map(({ label }) => label),
    series: [
      {
        label: '中位数（四分位数）',
        cells: spread.map(({ figure, rowsUrl }) => {
          const { lower = 0, median = 0, upper = 0 } = figure.spread ?? {};
          const words = [median, lower, upper].map((value) => formatFigure(definition, { ...figure, value }));
          return {
            value: median / of,
            low: lower / of,
            high: upper / of,
            text: `${words[0]}（${words[1]} 至 ${words[2]}）`,
            href: rowsUrl ?? undefined,
          };
        }),
      },
    ],
  };
}

const widthOf = ({ figure: { spread } }: FigureRow): number => (spread ? spread.upper - spread.lower : 0);

/** Years of each county side by side on one scale. */
export function toComparison(
  measure: MeasureView['measure'],
  years: readonly number[],
  counties: readonly { label: string; rows: readonly FigureRow[] }[],
): Chart {
  const definition = MEASURES[measure];
  const { unit, of } = unitOf(
    definition,
    counties.flatMap(({ rows }) => rows),
  );
  return {
    kind: 'multiples',
    id: `${measure}-comparison`,
    title: `各县（市、区）历年${definition.title}，同一刻度`,
    description: `${definition.title}，每格一个县（市、区）。`,
    heading: '年度',
    unit: measure === 'noticeCount' ? '条' : unit,
    labels: years.map(String),
    series: counties.map(({ label, rows }) => ({
      label,
      cells: rows.map(({ figure, rowsUrl }) => ({
        value: figure.value === null ? null : figure.value / of,
        text: formatFigure(definition, figure),
        href: rowsUrl ?? undefined,
      })),
    })),
  };
}
