import { writeCsvStream } from 'hucre/csv';
import { toYuanText } from '#src/domain/money/money.ts';
import { formatMoment } from '#src/domain/time/moment.ts';
import type { Cell, Table } from './table.ts';

/** What makes spreadsheet programs take text for a formula; Chinese versions know the full-width signs too. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@|＝＋－＠]/u;

/** A table as CSV (RFC 4180) with a byte order mark, without which Excel takes UTF-8 for another encoding. */
export function writeCsv<Item>({ columns }: Table<Item>, items: AsyncIterable<Item>): ReadableStream<Uint8Array> {
  const rows = async function* () {
    for await (const item of items) yield columns.map(({ cell }) => toText(cell(item)));
  };
  return writeCsvStream(rows(), { headers: columns.map(({ header }) => header), bom: true });
}

function toText(cell: Cell | null): string | null {
  switch (cell?.kind) {
    case undefined:
      return null;
    case 'text':
      return FORMULA.test(cell.text) ? `'${cell.text}` : cell.text;
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
