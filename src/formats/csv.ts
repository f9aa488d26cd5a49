import { parse } from 'csv-parse/sync';
import { describeDamage, showDamage } from './damage.ts';
import { decodeText } from './decode.ts';
import type { RowFault } from './fields.ts';
import { FeedFormatError } from './format-error.ts';

const MAX_ROWS = 100_000;
/** Characters of one row. */
const LONGEST_ROW = 1_000_000;
/** Lines that a cell with line ends may have. */
const MOST_LINES = 500;
/** Rows whose quotes are even are read together first. */
const BATCH = 500;

export interface CsvRow {
  /** Line of the file on which it begins, from 1. */
  line: number;
  cells: string[];
}

export interface CsvFile {
  /** The first holds the headers. */
  rows: CsvRow[];
  /** Rows that cannot be read, each with its line. */
  faults: RowFault[];
}

/**
 * A CSV file: any of our encodings, with or without BOM, parted by comma, semicolon or tab. A row with a stray quote or a damaged
 * byte is a fault and costs no other; a quote that does not close ends with its line.
 * @throws FeedFormatError for a web page, a header that cannot be read, or too many rows
 */
export function readCsv(bytes: Uint8Array): CsvFile {
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  if (/^\s*</.test(text)) throw new FeedFormatError('文件是网页而不是表格', text);
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length > MAX_ROWS * 10) throw new FeedFormatError(`表格超过 ${MAX_ROWS} 行`);
  const file = new Reader(lines).read();
  const [header] = file.rows;
  const first = lines.findIndex((line) => line.trim() !== '') + 1;
  if (header && header.line !== first) throw new FeedFormatError('CSV 文件的表头无法读取', lines[first - 1]);
  if (!header && file.faults.length > 0) throw new FeedFormatError('CSV 文件格式有误', file.faults[0]?.raw);
  if (file.rows.length > MAX_ROWS) throw new FeedFormatError(`表格超过 ${MAX_ROWS} 行`);
  return file;
}

/** The mark that parts the most cells in the first line. */
function findDelimiter(line: string): string {
  const count = (mark: string) => line.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

class Reader {
  readonly #lines: readonly string[];
  readonly #delimiter: string;
  /** Cells of the header, once it is known. */
  #width = 0;
  readonly #file: CsvFile = { rows: [], faults: [] };

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    this.#delimiter = findDelimiter((lines.find((line) => line.trim() !== '') ?? '').slice(0, 10_000));
  }

  read(): CsvFile {
    for (let at = 0; at < this.#lines.length; ) at = this.#readAt(at);
    return this.#file;
  }

  /** Reads what begins on a line. Returns the line to read next. */
  #readAt(at: number): number {
    const line = this.#lines[at] ?? '';
    if (line.trim() === '') return at + 1;
    if (!line.includes('"')) return this.#add(at, [line], line.split(this.#delimiter));
    if (!isEven(line)) return this.#readLines(at);
    const end = this.#endOfBatch(at);
    const batch = this.#lines.slice(at, end);
    const rows = this.#width > 0 && batch.length > 1 ? this.#parse(batch) : undefined;
    if (rows?.length === batch.length) {
      for (const [index, cells] of rows.entries()) this.#add(at + index, [batch[index] ?? ''], cells);
      return end;
    }
    for (const [index, each] of batch.entries()) {
      const cells = each.includes('"') ? this.#parse([each])?.[0] : each.split(this.#delimiter);
      this.#add(at + index, [each], cells);
    }
    return end;
  }

  #endOfBatch(at: number): number {
    let end = at + 1;
    while (end - at < BATCH && end < this.#lines.length) {
      const line = this.#lines[end] ?? '';
      if (line.trim() === '' || !isEven(line)) break;
      end += 1;
    }
    return this.#width > 0 ? end : at + 1;
  }

  /** A row whose quotes do not close on its line: it goes on to the line that closes them, unless rows of their own stand between. */
  #readLines(at: number): number {
    let size = 0;
    for (let end = at; end < this.#lines.length && end - at < MOST_LINES && size < LONGEST_ROW; end += 1) {
      const line = this.#lines[end] ?? '';
      size += line.length;
      if (end === at || isEven(line)) continue;
      const lines = this.#lines.slice(at, end + 1);
      const cells = this.#swallowsRows(lines) ? undefined : this.#parse(lines);
      if (cells?.length === 1) return this.#add(at, lines, cells[0]);
      break;
    }
    return this.#add(at, [this.#lines[at] ?? ''], undefined);
  }

  /** Lines that are whole rows each by their delimiters are no lines of a cell. */
  #swallowsRows(lines: readonly string[]): boolean {
    return this.#width > 2 && lines.filter((line) => line.split(this.#delimiter).length === this.#width).length > 1;
  }

  #parse(lines: readonly string[]): string[][] | undefined {
    try {
      const rows: string[][] = parse(lines.join('\n'), {
        delimiter: this.#delimiter,
        relax_column_count: true,
        max_record_size: LONGEST_ROW,
      });
      return rows;
    } catch {
      return undefined;
    }
  }

  /** Takes a row, or a fault where it has no cells or damaged ones. Returns the line behind it. */
  #add(at: number, lines: readonly string[], cells: string[] | undefined): number {
    const raw = lines.join('\n');
    const damage = describeDamage(raw);
    const trimmed = cells?.map((cell) => cell.trim());
    if (damage || !trimmed) {
      const reason = damage ?? '的引号不成对，或位置有误';
      this.#file.faults.push({ raw: showDamage(raw.slice(0, 100_000)), reason: `第 ${at + 1} 行${reason}` });
    } else if (trimmed.some((cell) => cell !== '')) {
      this.#width ||= trimmed.length;
      this.#file.rows.push({ line: at + 1, cells: trimmed });
    }
    return at + lines.length;
  }
}

function isEven(line: string): boolean {
  let isOdd = false;
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return !isOdd;
}
