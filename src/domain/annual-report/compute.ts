import type { Category } from '../categories.ts';
import { APPLICANT_TYPE_KEYS, type TableThree, type TableThreeColumn } from '../disclosure/decisions.ts';
import { REVIEW_KIND_KEYS, type TableFour } from '../foi/reviews.ts';
import { type Cells, FOUR_COLUMN_KEYS, type TextCell, threeRows } from './cells.ts';
import type { ReportForm } from './forms.ts';

/** What the product knows of a year by itself. */
export interface YearFacts {
  publications: Readonly<Record<Category, number>>;
  tableThree: TableThree;
  tableFour: TableFour;
  /** Cells of table two that have a source here, in each form. */
  tableTwo: Readonly<Record<ReportForm, Cells>>;
  /** Figures of the text that have a source here. */
  text: Readonly<Partial<Record<TextCell, number>>>;
}

/** The cells of a form that are computed. Those that have no source here are filled in by people, with theirs. */
export function computeCells(form: ReportForm, facts: YearFacts): Cells {
  const { publications, tableTwo, tableThree, tableFour, text } = facts;
  const cells: Record<string, number> = { ...tableTwo[form] };
  for (const [category, total] of Object.entries(publications)) cells[`publications.${category}`] = total;
  for (const [key, value] of Object.entries(text)) cells[`text.${key}`] = value;
  for (const column of [...APPLICANT_TYPE_KEYS, 'total'] as const)
    for (const row of Object.keys(threeRows(form)))
      cells[`three.${row}.${column}`] = readThree(tableThree[column], row);
  for (const kind of REVIEW_KIND_KEYS)
    for (const column of FOUR_COLUMN_KEYS) cells[`four.${kind}.${column}`] = tableFour[kind][column];
  return cells;
}

function readThree(column: TableThreeColumn, row: string): number {
  if (row === 'newReceived' || row === 'carriedOver' || row === 'totalProcessed' || row === 'carriedForward')
    return column[row];
  const rows: Readonly<Record<string, number>> = column.rows;
  if (row !== 'other') return rows[row] ?? 0;
  return Object.entries(rows).reduce((sum, [key, value]) => (key.startsWith('other.') ? sum + value : sum), 0);
}
