import { writeCsvStream } from 'hucre/csv';
import { toYuanText } from '#src/domain/money/money.ts';
import { formatMoment } from '#src/domain/time/moment.ts';
import { toProgramText, toSheetText } from './cell-text.ts';
import type { Cell, Table } from './table.ts';

/** Who is to read a file: people, in a spreadsheet program that takes codes for numbers, or programs, which get texts as they are. */
export type CsvReader = 'people' | 'programs';

const TEXT: Record<CsvReader, (text: string) => string> = { people: toSheetText, programs: toProgramText };

/** A table as CSV (RFC 4180) with a byte order mark, without which Excel takes UTF-8 for another encoding. */
export function writeCsv<Item>(
  { columns }: Table<Item>,
  items: AsyncIterable<Item>,
  reader: CsvReader = 'people',
): ReadableStream<Uint8Array> {
  const rows = async function* () {
    for await (const item of items) yield columns.map(({ cell }) => toText(cell(item), TEXT[reader]));
  };
  return writeCsvStream(rows(), { headers: columns.map(({ header }) => header), bom: true });
}

function toText(cell: Cell | null, writeText: (text: string) => string): string | null {
  switch (cell?.kind) {
    case undefined:
      return null;
    case 'text':
      return writeText(cell.text);
    case 'count':
      return String(cell.count);
    case 'money':
      return toYuanText(cell.fen);
    case 'time':
      return formatMoment(cell.moment);
    case 'day':
      return cell.day;
  }
}
