import { readXls } from 'hucre';
import { type CellValue, readXlsx } from 'hucre/xlsx';
import { readCsv } from './csv.ts';
import { decodeText } from './decode.ts';
import type { RowFault } from './fields.ts';
import { FeedFormatError } from './format-error.ts';
import { parsePage } from './html.ts';
import { tidy } from './text.ts';
import { assertSafeZip } from './zip-guard.ts';

const MAX_ROWS = 100_000;
const MAX_COLUMNS = 200;

/** Rows of text; the first holds the headers. Rows without any text are left out. */
export type Table = string[][];

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

const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Start of the first record of a BIFF8 workbook, and the record behind it that says the rest is encrypted. */
const WORKBOOK_START = Buffer.from('0908100000060500', 'hex');
const WORKBOOK_START_LENGTH = 20;
const FILE_PASS = 0x2f;

/**
 * The first sheet with rows of an old workbook (BIFF8, Excel 97–2003). @throws FeedFormatError as {@link parseXlsx}, and for
 * workbooks with a password
 */
export async function parseXls(bytes: Uint8Array): Promise<Table> {
  const data = Buffer.from(bytes);
  const start = data.indexOf(WORKBOOK_START);
  if (start >= 0 && data[start + WORKBOOK_START_LENGTH] === FILE_PASS) throw new FeedFormatError('表格文件有密码');
  try {
    const { sheets } = await readXls(bytes);
    const sheet = sheets.find(({ rows }) => rows.length > 0);
    if (!sheet) throw new FeedFormatError('表格文件没有工作表');
    return toTable(Array.from(sheet.rows, (row) => Array.from(row ?? [], cellText)));
  } catch (error) {
    if (error instanceof FeedFormatError) throw error;
    throw new FeedFormatError(
      '表格文件已损坏，或不是 Excel 97–2003 的格式',
      error instanceof Error ? error.message : '',
    );
  }
}

/** A workbook, a CSV file or a page with a table, told by its content: exports of web systems are often named `.xls` whatever they are. @throws FeedFormatError */
export async function parseSheet(bytes: Uint8Array): Promise<{ table: Table; lines?: number[]; faults: RowFault[] }> {
  const head = Buffer.from(bytes.subarray(0, 8));
  if (head.equals(COMPOUND_FILE)) return { table: await parseXls(bytes), faults: [] };
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return { table: await parseXlsx(bytes), faults: [] };
  if (/^\s*</.test(decodeText(bytes.subarray(0, 512)).replace(/^\uFEFF/, ''))) {
    return { table: parseHtmlTable(bytes), faults: [] };
  }
  const { rows, faults } = readCsv(bytes);
  return { table: toTable(rows.map(({ cells }) => cells)), lines: rows.map(({ line }) => line), faults };
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
