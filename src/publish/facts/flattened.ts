import type { EntryKey } from '#src/domain/facts/facts.ts';
import { type Piece, pieceFrom } from './candidates.ts';
import { fitOf, formOf, labelWeight } from './cells.ts';
import type { Block, Line } from './document.ts';
import type { Cell } from './grid.ts';
import { findColumn, findLabel, isKnown, type Labels } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { headingOf } from './sections.ts';
import { CONTACT_OF, RANKED } from './vocabulary/entries.ts';

const MOST_HEADERS = 16;
const LONGEST_HEADER = 30;
const LONGEST_VALUE = 600;
const MOST_ROWS = 300;
/** What a row of values must have for it, beside headers of so many columns. */
const ENOUGH = 1.5;

/**
 * Tables that lost their cells become tables again: headers on lines of their own followed by as many values, and headers
 * and values in one line parted by blanks. Other blocks stay as they are.
 */
export function restoreTables(blocks: readonly Block[], labels: Labels): Block[] {
  const restored: Block[] = [];
  for (let index = 0; index < blocks.length; ) {
    const block = blocks[index];
    if (!block) break;
    const found =
      block.kind === 'line'
        ? (fromWords(block, labels) ?? fromWordLines(blocks, index, labels) ?? fromLines(blocks, index, labels))
        : undefined;
    restored.push(found ? { kind: 'table', rows: found.rows } : block);
    index += found?.taken ?? 1;
  }
  return restored;
}

interface Restored {
  rows: Cell[][];
  /** Blocks that the table was made of. */
  taken: number;
}

function fromLines(blocks: readonly Block[], index: number, labels: Labels): Restored | undefined {
  const headers = leadingHeaders(blocks, index);
  if (headers.length < 2 || !headers.some(({ text }) => isKnown(text, labels))) return undefined;
  const keys = headers.map(({ text }) => keyOf(text, labels));
  const serial = /^(?:序号|序)$/.test(normaliseLabel(headers[0]?.text ?? ''));
  const rows: Line[][] = [];
  let at = index + headers.length;
  while (rows.length < MOST_ROWS) {
    const number = serial ? rows.length + 1 : undefined;
    const row =
      valueRow(blocks, at, headers, keys, number) ??
      (rows.length === 0 ? shortRow(blocks, at, headers, keys, number) : undefined);
    if (!row) break;
    rows.push(row);
    at += row.length;
  }
  if (rows.length === 0) return undefined;
  const cells = rows.map((row) => headers.map((_, column) => (row[column] ? toCell(row[column]) : EMPTY)));
  return { rows: [headers.map(toCell), ...cells], taken: at - index };
}

/** A cell that left no line. */
const EMPTY: Cell = { text: '', lines: [], at: 0 };

function keyOf(text: string, labels: Labels): EntryKey | undefined {
  return findColumn(text, labels) ?? (findLabel(text, labels)?.known[0]?.key as EntryKey | undefined);
}

function leadingHeaders(blocks: readonly Block[], index: number): Line[] {
  const headers: Line[] = [];
  for (const block of blocks.slice(index, index + MOST_HEADERS)) {
    if (block.kind !== 'line' || block.text.length > LONGEST_HEADER || /[：:。]/.test(block.text)) break;
    if (isNumbered(block.text) || labelWeight(block.text) <= 0) break;
    headers.push(block);
  }
  return headers;
}

/** A row whose last cells were empty and left nothing: the values that stand before what is no value. */
function shortRow(
  blocks: readonly Block[],
  from: number,
  headers: readonly Line[],
  keys: readonly (EntryKey | undefined)[],
  serial: number | undefined,
): Line[] | undefined {
  const end = blocks
    .slice(from, from + headers.length)
    .findIndex((block) => block.kind !== 'line' || isEnd(block.text));
  if (end < 2 || end * 2 < headers.length) return undefined;
  return valueRow(blocks, from, headers.slice(0, end), keys.slice(0, end), serial);
}

/** Is a line a label, a labelled value or a heading, and so no value of a row? */
function isEnd(text: string): boolean {
  return (
    labelWeight(text) >= 3 ||
    isNumbered(text) ||
    (/^[\p{Script=Han}（）()]{2,16}\s*[：:]/u.test(text) && !/^最终报价/.test(text))
  );
}

/** The next row: as many lines as headers, none of them a label or heading, each suiting its column. */
function valueRow(
  blocks: readonly Block[],
  from: number,
  headers: readonly Line[],
  keys: readonly (EntryKey | undefined)[],
  serial: number | undefined,
): Line[] | undefined {
  const lines: Line[] = [];
  for (const block of blocks.slice(from, from + headers.length)) {
    if (block.kind !== 'line') return undefined;
    lines.push(block);
  }
  if (lines.length < headers.length) return undefined;
  if (serial !== undefined && lines[0]?.text.trim() !== String(serial)) return undefined;
  let weight = serial === undefined ? 0 : 1;
  for (const [column, { text }] of lines.entries()) {
    if (text.length > LONGEST_VALUE || labelWeight(text) >= 3 || (isNumbered(text) && column !== 0)) return undefined;
    if (/^[\p{Script=Han}（）()]{2,14}[：:]/u.test(text) && !/^最终报价/.test(text)) return undefined;
    const key = keys[column];
    const fit = key ? fitOf(key, text) : 0;
    if (fit <= -1) return undefined;
    weight += fit;
  }
  return weight >= ENOUGH ? lines : undefined;
}

function isNumbered(text: string): boolean {
  return (
    /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]\s*\p{Script=Han}|\d{1,2}[.．、](?!\d))/u.test(
      text,
    ) || RANKED.test(normaliseLabel(text))
  );
}

/** `供应商名称 供应商地址 中标金额 甲公司 某路 5元`: words that are headers, then a multiple of as many values. */
function fromWords(line: Line, labels: Labels): Restored | undefined {
  if (line.text.length > 1_000 || /[：:]\s*\S{2}/.test(line.text) || !/\s/.test(line.text)) return undefined;
  const words = wordsOf(line);
  const count = words.findIndex(({ text }) => labelWeight(text) <= 0);
  if (count < 2 || words.length % count !== 0 || words.length === count) return undefined;
  if (words.slice(0, count).filter(({ text }) => isKnown(text, labels)).length < 2) return undefined;
  if (words.slice(count).some(({ text }) => isKnown(text, labels))) return undefined;
  const rows = Array.from({ length: words.length / count }, (_, row) =>
    words.slice(row * count, (row + 1) * count).map(toCell),
  );
  return { rows, taken: 1 };
}

/** `序号 投标人 报价`, and lines of as many words below it. */
function fromWordLines(blocks: readonly Block[], index: number, labels: Labels): Restored | undefined {
  const head = blocks[index];
  if (head?.kind !== 'line' || head.text.length > 200 || !/\s/.test(head.text)) return undefined;
  const headers = wordsOf(head);
  if (headers.length < 3 || headers.some(({ text }) => labelWeight(text) <= 0)) return undefined;
  if (headers.filter(({ text }) => isKnown(text, labels)).length < 2) return undefined;
  const keys = headers.map(({ text }) => keyOf(text, labels));
  const rows: Piece[][] = [];
  for (const block of blocks.slice(index + 1, index + 1 + MOST_ROWS)) {
    const words = block.kind === 'line' && block.text.length <= LONGEST_VALUE ? wordsOf(block) : [];
    if (words.length !== headers.length || !suits(words, keys)) break;
    rows.push(words);
  }
  if (rows.length === 0) return undefined;
  return { rows: [headers, ...rows].map((row) => row.map(toCell)), taken: rows.length + 1 };
}

/** Do words suit the columns that they would stand in? */
function suits(words: readonly Piece[], keys: readonly (EntryKey | undefined)[]): boolean {
  const fits = words.map(({ text }, column) =>
    keys[column] ? fitOf(keys[column], text) : labelWeight(text) >= 3 ? -3 : 0,
  );
  return fits.every((fit) => fit > -1) && fits.reduce((sum, fit) => sum + fit, 0) >= ENOUGH;
}

/**
 * Labels and values on lines in turn: `招标人`, `甲局`. The value must suit the label, or stand between labels. Undefined
 * when the line at `index` is no label with its value below.
 */
export function labelledByLine(label: string, next: string | undefined, labels: Labels): boolean {
  if (next === undefined || label.length > LONGEST_HEADER || next.length > LONGEST_VALUE) return false;
  if (labelWeight(next) > 0 || isNumbered(next) || headingOf(next)?.level === 0) return false;
  const word = normaliseLabel(label);
  if (/^[\p{Script=Han}（）()]{2,14}[：:]/u.test(next) && !CONTACT_OF.test(word)) return false;
  const key = keyOf(label, labels) ?? (RANKED.test(word) ? 'supplier' : keyOf(word.replace(CONTACT_OF, ''), labels));
  if (!key) return false;
  const form = formOf(next);
  if (form === 'empty' || form === 'placeholder' || form === 'unit') return false;
  return fitOf(key, next) >= (key === 'buyer' || key === 'agency' || key === 'supplier' ? 1 : 0.3);
}

function wordsOf(line: Line): Piece[] {
  return [...line.text.matchAll(/\S+/g)].map((match) => pieceFrom(line, match.index, match.index + match[0].length));
}

function toCell({ text, at = 0 }: Piece): Cell {
  return { text, lines: [{ text, at }], at };
}
