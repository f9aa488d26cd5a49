import type { Element } from 'hast';
import type { Chart } from './chart.ts';
import { drawChart, toMarkup } from './draw.ts';
import { fitText, letters, mark } from './marks.ts';

/** Light colours of the series, as `tokens.css` has them: a picture has no style sheet. */
export const SERIES_COLOURS = ['#0a58a6', '#b8500a', '#00766a', '#9c4a86', '#856900', '#4f5966', '#3a97cc'] as const;
const DASHES = ['none', '8 4', '2 3', '12 4 2 4', '5 3', '14 5', '3 6'];
/** The family of the font that pictures are drawn with on the server; readers' machines take what they have. */
export const PICTURE_FONT = 'Noto Serif SC';
const [WIDTH, HEAD, FOOT, MARGIN] = [760, 76, 40, 20];

const STYLE = [
  `text{font:14px "${PICTURE_FONT}","Noto Serif CJK SC","SimSun",serif;fill:#1b2129}`,
  '.heading{font-size:18px;font-weight:700}.tick,.missing,.note{fill:#4f5966}.note{font-size:12px}.panel{font-weight:700}',
  '.grid{stroke:#d4dbe4}.hit{fill:none}.part{stroke:#fff;stroke-width:2}.stroke,.span{fill:none;stroke-width:2.5}.span{stroke-width:6;opacity:.5}',
  ...SERIES_COLOURS.flatMap((colour, index) => [
    `.fill.s${index}{fill:${colour}}`,
    `.stroke.s${index},.span.s${index}{stroke:${colour};stroke-dasharray:${DASHES[index]}}`,
  ]),
].join('');

/**
 * A chart as a whole SVG document: with its title, what it shows and where it comes from on it, and all colours resolved. Links are those
 * of the chart, which should be whole addresses.
 */
export function toPicture(chart: Chart, source: string): string {
  const drawn = drawChart(chart, 'wide');
  const [, , , drawnHeight = 0] = String(drawn.properties.viewBox).split(' ').map(Number);
  const height = HEAD + drawnHeight + FOOT;
  const inner = drawn.children.filter((child) => child.type === 'element').map(forXml);
  const svg = mark(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${height}`, width: WIDTH, height },
    mark('style', {}, STYLE),
    mark('rect', { width: WIDTH, height, fill: '#ffffff' }),
    letters(fitText(chart.title, (WIDTH - 2 * MARGIN) * 0.75), MARGIN, 34, 'start', 'heading'),
    letters(fitText(`${chart.description}单位：${chart.unit}。`, WIDTH - 2 * MARGIN), MARGIN, 58, 'start', 'note'),
    mark('g', { transform: `translate(${MARGIN} ${HEAD})` }, ...inner),
    letters(fitText(source, WIDTH - 2 * MARGIN), MARGIN, height - 14, 'start', 'note'),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toMarkup(svg)}`;
}

/** Without names for screen readers, whose titles stand there too: in an attribute of XML not every character may stand. */
function forXml(element: Element): Element {
  const { ariaLabel: _label, ...properties } = element.properties;
  const children = element.children.map((child) => (child.type === 'element' ? forXml(child) : child));
  return { ...element, properties, children };
}
