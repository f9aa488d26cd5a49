import { type Piece, pieceFrom } from './candidates.ts';
import type { Block, Line } from './document.ts';
import type { Cell } from './grid.ts';
import { isKnown, isLabelLike } from './header-words.ts';
import type { Labels } from './labels.ts';

const MOST_HEADERS = 12;
const LONGEST_HEADER = 24;
const LONGEST_VALUE = 80;
const MOST_ROWS = 50;

/**
 * Tables that lost their cells become tables again: headers on lines of their own followed by as many values, and headers
 * and values in one line parted by blanks. Other blocks stay as they are.
 */
export function restoreTables(blocks: readonly Block[], labels: Labels): Block[] {
  const restored: Block[] = [];
  for (let index = 0; index < blocks.length; ) {
    const block = blocks[index];
    if (!block) break;
    const found = block.kind === 'line' ? (fromWords(block, labels) ?? fromLines(blocks, index, labels)) : undefined;
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
  const headers = leadingHeaders(blocks, index, labels);
  if (headers.length < 2 || !headers.some(({ text }) => isKnown(text, labels))) return undefined;
  const rows = [headers.map(toCell)];
  for (let at = index + headers.length; rows.length <= MOST_ROWS; at += headers.length) {
    const row = valueRow(blocks.slice(at, at + headers.length), headers, labels);
    if (!row) break;
    rows.push(row.map(toCell));
  }
  return rows.length > 1 ? { rows, taken: rows.length * headers.length } : undefined;
}

function leadingHeaders(blocks: readonly Block[], index: number, labels: Labels): Line[] {
  const headers: Line[] = [];
  for (const block of blocks.slice(index, index + MOST_HEADERS)) {
    if (block.kind !== 'line' || block.text.length > LONGEST_HEADER || /[：:。]/.test(block.text)) break;
    if (isNumbered(block.text) || !isLabelLike(block.text, labels)) break;
    headers.push(block);
  }
  return headers;
}

/** The next row: as many lines as headers, none of them a label, a heading or a sentence; money where money must stand. */
function valueRow(blocks: readonly Block[], headers: readonly Line[], labels: Labels): Line[] | undefined {
  const lines = blocks.flatMap((block) => (block.kind === 'line' ? [block] : []));
  if (lines.length < headers.length) return undefined;
  const fits = lines.every(({ text }, column) => {
    if (
      text.length > LONGEST_VALUE ||
      isKnown(text, labels) ||
      isNumbered(text) ||
      /[\p{Script=Han}）)]\s*[：:]/u.test(text)
    )
      return false;
    return !/金额|价|元[）)]/.test(headers[column]?.text ?? '') || /\d|无|\/|%|—|-/.test(text);
  });
  return fits ? lines : undefined;
}

function isNumbered(text: string): boolean {
  return /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、](?!\d))/.test(text);
}

/** `供应商名称 供应商地址 中标金额 甲公司 某路 5元`: words that are headers, then a multiple of as many values. */
function fromWords(line: Line, labels: Labels): Restored | undefined {
  if (line.text.length > 1_000 || /[：:]\s*\S{2}/.test(line.text)) return undefined;
  const words = wordsOf(line);
  const count = words.findIndex(({ text }) => !isLabelLike(text, labels));
  if (count < 2 || words.length % count !== 0 || words.length === count) return undefined;
  if (words.slice(0, count).filter(({ text }) => isKnown(text, labels)).length < 2) return undefined;
  if (words.slice(count).some(({ text }) => isKnown(text, labels))) return undefined;
  const rows = Array.from({ length: words.length / count }, (_, row) =>
    words.slice(row * count, (row + 1) * count).map(toCell),
  );
  return { rows, taken: 1 };
}

function wordsOf(line: Line): Piece[] {
  return [...line.text.matchAll(/\S+/g)].map((match) => pieceFrom(line, match.index, match.index + match[0].length));
}

function toCell({ text, at = 0 }: Piece): Cell {
  return { text, lines: [{ text, at }], at };
}
