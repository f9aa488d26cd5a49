import type { Cells } from './cells.ts';
import type { ReportForm } from './forms.ts';
import type { ReportInput } from './input.ts';

/** Everything that an annual report says: what is stored, hashed and printed. */
export interface ReportContent {
  year: number;
  form: ReportForm;
  /** Who reports. */
  issuer: string;
  /** Every figure by the key of its cell, those of people among them. */
  cells: Cells;
  /** Where figures come from that people filled in, by the key of their cells; and their words. */
  input: ReportInput;
  /** Requests that came in the year before; null where that is not known. */
  requestsBefore: number | null;
  /** Fields and items of the catalogue of disclosure. */
  catalogue: { fields: number; items: number };
  /** The day on which it was put together, `YYYY-MM-DD`. */
  on: string;
}

/** The figures of a report: what is computed, and what people put in place of it or add. */
export function mergeCells(computed: Cells, { cells }: ReportInput): Cells {
  const manual = Object.entries(cells).map(([key, { value }]) => [key, value] as const);
  return { ...computed, ...Object.fromEntries(manual) };
}

/** `政府信息公开工作年度报告` of a year, with who reports. */
export const reportTitle = ({ issuer, year }: Pick<ReportContent, 'issuer' | 'year'>): string =>
  `${issuer}${year}年政府信息公开工作年度报告`;
