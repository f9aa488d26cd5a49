import type { Element, ElementContent, Properties } from 'hast';
import type { ChartCell } from './chart.ts';

/** Height of letters in units of the drawing; widths are estimated from it. */
export const LETTER = 14;
/** How many series have a colour, a dash and a shape of their own. */
const STYLES = 7;

/** Attributes of an element of SVG; what hast has for HTML knows no numbers for places. */
type Attributes = Record<string, string | number | readonly string[] | undefined>;

/** An element of SVG. Attributes have the names of hast: `className`, `viewBox`, `ariaLabel`. */
export function mark(tagName: string, attributes: Attributes, ...children: (ElementContent | string)[]): Element {
  const content = children.map((child) =>
    typeof child === 'string' ? { type: 'text' as const, value: child } : child,
  );
  return { type: 'element', tagName, properties: attributes as Properties, children: content };
}

/** Width of a text in units of the drawing: a Han character is an em wide, others little more than half. */
export function textWidth(text: string): number {
  const ems = [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.58), 0);
  return Math.ceil(ems * LETTER);
}

/** A text that fits into a width, cut with an ellipsis where it must be. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`) > width) letters.pop();
  return `${letters.join('')}…`;
}

/** Letters at a place; `anchor` is which end of them stands there. */
export function letters(
  text: string,
  x: number,
  y: number,
  anchor: 'start' | 'middle' | 'end' = 'start',
  className = 'label',
): Element {
  return mark('text', { x: round(x), y: round(y), textAnchor: anchor, className: [className] }, text);
}

/** The class that gives a series its colour, dash and shape. */
export const seriesClass = (index: number): string => `s${index % STYLES}`;

/** Marks of one figure: a link to its rows where it has one, named with what it is and how much. */
export function linked(cell: ChartCell, name: string, isLinked: boolean, ...marks: Element[]): Element {
  const label = `${name}：${cell.text}`;
  if (!isLinked || cell.href === undefined) return mark('g', {}, mark('title', {}, label), ...marks);
  return mark('a', { href: cell.href, ariaLabel: `${label}，查看明细` }, ...marks);
}

/** Two decimals are less than a hair. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** A number at an axis. */
export const formatTick = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 6 });
