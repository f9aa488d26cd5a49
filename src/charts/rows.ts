import type { ScaleLinear } from 'd3-scale';
import type { Element } from 'hast';
import { type Chart, type ChartCell, hasLinks } from './chart.ts';
import { drawLegend } from './legend.ts';
import { fitText, formatTick, LETTER, letters, linked, mark, round, seriesClass, textWidth } from './marks.ts';
import { valueScale } from './scale.ts';

const BAR = 22;
/** A row is as tall as a finger, because its bars are links. */
const ROW = 44;
const AXIS = 28;

/** Where things stand in a chart of rows. */
interface Frame {
  chart: Chart;
  width: number;
  /** Where bars begin; labels stand before it, or above the bars where this is 0. */
  left: number;
  scale: ScaleLinear<number, number>;
}

/** What is drawn, and how tall it is. */
export interface Drawing {
  marks: Element[];
  height: number;
}

/** Charts whose labels stand below one another, each with bars, a stack or ranges beside it. */
export function drawRows(chart: Chart, width: number): Drawing {
  const longest = Math.max(0, ...chart.labels.map(textWidth));
  const left = longest <= width * 0.3 ? longest + 12 : 0;
  const spare = Math.max(0, ...endTexts(chart).map(textWidth)) + 10;
  const frame: Frame = { chart, width, left, scale: valueScale(chart, left, width - spare) };
  const legend = drawLegend(seriesNames(chart), width, 0);
  const perLabel = chart.kind === 'bar' ? chart.series.length : 1;
  const height =
    (left === 0 ? LETTER + 8 : 0) + Math.max(1, perLabel) * (perLabel > 1 ? BAR + 4 : ROW) + (perLabel > 1 ? 12 : 0);
  const bottom = legend.height + chart.labels.length * height;
  const rows = chart.labels.flatMap((label, at) => drawRow(frame, label, at, legend.height + at * height));
  return { marks: [...legend.marks, ...drawGrid(frame, legend.height, bottom), ...rows], height: bottom + AXIS };
}

const seriesNames = ({ kind, series }: Chart): string[] => (kind === 'range' ? [] : series.map(({ label }) => label));

/** What stands at the ends of bars; of stacks their sums. */
function endTexts({ kind, labels, series }: Chart): string[] {
  if (kind !== 'stack') return series.flatMap(({ cells }) => cells.map(({ text }) => text));
  return labels.map((_, at) => sumText(series.map(({ cells }) => cells[at])));
}

function sumText(cells: readonly (ChartCell | undefined)[]): string {
  return formatTick(round(cells.reduce((sum, cell) => sum + (cell?.value ?? 0), 0)));
}

function drawGrid({ scale }: Frame, top: number, bottom: number): Element[] {
  return scale
    .ticks(4)
    .flatMap((tick) => [
      mark('line', { x1: round(scale(tick)), x2: round(scale(tick)), y1: top, y2: bottom, className: ['grid'] }),
      letters(formatTick(tick), scale(tick), bottom + LETTER + 6, 'middle', 'tick'),
    ]);
}

function drawRow(frame: Frame, label: string, at: number, top: number): Element[] {
  const { chart, left, width } = frame;
  const isAbove = left === 0;
  const y = top + (isAbove ? LETTER + 8 : 0);
  const cells = chart.series.map(({ cells }) => cells[at] ?? { value: null, text: '' });
  const isGrouped = chart.kind === 'bar' && cells.length > 1;
  const name = isAbove
    ? letters(fitText(label, width), 0, top + LETTER + 2)
    : letters(label, left - 10, y + (isGrouped ? (cells.length * (BAR + 4)) / 2 : ROW / 2) + 5, 'end');
  if (chart.kind === 'stack') return [name, ...drawStack(frame, label, cells, y)];
  return [
    name,
    ...cells.map((cell, index) => {
      const place = isGrouped ? { y: y + index * (BAR + 4), height: BAR + 4 } : { y, height: ROW };
      const isLinked = hasLinks(chart);
      const what = isGrouped ? `${label}，${chart.series[index]?.label ?? ''}` : label;
      const marks = chart.kind === 'range' ? drawRange(frame, cell, place) : drawBar(frame, cell, index, place);
      return linked(
        cell,
        what,
        isLinked,
        mark('rect', { x: left, ...place, width: width - left, className: ['hit'] }),
        ...marks,
      );
    }),
  ];
}

interface Place {
  y: number;
  height: number;
}

function drawBar({ scale, left }: Frame, cell: ChartCell, index: number, { y, height }: Place): Element[] {
  const middle = y + height / 2;
  if (cell.value === null) return [letters(cell.text, left + 6, middle + 5, 'start', 'missing')];
  const [from, to] = [scale(0), scale(cell.value)].sort((a, b) => a - b) as [number, number];
  const box = { x: round(from), y: middle - BAR / 2 + 1, width: round(to - from), height: BAR - 2 };
  return [
    mark('rect', { ...box, className: ['fill', seriesClass(index)] }),
    letters(cell.text, to + 6, middle + 5, 'start', 'value'),
  ];
}

function drawRange({ scale, left }: Frame, cell: ChartCell, { y, height }: Place): Element[] {
  const middle = y + height / 2;
  const { value, low, high } = cell;
  if (value === null) return [letters(cell.text, left + 6, middle + 5, 'start', 'missing')];
  const [from, to] = [scale(low ?? value), scale(high ?? value)];
  return [
    mark('line', { x1: round(from), x2: round(to), y1: middle, y2: middle, className: ['span', 's0'] }),
    mark('circle', { cx: round(scale(value)), cy: middle, r: 6, className: ['fill', 's0'] }),
    letters(cell.text, to + 10, middle + 5, 'start', 'value'),
  ];
}

function drawStack({ chart, scale }: Frame, label: string, cells: readonly ChartCell[], y: number): Element[] {
  const [top, isLinked] = [y + (ROW - BAR - 6) / 2, hasLinks(chart)];
  let sum = 0;
  const parts = cells.flatMap((cell, index) => {
    if (!cell.value) return [];
    const [from, to] = [scale(sum), scale(sum + cell.value)];
    sum += cell.value;
    const box = { x: round(from), y: top, width: round(to - from), height: BAR + 6 };
    const what = `${label}，${chart.series[index]?.label ?? ''}`;
    return [linked(cell, what, isLinked, mark('rect', { ...box, className: ['fill', 'part', seriesClass(index)] }))];
  });
  return [...parts, letters(sumText(cells), scale(sum) + 6, y + ROW / 2 + 5, 'start', 'value')];
}
