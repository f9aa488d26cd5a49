import type { Element, ElementContent, Parents, RootContent } from 'hast';
import { BLOCKS } from './schema.ts';

/** A cell with more text than this keeps its line breaks: it is a frame around paragraphs. */
const LONG_CELL = 200;

/**
 * Plain text of a body: one line for each block, cells of a row separated by tabs, no blank lines. Characters are
 * those of the source, with runs of blanks as one space.
 */
export function toBodyText(tree: Parents): string {
  const parts: string[] = [];
  collect(tree, parts, false);
  return lines(parts.join('')).join('\n');
}

/** Trimmed lines without empty ones. Tabs between cells survive, also at the head of a row, where the first cell is empty. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .map((line) => (UNTIDY.test(line) ? tidy(line) : line))
    .filter((line) => line !== '');
}

/** A blank at the head, beside another or beside a tab, or one that is no plain space. Few lines have any. */
const UNTIDY = /^[^\S\t]|[^\S\t]\s|\t[^\S\t]|[^\S \t]/;

function tidy(line: string): string {
  return line
    .replace(/[^\S\t]+/g, ' ')
    .replace(/ ?\t ?/g, '\t')
    .replace(/^ /, '');
}

function collect(parent: Parents, parts: string[], preformatted: boolean): void {
  for (const child of parent.children as (RootContent | ElementContent)[]) {
    if (child.type === 'text') parts.push(preformatted ? child.value.replaceAll('\t', ' ') : blanks(child.value));
    if (child.type === 'element') collectElement(child, parts, preformatted || child.tagName === 'pre');
  }
}

function blanks(value: string): string {
  return value.replace(/[\s\u00a0\u3000]+/g, ' ').replace(/[\u200b\u2060\ufeff\u00ad]/g, '');
}

function collectElement(element: Element, parts: string[], preformatted: boolean): void {
  const { tagName } = element;
  if (tagName === 'br') parts.push('\n');
  else if (tagName === 'td' || tagName === 'th') parts.push(cellText(element), '\t'.repeat(columnsOf(element)));
  else {
    const edge = BLOCKS.has(tagName) ? '\n' : '';
    parts.push(edge);
    collect(element, parts, preformatted);
    parts.push(edge);
  }
}

/** Columns that a cell takes, so that the cells below their headers stay there. */
function columnsOf(cell: Element): number {
  return Number(cell.properties.colSpan ?? 1);
}

function cellText(cell: Element): string {
  const parts: string[] = [];
  collect(cell, parts, false);
  const kept = lines(parts.join(''));
  const length = kept.reduce((sum, line) => sum + line.length, 0);
  return kept.length > 1 && length > LONG_CELL ? `\n${kept.join('\n')}\n` : kept.join(' ').replaceAll('\t', ' ');
}
