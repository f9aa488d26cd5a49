import { writeXlsxStream } from 'hucre/xlsx';
import { formatMoment, type Moment } from '#src/domain/time/moment.ts';
import { toShanghaiIso } from '#src/domain/time/time.ts';
import type { Cell, Table } from './table.ts';

const NUMBER_FORMATS: Partial<Record<Cell['kind'], string>> = {
  money: '#,##0.00',
  time: 'yyyy-mm-dd hh:mm',
  day: 'yyyy-mm-dd',
};

/** A table as a workbook of one sheet, more beyond 1,048,576 rows. Text cells are never formulas. */
export function writeXlsx<Item>({ name, columns }: Table<Item>, items: AsyncIterable<Item>) {
  const rows = async function* () {
    for await (const item of items) yield columns.map(({ cell }) => toValue(cell(item)));
  };
  return writeXlsxStream(rows(), {
    name,
    columns: columns.map(({ header, kind, width }) => {
      const numFmt = NUMBER_FORMATS[kind];
      return { header, width, ...(numFmt ? { numFmt } : {}) };
    }),
    freezePane: { rows: 1 },
  });
}

/**
 * Sheets know no zones: a time is written as the clock in Shanghai shows it. A day, and 24:00, are no time that a sheet
 * knows: they are written in words, for a number would be shown as midnight.
 */
function toValue(cell: Cell | null): string | number | Date | null {
  switch (cell?.kind) {
    case undefined:
      return null;
    case 'text':
      return cell.text;
    case 'count':
      return cell.count;
    case 'money':
      return cell.fen / 100;
    case 'time':
      return isClock(cell.moment)
        ? new Date(`${toShanghaiIso(cell.moment.at).slice(0, 16)}Z`)
        : formatMoment(cell.moment);
    case 'day':
      return new Date(`${cell.day}T00:00:00Z`);
  }
}

const isClock = ({ precision }: Moment) => precision === 'minute' || precision === 'second';
