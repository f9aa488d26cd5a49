import { parse } from 'csv-parse/sync';
import { type CellValue, readXlsx } from 'hucre/xlsx';
import { FeedFormatError } from '../types.ts';
import { decodeText } from './decode.ts';
import { parsePage } from './html.ts';
import { tidy } from './text.ts';
import { assertSafeZip } from './zip-guard.ts';

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 200;
const LONGEST_CELL = 1_000_000;

/** Rows of text; the first holds the headers. Rows without any text are left out. */
export type Table = string[][];

/**
 * A CSV file: any of our encodings, with or without BOM, parted by comma, semicolon or tab.
 * @throws FeedFormatError when quotes do not close, or rows are too many or too long.
 */
export function parseCsv(bytes: Uint8Array): Table {
  const text = decodeText(bytes);
  if (/^\s*</.test(text)) throw new FeedFormatError('文件是网页而不是表格', text);
  try {
    const rows: string[][] = parse(text, {
      bom: true,
      delimiter: findDelimiter(text),
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_CELL,
      to: MAX_ROWS + 1,
    });
    return toTable(rows);
  } catch (error) {
    if (error instanceof FeedFormatError) throw error;
    throw new FeedFormatError('CSV 文件格式有误', error instanceof Error ? error.message : '');
  }
}

/** The mark that parts the most cells in the first line. */
function findDelimiter(text: string): string {
  const line = text.slice(0, 10_000).split(/\r?\n/, 1)[0] ?? '';
  const count = (mark: string) => line.split(mark).length;
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/**
 * The first visible sheet of a workbook; days as `YYYY-MM-DD`, times as `YYYY-MM-DD HH:mm:ss`, as the cells show them.
 * @throws FeedFormatError when it is no workbook, or larger than 64 MB, 100,000 rows or 200 columns.
 */
export async function parseXlsx(bytes: Uint8Array): Promise<Table> {
  assertSafeZip(bytes);
  const sheets = await readSheets(bytes);
  const sheet = sheets[0];
  if (!sheet) throw new FeedFormatError('表格文件没有可见的工作表');
  return toTable(sheet.rows.map((row) => row.map(cellText)));
}

/** The largest table of a web page, cell by cell. @throws FeedFormatError when there is none. */
export function parseHtmlTable(bytes: Uint8Array): Table {
  const text = decodeText(bytes);
  const $ = parsePage(text);
  const tables = $('table')
    .toArray()
    .map((table) =>
      $(table)
        .find('tr')
        .toArray()
        .map((row) =>
          $(row)
            .children('th, td')
            .toArray()
            .map((cell) => tidy($(cell).text())),
        ),
    );
  const largest = tables.reduce<Table>((best, table) => (table.length > best.length ? table : best), []);
  if (largest.length < 2) throw new FeedFormatError('网页里没有表格', text);
  return toTable(largest);
}

async function readSheets(bytes: Uint8Array) {
  try {
    const { sheets } = await readXlsx(bytes, {
      sheets: (info) => !info.hidden && !info.veryHidden,
      maxRows: MAX_ROWS + 1,
    });
    return sheets;
  } catch (error) {
    throw new FeedFormatError('表格文件无法读取', error instanceof Error ? error.message : '');
  }
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (!(value instanceof Date)) return String(value);
  const text = value.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

function toTable(rows: readonly string[][]): Table {
  if (rows.length > MAX_ROWS) throw new FeedFormatError(`表格超过 ${MAX_ROWS} 行`);
  if (rows.some((row) => row.length > MAX_COLUMNS)) throw new FeedFormatError(`表格超过 ${MAX_COLUMNS} 列`);
  return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''));
}
