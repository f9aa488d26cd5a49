import type { DefaultTreeAdapterTypes } from 'parse5';
import type { Block, Line } from './document.ts';

type Element = DefaultTreeAdapterTypes.Element;

/** A cell of a table. */
export interface Cell {
  /** Lines joined by line breaks; empty when the cell is a frame. */
  text: string;
  lines: Line[];
  at: number;
  /** What stands in a cell that is a frame around paragraphs or tables. */
  blocks?: Block[];
}

const MOST_COLUMNS = 60;
const MOST_ROWS = 20_000;
const EMPTY: Cell = { text: '', lines: [], at: 0 };

/** Rows of equal places from rows of cells: a merged cell stands in every place that it covers. */
export function toGrid(rows: readonly (readonly Element[])[], read: (cell: Element) => Cell): Cell[][] {
  const grid: Cell[][] = rows.slice(0, MOST_ROWS).map(() => []);
  for (const [rowIndex, row] of grid.entries()) {
    let column = 0;
    for (const element of rows[rowIndex] ?? []) {
      while (row[column] && column < MOST_COLUMNS) column += 1;
      const cell = read(element);
      cover(grid, rowIndex, column, element, cell);
      column += spanOf(element, 'colspan');
    }
    // Places that no cell covers, left of one that comes from above.
    for (let place = 0; place < row.length; place += 1) row[place] ??= EMPTY;
  }
  return grid;
}

function cover(grid: Cell[][], rowIndex: number, column: number, element: Element, cell: Cell): void {
  const bottom = Math.min(rowIndex + spanOf(element, 'rowspan'), grid.length);
  const right = Math.min(column + spanOf(element, 'colspan'), MOST_COLUMNS);
  for (let row = rowIndex; row < bottom; row += 1) {
    for (let place = column; place < right; place += 1) {
      const cells = grid[row];
      if (cells) cells[place] = cell;
    }
  }
}

function spanOf(element: Element, name: 'colspan' | 'rowspan'): number {
  const value = Number(element.attrs.find((attribute) => attribute.name === name)?.value ?? 1);
  return Number.isInteger(value) && value > 0 ? Math.min(value, name === 'colspan' ? MOST_COLUMNS : MOST_ROWS) : 1;
}
