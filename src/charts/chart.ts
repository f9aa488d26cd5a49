/**
 * How a chart is drawn. `bar`: a row for each label, a bar for each series; `stack`: the series of a label in one bar, which is their
 * sum; `line`: labels in their order along the bottom; `multiples`: a small line chart for each series, all on one scale; `range`: a
 * dot between two ends, as a median between quartiles.
 */
export const CHART_KINDS = ['bar', 'stack', 'line', 'multiples', 'range'] as const;
export type ChartKind = (typeof CHART_KINDS)[number];

/** One figure of a chart. */
export interface ChartCell {
  /** In the chart's unit; null where there is no figure, which is drawn as nothing, never as 0. */
  value: number | null;
  /** As people read it, with its unit where the chart's does not say all: `8.33%`, `不足 3 个`. */
  text: string;
  /** Where the rows are that the figure is made of. */
  href?: string | undefined;
  /** Ends of the range around the value, in the chart's unit. Only for `range`. */
  low?: number | undefined;
  high?: number | undefined;
}

/** One row of figures, one for each label of the chart. */
export interface ChartSeries {
  label: string;
  cells: readonly ChartCell[];
}

/** What a chart shows. The same figures stand in the table below it. */
export interface Chart {
  kind: ChartKind;
  /** Part of the names of its elements: unique on its page, letters and digits. */
  id: string;
  /** The finding in one sentence, not the name of the subject. */
  title: string;
  /** What is counted, of what, when: one or two sentences. */
  description: string;
  /** Heading of the labels: 年度、县（市、区）. */
  heading: string;
  /** 个、亿元、%. */
  unit: string;
  labels: readonly string[];
  /** At most seven: so many differ without colours too. */
  series: readonly ChartSeries[];
}

/** More links than these are in the table alone, so that nobody has to step through them twice. */
const MOST_LINKS = 40;

/** Do the marks of a chart open their rows? */
export const hasLinks = ({ series }: Pick<Chart, 'series'>): boolean => {
  const links = series.flatMap(({ cells }) => cells.filter(({ href }) => href !== undefined));
  return links.length > 0 && links.length <= MOST_LINKS;
};
