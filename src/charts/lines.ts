import { scalePoint } from 'd3-scale';
import {
  line,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3-shape';
import type { Element } from 'hast';
import { type Chart, hasLinks } from './chart.ts';
import { drawLegend } from './legend.ts';
import { formatTick, LETTER, letters, linked, mark, round, seriesClass, textWidth } from './marks.ts';
import type { Drawing } from './rows.ts';
import { valueScale } from './scale.ts';

/** A shape for each series: lines differ in colour, dash and shape. */
const SHAPES = [symbolCircle, symbolSquare, symbolTriangle, symbolDiamond, symbolCross, symbolStar, symbolWye] as const;
const BOTTOM = 30;
/** Half the width of what can be pointed at around a point. */
const HIT = 22;

interface LineOptions {
  width: number;
  height: number;
  /** Series that are drawn; all where it is left out. Scales are those of all. */
  only?: number;
}

/** Labels along the bottom in their order, a line with points for each series. A missing figure interrupts its line. */
export function drawLines(chart: Chart, { width, height, only }: LineOptions): Drawing {
  const shown = chart.series
    .map((series, index) => ({ ...series, index }))
    .filter(({ index }) => (only ?? index) === index);
  const legend = drawLegend(only === undefined ? chart.series.map(({ label }) => label) : [], width, 0);
  const top = legend.height + LETTER;
  const bottom = top + height - BOTTOM;
  const y = valueScale(chart, bottom, top);
  const left = Math.max(...y.ticks(4).map((tick) => textWidth(formatTick(tick)))) + 10;
  const x = scalePoint([...chart.labels.keys()], [left + HIT, width - HIT]).padding(0.1);
  const grid = y
    .ticks(4)
    .flatMap((tick) => [
      mark('line', { x1: left, x2: width, y1: round(y(tick)), y2: round(y(tick)), className: ['grid'] }),
      letters(formatTick(tick), left - 6, y(tick) + 5, 'end', 'tick'),
    ]);
  const place = (at: number) => x(at) ?? left;
  const names = spacedLabels(chart.labels, place, bottom + LETTER + 8, width);
  const paths = shown.flatMap((series) => drawSeries(chart, series, place, y));
  return { marks: [...legend.marks, ...grid, ...names, ...paths], height: bottom + BOTTOM };
}

type Shown = Chart['series'][number] & { index: number };

function drawSeries(
  chart: Chart,
  { label, cells, index }: Shown,
  x: (at: number) => number,
  y: (value: number) => number,
): Element[] {
  const path = line<(typeof cells)[number]>()
    .defined(({ value }) => value !== null)
    .x((_, at) => round(x(at)))
    .y(({ value }) => round(y(value ?? 0)));
  const shape = symbol(SHAPES[index % SHAPES.length], 64)() ?? '';
  const isLinked = hasLinks(chart);
  const points = cells.flatMap((cell, at) => {
    if (cell.value === null) return [];
    const [px, py] = [round(x(at)), round(y(cell.value))];
    const name = chart.series.length > 1 ? `${chart.labels[at]}，${label}` : (chart.labels[at] ?? '');
    const hit = mark('circle', { cx: px, cy: py, r: HIT / 2 + 2, className: ['hit'] });
    const point = mark('path', {
      d: shape,
      transform: `translate(${px} ${py})`,
      className: ['fill', seriesClass(index)],
    });
    return [linked(cell, name, isLinked, hit, point)];
  });
  const d = path(cells) ?? '';
  return [...(d ? [mark('path', { d, className: ['stroke', seriesClass(index)] })] : []), ...points];
}

/** Labels below, as many as have room: the last always, others that do not touch. */
function spacedLabels(labels: readonly string[], x: (at: number) => number, y: number, width: number): Element[] {
  let free = Number.POSITIVE_INFINITY;
  return [...labels.entries()].reverse().flatMap(([at, label]) => {
    const half = textWidth(label) / 2;
    const middle = Math.min(Math.max(x(at), half), width - half);
    if (middle + half + 6 > free) return [];
    free = middle - half;
    return [letters(label, middle, y, 'middle', 'tick')];
  });
}
