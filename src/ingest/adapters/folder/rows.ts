import { parseFeedTime } from '#src/domain/feed-time.ts';
import type { Table } from '../../formats/table.ts';
import { type CellKind, kindOf, type Mapping } from './mapping.ts';

/** One record: header → text. */
export type Row = Readonly<Record<string, string>>;

export interface ReadRows {
  rows: Row[];
  faults: { raw: string; reason: string }[];
}

const CHECKS: Record<CellKind, (text: string) => boolean> = {
  serial: (text) => /^\d{1,6}$/.test(text),
  number: (text) => /^-?\d[\d,]*(?:\.\d+)?$/.test(text),
  yesNo: (text) => /^[是否]$/.test(text),
  // A month alone is how planned times are written.
  time: (text) => parseFeedTime(text) !== undefined || /^\d{4}年\d{1,2}月$/.test(text),
  url: (text) => /^https?:\/\//i.test(text),
};

/**
 * Records of a table. A row whose cells contradict the kinds of their columns has slipped: it is put right when moving
 * one run of cells back by one makes every cell fit, else it becomes a fault. No value is taken from under a wrong header.
 */
export function readTable(table: Table, mapping: Mapping): ReadRows {
  const [headers = [], ...body] = table;
  const kinds = headers.map((header) => kindOf(mapping, header));
  const result: ReadRows = { rows: [], faults: [] };
  for (const cells of body) {
    const whole = headers.map((_, index) => cells[index] ?? '');
    const repaired = cells.length > headers.length ? undefined : repair(whole, kinds);
    if (repaired) result.rows.push(toRow(headers, repaired));
    else result.faults.push({ raw: JSON.stringify(cells).slice(0, 2_000), reason: '这一行的内容与表头不符，可能错位' });
  }
  return result;
}

function repair(cells: string[], kinds: readonly (CellKind | undefined)[]): string[] | undefined {
  const from = mismatch(cells, kinds);
  if (from < 0) return cells;
  // The cell that is missing stood at or before the first contradiction; the row ends the run with an empty cell.
  for (let to = from + 1; to < cells.length; to += 1) {
    if (cells[to] !== '') continue;
    const moved = [...cells.slice(0, from), '', ...cells.slice(from, to), ...cells.slice(to + 1)];
    if (mismatch(moved, kinds) < 0) return moved;
  }
  return undefined;
}

/** Index of the first filled cell that is not of its column's kind; -1 when all fit. */
function mismatch(cells: readonly string[], kinds: readonly (CellKind | undefined)[]): number {
  return cells.findIndex((cell, index) => {
    const kind = kinds[index];
    return kind !== undefined && cell !== '' && !CHECKS[kind](cell);
  });
}

function toRow(headers: readonly string[], cells: readonly string[]): Row {
  const row: Record<string, string> = Object.create(null);
  for (const [index, header] of headers.entries()) if (header && !row[header]) row[header] = cells[index] ?? '';
  return row;
}

/** Records of JSON documents: arrays of objects, or objects that hold one. Nested values become their JSON text. */
export function readRecords(documents: readonly unknown[]): Row[] {
  return documents
    .flatMap((document) => listOf(document))
    .map((record) => {
      const row: Record<string, string> = Object.create(null);
      for (const [name, value] of Object.entries(record)) row[name] = textOf(value);
      return row;
    });
}

function listOf(document: unknown): object[] {
  const isRecord = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (Array.isArray(document)) return document.filter(isRecord);
  if (!isRecord(document)) return [];
  const list = Object.values(document).find((value) => Array.isArray(value) && value.some(isRecord));
  return Array.isArray(list) ? list.filter(isRecord) : [document];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
