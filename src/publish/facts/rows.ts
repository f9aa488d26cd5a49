import type { Cell } from './grid.ts';

/** The cells of a row, each once. */
export function distinctCells(row: readonly Cell[]): Cell[] {
  return row.filter((cell, index) => cell !== row[index - 1]);
}

/** The cells of a row that say something, each once. */
export function filledCells(row: readonly Cell[]): Cell[] {
  return distinctCells(row).filter(({ text }) => text !== '');
}
