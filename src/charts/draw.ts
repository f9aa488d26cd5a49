import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { type Chart, hasLinks } from './chart.ts';
import { drawLines } from './lines.ts';
import { letters, mark } from './marks.ts';
import { type Drawing, drawRows } from './rows.ts';

/** Widths in units of the drawing: on desks and paper, and on phones or in large type. */
export const CHART_WIDTHS = { wide: 720, narrow: 360 } as const;
export type ChartWidth = keyof typeof CHART_WIDTHS;

const PANEL = { width: 240, height: 150 };
const PANEL_HEAD = 26;

/**
 * A chart as an `svg` element, titled by its finding and described; colours come by class from a style sheet. Where its marks are no
 * links, it is one picture, and the table beside it says the same.
 */
export function drawChart(chart: Chart, size: ChartWidth): Element {
  const width = CHART_WIDTHS[size];
  const { marks, height } = drawMarks(chart, width);
  const [title, description] = [`${chart.id}-${size}-title`, `${chart.id}-${size}-description`];
  return mark(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${Math.ceil(height)}`,
      role: hasLinks(chart) ? 'group' : 'img',
      ariaLabelledBy: `${title} ${description}`,
      className: ['chart', size],
    },
    mark('title', { id: title }, chart.title),
    mark('desc', { id: description }, `${chart.description}单位：${chart.unit}。图中的数字都在图下的表里。`),
    ...marks,
  );
}

function drawMarks(chart: Chart, width: number): Drawing {
  if (chart.kind === 'line') return drawLines(chart, { width, height: 280 });
  return chart.kind === 'multiples' ? drawMultiples(chart, width) : drawRows(chart, width);
}

/** A panel for each series, side by side as many as there is room for. */
function drawMultiples(chart: Chart, width: number): Drawing {
  const across = Math.max(1, Math.floor(width / PANEL.width));
  const panel = Math.floor(width / across) - 12;
  const tall = PANEL_HEAD + PANEL.height + 30;
  const marks = chart.series.map(({ label }, only) => {
    const [x, y] = [(only % across) * (panel + 12), Math.floor(only / across) * tall];
    const { marks } = drawLines(chart, { width: panel, height: PANEL.height, only });
    const body = mark('g', { transform: `translate(0 ${PANEL_HEAD})` }, ...marks);
    return mark('g', { transform: `translate(${x} ${y})` }, letters(label, 0, 16, 'start', 'panel'), body);
  });
  return { marks, height: Math.ceil(chart.series.length / across) * tall };
}

/** The markup of a drawing. */
export const toMarkup = (svg: Element): string => toHtml(svg, { space: 'svg', closeEmptyElements: true });
