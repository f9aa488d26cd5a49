import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Chart } from './chart.ts';

/** Figures that differ by less are alike: no measure is as fine. */
const LEAST_EXTENT = 1e-9;

/** Every number that a chart has to have room for. */
function extentsOf({ kind, labels, series }: Chart): number[] {
  if (kind === 'stack')
    return labels.map((_, at) => series.reduce((sum, { cells }) => sum + (cells[at]?.value ?? 0), 0));
  return series.flatMap(({ cells }) => cells.flatMap(({ value, low, high }) => [value, low, high])).filter(isNumber);
}

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/** The scale of a chart's figures: it begins at 0, because lengths are compared, and ends at round numbers. */
export function valueScale(chart: Chart, from: number, to: number): ScaleLinear<number, number> {
  const extents = extentsOf(chart);
  const [low, high] = [Math.min(0, ...extents), Math.max(0, ...extents)];
  return scaleLinear([low, high - low < LEAST_EXTENT ? low + 1 : high], [from, to]).nice(4);
}
