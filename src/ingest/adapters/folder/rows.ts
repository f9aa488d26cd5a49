import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { describeDamage, showDamage } from '#src/formats/damage.ts';
import type { RowFault } from '#src/formats/fields.ts';
import type { Table } from '#src/formats/table.ts';
import { type CellKind, kindOf, type Mapping } from './mapping.ts';

/** One record: header → text. */
export type Row = Readonly<Record<string, string>>;

export interface ReadRows {
  rows: Row[];
  faults: RowFault[];
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
export function readTable(table: Table, mapping: Mapping, lines: readonly number[] = []): ReadRows {
  const [given = [], ...body] = table;
  const headers = distinctHeaders(given);
  const kinds = headers.map((header) => kindOf(mapping, header));
  const result: ReadRows = { rows: [], faults: [] };
  for (const [index, cells] of body.entries()) {
    const place = `第 ${lines[index + 1] ?? index + 2} 行`;
    const raw = JSON.stringify(cells);
    const damage = describeDamage(raw);
    if (damage) {
      result.faults.push({ raw: showDamage(raw), reason: `${place}${damage}` });
      continue;
    }
    const whole = headers.map((_, index) => cells[index] ?? '');
    const repaired = cells.length > headers.length ? undefined : repair(whole, kinds);
    if (repaired) result.rows.push(toRow(headers, repaired));
    else result.faults.push({ raw, reason: `${place}的内容与表头不符，可能错位` });
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
  for (const [index, header] of headers.entries()) if (header) row[header] = cells[index] ?? '';
  return row;
}

/** Headers with a number behind those that stand more than once: `金额`, `金额（2）`. */
function distinctHeaders(headers: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return headers.map((header) => {
    const count = (counts.get(header) ?? 0) + 1;
    counts.set(header, count);
    return count === 1 || header === '' ? header : `${header}（${count}）`;
  });
}

/** Records of JSON documents: arrays of objects, or objects that hold one. Nested values become their JSON text. */
export function readRecords(documents: readonly unknown[]): ReadRows {
  const result: ReadRows = { rows: [], faults: [] };
  for (const [index, record] of documents.flatMap(listOf).entries()) {
    const raw = JSON.stringify(record) ?? '';
    const damage = describeDamage(raw);
    if (damage || !isRecord(record)) {
      result.faults.push({ raw: showDamage(raw), reason: `第 ${index + 1} 条${damage ?? '不是由字段组成'}` });
      continue;
    }
    const row: Record<string, string> = Object.create(null);
    for (const [name, value] of Object.entries(record)) row[name] = textOf(value);
    result.rows.push(row);
  }
  return result;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(document: unknown): unknown[] {
  if (Array.isArray(document)) return document;
  if (!isRecord(document)) return [];
  const list = Object.values(document).find((value) => Array.isArray(value) && value.some(isRecord));
  return Array.isArray(list) ? list : [document];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
}
