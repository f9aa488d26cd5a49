import { type Candidate, candidatesOf, type Piece } from './candidates.ts';
import type { Line, Table } from './document.ts';
import { addValue, type RawEntry } from './entries.ts';
import type { Cell } from './grid.ts';
import { areHeaders, distinctCells, isKnown, isLabelLike } from './header-words.ts';
import { findColumn, type Labels, tierOf } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { readSideways } from './sideways.ts';

/** What a table says. */
export interface TableReading {
  candidates: Candidate[];
  entries: RawEntry[];
  /** Lines that stand in the table: rows of one cell, and cells that hold labelled lines. */
  lines: Line[];
}

const TOTAL = /^(?:合计|总计|共计)$/;
/** Columns of tables that set what was against what is. */
const BEFORE = /^(?:原|更正前|变更前|修改前|调整前)/;
const AFTER = /^(?:更正后|变更后|修改后|调整后|现(?:内容|公告|文件|更)|更正为|变更为)/;
const GENERIC = /^(?:(?:单位)?(?:名称|全称)|(?:人民币)?(?:小写|大写|金额))$/;
const DETAIL = /^(?:地址|联系人|联系方式|联系电话|电话|邮编|传真|邮箱)$/;

interface Header {
  /** The header of each place, of several rows of headers the lowest. */
  labels: string[];
  size: number;
}

/** Reads a table: values beside their labels, below their headers, or right of them in columns. `unit` is stated above the table. */
export function readTable(table: Table, labels: Labels, unit: string | undefined): TableReading {
  return new TableReader(table, labels, unit).read();
}

class TableReader {
  readonly #rows: Cell[][];
  readonly #labels: Labels;
  readonly #unit: string | undefined;
  readonly #reading: TableReading = { candidates: [], entries: [], lines: [] };
  #header: Header | undefined;
  /** Place of what is valid, in a table of changes. */
  #valid: number | undefined;

  constructor(table: Table, labels: Labels, unit: string | undefined) {
    this.#rows = table.rows;
    this.#labels = labels;
    this.#unit = unit;
  }

  read(): TableReading {
    for (let index = 0; index < this.#rows.length; ) index += this.#readFrom(index);
    return this.#reading;
  }

  /** Reads what begins at a row; the number of rows that it took. */
  #readFrom(index: number): number {
    const row = this.#rows[index] ?? [];
    const cells = distinctCells(row);
    const filled = cells.filter(({ text, blocks }) => text !== '' || blocks);
    if (filled.length <= 1) return this.#readText(filled);
    if (this.#isChange(cells)) return 1;
    if (this.#valid !== undefined) return this.#readChange(row, this.#valid);
    const height = this.#headerHeight(index);
    if (height > 0) return this.#takeHeader(index, height);
    const sideways = this.#header ? undefined : readSideways(this.#rows, index, this.#labels);
    if (sideways) {
      for (const entry of sideways.entries) this.#addEntry(entry);
      return sideways.height;
    }
    this.#readRow(row, cells);
    return 1;
  }

  #readText(filled: readonly Cell[]): number {
    for (const cell of filled) this.#reading.lines.push(...cell.lines);
    return 1;
  }

  #isChange(cells: readonly Cell[]): boolean {
    if (!cells.some(({ text }) => BEFORE.test(text)) || !cells.some(({ text }) => AFTER.test(text))) return false;
    if (cells.some(({ text }) => text.length > 20)) return false;
    this.#valid = cells.findIndex(({ text }) => AFTER.test(text));
    return true;
  }

  #readChange(row: readonly Cell[], valid: number): number {
    const label = row.slice(0, valid).find(({ text }) => isKnown(text, this.#labels));
    const value = row[valid];
    if (label && value) this.#reading.candidates.push(...candidatesOf(label.text, value, this.#labels, 'change'));
    return 1;
  }

  /** Rows of headers that begin here: at least one known, all of them words for columns, and values below. */
  #headerHeight(index: number): number {
    const row = this.#rows[index] ?? [];
    if (!areHeaders(distinctCells(row), this.#labels)) return 0;
    const next = this.#rows[index + 1] ?? [];
    const isSecond = next.some((cell, place) => cell.text !== '' && cell === row[place]);
    if (isSecond && next.every(({ text }) => text === '' || isLabelLike(text, this.#labels))) {
      return this.#hasValues(index + 2, next) ? 2 : 0;
    }
    return this.#hasValues(index + 1, row) ? 1 : 0;
  }

  #hasValues(index: number, above: readonly Cell[]): boolean {
    const below = distinctCells(this.#rows[index] ?? []).filter(({ text }) => text !== '');
    const values = below.filter((cell) => !above.includes(cell) && !isKnown(cell.text, this.#labels));
    return below.length >= 2 && values.length * 2 > below.length;
  }

  #takeHeader(index: number, height: number): number {
    const upper = this.#rows[index] ?? [];
    const lower = this.#rows[index + height - 1] ?? upper;
    const labels = lower.map((cell, place) => {
      const above = upper[place]?.text ?? '';
      // `报价 / 金额（元）`: the upper header counts where the lower is not known by itself.
      return isKnown(cell.text, this.#labels) || !isKnown(above, this.#labels) ? cell.text : above;
    });
    this.#header = { labels, size: labels.length };
    return height;
  }

  #readRow(row: readonly Cell[], cells: readonly Cell[]): void {
    const fits = this.#header !== undefined && row.length <= this.#header.size && row.length >= this.#header.size - 1;
    const pairs = this.#readPairs(cells);
    if (pairs.length > 0 && !(fits && pairs.length * 2 < cells.length)) {
      this.#reading.candidates.push(...pairs);
    } else if (this.#header && fits) this.#readBelow(row, this.#header);
    for (const cell of cells)
      if (/[：:]/.test(cell.text) && cell.text.length > 3) this.#reading.lines.push(...cell.lines);
  }

  #readPairs(cells: readonly Cell[]): Candidate[] {
    const found: Candidate[] = [];
    for (let index = 0; index + 1 < cells.length; index += 1) {
      const label = cells[index]?.text ?? '';
      const read = this.#readPair(label, cells, index + 1);
      if (read.length === 0) continue;
      found.push(...read);
      index += 1;
    }
    return found;
  }

  /** The value beside a label; behind `名称` when that stands between, never behind `地址`. */
  #readPair(label: string, cells: readonly Cell[], index: number): Candidate[] {
    const value = cells[index];
    if (!value || !isKnown(label, this.#labels)) return [];
    const word = normaliseLabel(value.text);
    if (DETAIL.test(word)) return [];
    const named = GENERIC.test(word) ? cells[index + 1] : value;
    if (!named || isKnown(named.text, this.#labels)) return [];
    return candidatesOf(this.#withUnit(label), named, this.#labels, 'pair');
  }

  #readBelow(row: readonly Cell[], header: Header): void {
    const isTotal = row.some(({ text }) => TOTAL.test(text.replace(/[\s:：]/g, '')));
    const entry: RawEntry = { values: new Map(), rule: 'column' };
    for (const [place, cell] of row.entries()) {
      if (cell === row[place - 1]) continue;
      const label = this.#withUnit(header.labels[place] ?? '');
      const key = findColumn(label, this.#labels);
      if (key) addValue(entry, key, { text: cell.text, at: cell.at, label, tier: tierOf(label, key, this.#labels) });
      this.#addCandidates(label, cell, isTotal);
    }
    if (!isTotal && entry.values.size > 0) this.#reading.entries.push(entry);
  }

  #addCandidates(label: string, cell: Piece, isTotal: boolean): void {
    const marks = isTotal ? { isTotal } : { isPart: true };
    const read = candidatesOf(label, cell, this.#labels, 'column');
    this.#reading.candidates.push(...read.map((candidate) => ({ ...candidate, ...marks })));
  }

  /** A bidder of a table read sideways. */
  #addEntry(entry: RawEntry): void {
    this.#reading.entries.push(entry);
    for (const value of entry.values.values()) this.#addCandidates(value.label, value, false);
  }

  /** The unit above the table counts where the header names none. */
  #withUnit(label: string): string {
    return this.#unit && !/[（(][^）)]*(?:元|圆)[^）)]*[）)]/.test(label) ? `${label}（${this.#unit}）` : label;
  }
}
