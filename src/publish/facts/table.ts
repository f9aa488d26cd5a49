import type { Piece } from './candidates.ts';
import { formOf } from './cells.ts';
import type { Line, Table } from './document.ts';
import type { Cell } from './grid.ts';
import { type Header, matchRow, weighHeader } from './headers.ts';
import { isKnown, type Labels } from './labels.ts';
import { type PairRow, weighPairs } from './pairs.ts';
import { distinctCells, filledCells } from './rows.ts';
import { weighSideways } from './sideways.ts';

/** A value beside its label. */
export interface TablePair {
  kind: 'pair';
  label: string;
  value: Piece;
}

/** One cell of a record, with the header or label that names its column. */
export interface RecordCell extends Piece {
  label: string;
}

/** A row below headers, or a column of a table read sideways. */
export interface TableRecord {
  kind: 'record';
  cells: RecordCell[];
  isTotal: boolean;
  /** Headers of the table, in order. */
  headers: readonly string[];
}

/** What stands valid in a table of changes. */
export interface TableChange {
  kind: 'change';
  label: string;
  value: Piece;
}

/** Rows of one cell, and cells that hold labelled lines. */
export interface TableLines {
  kind: 'lines';
  lines: Line[];
}

export type TableEvent = TablePair | TableRecord | TableChange | TableLines;

const TOTAL = /^(?:合计|总计|共计|小计|合计金额|总计金额)/;
/** Columns of tables that set what was against what is. */
const BEFORE = /^(?:原|更正前|变更前|修改前|调整前)/;
const AFTER = /^(?:更正后|变更后|修改后|调整后|现(?:内容|公告|文件|更)|更正为|变更为)/;
/** By how much a row below headers is one of theirs rather than something new. */
const LOYALTY = 1;
const NEVER = Number.NEGATIVE_INFINITY;

/** What a table says, in order. `unit` is stated above it; `above` are headers that stand in a table of their own before it. */
export function readTable(
  table: Table,
  labels: Labels,
  unit: string | undefined,
  above?: Header,
): { events: TableEvent[]; open: Header | undefined } {
  const reader = new TableReader(table.rows, labels, unit, above);
  return { events: reader.read(), open: reader.open };
}

class TableReader {
  readonly #rows: readonly Cell[][];
  readonly #labels: Labels;
  readonly #unit: string | undefined;
  readonly #events: TableEvent[] = [];
  #header: Header | undefined;
  /** Headers of the end that no row stands below. */
  open: Header | undefined;
  /** Place of what is valid, in a table of changes. */
  #valid: number | undefined;

  constructor(rows: readonly Cell[][], labels: Labels, unit: string | undefined, above: Header | undefined) {
    this.#rows = rows;
    this.#labels = labels;
    this.#unit = unit;
    this.#header = above;
  }

  read(): TableEvent[] {
    for (let index = 0; index < this.#rows.length; ) index += this.#readFrom(index);
    return this.#events;
  }

  /** Reads what begins at a row; the number of rows that it took. */
  #readFrom(index: number): number {
    const row = this.#rows[index] ?? [];
    const cells = distinctCells(row);
    const filled = filledCells(row);
    if (filled.length === 0) return 1;
    if (filled.length === 1 && !(this.#header && row.length > 1 && cells.length > 1)) return this.#readText(filled);
    if (this.#isChange(cells)) return 1;
    if (this.#valid !== undefined) return this.#readChange(row, this.#valid);
    if (this.#isTotal(cells)) return this.#readTotal(row, cells);
    return this.#readBest(index, row, cells);
  }

  /** Reads the rows in the way that has the most for it. */
  #readBest(index: number, row: readonly Cell[], cells: readonly Cell[]): number {
    const labels = this.#labels;
    const below = this.#rows[index + 1] ?? [];
    const pairs = weighPairs(row, labels);
    const next = weighPairs(below, labels).weight;
    const header = weighHeader(this.#rows, index, labels);
    const sideways = weighSideways(this.#rows, index, labels);
    const data = this.#header ? matchRow(this.#header, row) : undefined;
    const alone = pairs.weight + Math.max(0, next);
    const headed = header?.weight ?? NEVER;
    const dataWeight = data ? data.weight + LOYALTY : NEVER;
    if (sideways && sideways.weight > Math.max(alone, headed)) {
      for (const cells of sideways.records) this.#addRecord(cells, false, sideways.headers);
      this.#header = undefined;
      return sideways.height;
    }
    if (data && dataWeight >= pairs.weight && dataWeight + 4 >= headed) return this.#takeData(data.cells, cells);
    if (header && headed > alone && headed > 3) return this.#takeHeader(header.header, header.height);
    if (pairs.weight > 0) this.#takePairs(pairs);
    else if (pairs.weight < -4 && cells.length > 2) this.#header = undefined;
    this.#keepLines(cells);
    return 1;
  }

  #takeData(record: readonly RecordCell[], cells: readonly Cell[]): number {
    this.open = undefined;
    this.#addRecord(record, false, this.#header?.labels ?? []);
    this.#keepLines(cells);
    return 1;
  }

  #takeHeader(header: Header, height: number): number {
    this.#header = header;
    this.open = header;
    return height;
  }

  #takePairs({ pairs }: PairRow): void {
    for (const { label, value } of pairs) this.#events.push({ kind: 'pair', label: this.#withUnit(label), value });
  }

  #addRecord(cells: readonly RecordCell[], isTotal: boolean, headers: readonly string[]): void {
    const named = cells.map((cell) => ({ ...cell, label: this.#withUnit(cell.label) }));
    this.#events.push({ kind: 'record', cells: named, isTotal, headers });
  }

  #readText(filled: readonly Cell[]): number {
    this.#events.push({ kind: 'lines', lines: filled.flatMap((cell) => cell.lines) });
    return 1;
  }

  /** Labelled lines inside cells are read as lines too. */
  #keepLines(cells: readonly Cell[]): void {
    const lines = cells.filter(({ text }) => /[：:]\s*\S/.test(text) && text.length > 3).flatMap((cell) => cell.lines);
    if (lines.length > 0) this.#events.push({ kind: 'lines', lines });
  }

  #isTotal(cells: readonly Cell[]): boolean {
    const first = cells.find(({ text }) => text !== '' && formOf(text) !== 'number');
    return first !== undefined && TOTAL.test(first.text.replace(/[\s:：]/g, ''));
  }

  #readTotal(row: readonly Cell[], cells: readonly Cell[]): number {
    const matched = this.#header ? matchRow(this.#header, row) : undefined;
    if (matched) this.#addRecord(matched.cells, true, this.#header?.labels ?? []);
    this.#keepLines(cells);
    return 1;
  }

  #isChange(cells: readonly Cell[]): boolean {
    if (!cells.some(({ text }) => BEFORE.test(text)) || !cells.some(({ text }) => AFTER.test(text))) return false;
    if (cells.some(({ text }) => text.length > 20)) return false;
    this.#valid = cells.findIndex(({ text }) => AFTER.test(text));
    return true;
  }

  #readChange(row: readonly Cell[], valid: number): number {
    const cells = distinctCells(row);
    const label = cells.slice(0, valid).find(({ text }) => isKnown(text, this.#labels));
    const value = cells[valid];
    if (label && value) this.#events.push({ kind: 'change', label: label.text, value });
    else if (value) this.#keepLines([value]);
    return 1;
  }

  /** The unit above the table counts where the header names none. */
  #withUnit(label: string): string {
    return this.#unit && !/[（(][^）)]*(?:元|圆)[^）)]*[）)]/.test(label) ? `${label}（${this.#unit}）` : label;
  }
}
