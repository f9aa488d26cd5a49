import type { EntryKey } from '#src/domain/facts/facts.ts';
import { fitOf, formOf, labelWeight } from './cells.ts';
import type { Cell } from './grid.ts';
import { findColumn, findLabel, isKnown, type Labels } from './labels.ts';
import { distinctCells, filledCells } from './rows.ts';
import type { RecordCell } from './table.ts';

/** The headers of a table. Columns that nothing knows are kept as what they are: nobody's. */
export interface Header {
  /** The header of each place. */
  labels: readonly string[];
  /** The key that each place's values should suit. */
  keys: readonly (EntryKey | undefined)[];
  /** The cell that heads each place: the same one where it covers several. */
  cells: readonly Cell[];
}

const MOST_HEADER_ROWS = 3;

/** Reads rows from `index` on as headers with rows below them; undefined when they cannot be. */
export function weighHeader(
  rows: readonly Cell[][],
  index: number,
  labels: Labels,
): { header: Header; height: number; weight: number } | undefined {
  const row = rows[index] ?? [];
  if (filledCells(row).length < 2) return undefined;
  const height = headerHeight(rows, index);
  const header = makeHeader(rows.slice(index, index + height), labels);
  const heads = [...new Set(header.cells)].filter(({ text }) => text !== '');
  const weights = heads.map(({ text }) => labelWeight(text));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (weights.filter((weight) => weight > 0).length * 3 < heads.length * 2) return undefined;
  const below = rows[index + height];
  const match = below && matchRow(header, below);
  // Headers without rows of their own say nothing, but their words are no values either.
  const support = match ? match.weight : below ? -2 : 0;
  return { header, height, weight: sum + support };
}

/** Rows of headers: a second and third one where a cell above covers several and what is below reads like headers. */
function headerHeight(rows: readonly Cell[][], index: number): number {
  let height = 1;
  while (height < MOST_HEADER_ROWS) {
    const upper = rows[index + height - 1] ?? [];
    const lower = rows[index + height] ?? [];
    const isShared = lower.some((cell, place) => cell.text !== '' && cell === upper[place]);
    const own = filledCells(lower).filter((cell) => !upper.includes(cell));
    const isSplit = upper.some((cell, place) => cell.text !== '' && cell === upper[place + 1]);
    // A row that begins empty and holds only headers continues the one above it.
    const isBelow = lower[0]?.text === '' && upper[0]?.text !== '' && own.every(({ text }) => labelWeight(text) > 0);
    if (!isBelow && !(isShared && isSplit) && !(isShared && own.length > 0 && own.every(({ text }) => isWeight(text))))
      break;
    if (own.length === 0 || !own.every(({ text }) => labelWeight(text) > 0 || isWeight(text))) break;
    height += 1;
  }
  return height;
}

/** `权重20%` below a header. */
function isWeight(text: string): boolean {
  return /^[（(]?(?:权重|满分)?\s*\d+(?:\.\d+)?\s*[%分][）)]?$/.test(text.replace(/\s/g, ''));
}

/** Headers out of their rows: of several rows the lowest that is known counts, else the lowest. */
export function makeHeader(rows: readonly (readonly Cell[])[], labels: Labels): Header {
  const lowest = rows.at(-1) ?? [];
  const cells = lowest.map((cell, place) => {
    const above = rows.toReversed().map((row) => row[place] ?? cell);
    return above.find(({ text }) => isKnown(text, labels)) ?? above.find(({ text }) => text !== '') ?? cell;
  });
  const texts = cells.map(({ text }) => text);
  return { labels: texts, keys: texts.map((text) => keyOf(text, labels)), cells };
}

function keyOf(text: string, labels: Labels): EntryKey | undefined {
  return findColumn(text, labels) ?? (findLabel(text, labels)?.known[0]?.key as EntryKey | undefined);
}

/** A row below headers: by its places, or in order when it has as many cells as there are headers. */
export function matchRow(header: Header, row: readonly Cell[]): { cells: RecordCell[]; weight: number } | undefined {
  const heads = [...new Set(header.cells)];
  const cells = distinctCells(row);
  if (row.length !== header.labels.length) {
    if (cells.length !== heads.length) return undefined;
    return weigh(
      cells.map((cell, at) => ({ cell, place: header.cells.indexOf(heads[at] as Cell) })),
      header,
    );
  }
  const placed = row.flatMap((cell, place) => (cell === row[place - 1] ? [] : [{ cell, place }]));
  return weigh(placed, header, row);
}

function weigh(
  placed: readonly { cell: Cell; place: number }[],
  header: Header,
  row?: readonly Cell[],
): { cells: RecordCell[]; weight: number } {
  let weight = 0;
  const cells: RecordCell[] = [];
  for (const { cell, place } of placed) {
    const { text, at } = cell;
    const key = header.keys[place];
    if (text === '') continue;
    const asLabel = labelWeight(text);
    weight += key ? fitOf(key, text) : asLabel >= 3 ? -2 : formOf(text) === 'sentence' ? 0 : 0.2;
    // A cell over columns of several headers is none of theirs.
    if (row && crosses(row, place, cell, header)) weight -= 3;
    else cells.push({ text, at, label: header.labels[place] ?? '' });
  }
  return { cells, weight };
}

function crosses(row: readonly Cell[], place: number, cell: Cell, header: Header): boolean {
  for (let next = place + 1; row[next] === cell; next += 1)
    if (header.cells[next] !== header.cells[place] && header.labels[next] !== '') return true;
  return false;
}
