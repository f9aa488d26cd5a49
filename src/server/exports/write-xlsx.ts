import { writeXlsxStream } from 'hucre/xlsx';
import { clockOf, dayOf, type Moment } from '#src/domain/time/moment.ts';
import { toWorkbookText } from './cell-text.ts';
import type { Cell, Column, Table } from './table.ts';

type Value = string | number | Date | null;

/** A column of a sheet: one of the table's, or one of the two that a moment needs. */
interface SheetColumn<Item> {
  header: string;
  width: number;
  numFmt?: string;
  value(item: Item): Value;
}

const DAY = { width: 12, numFmt: 'yyyy-mm-dd' };
/** Hours of more than a day are shown as such: 24:00 is the end of a day. */
const CLOCK = { width: 8, numFmt: '[hh]:mm' };

/** A table as a workbook of one sheet, more beyond 1,048,576 rows. Text cells are never formulas. */
export function writeXlsx<Item>({ name, columns }: Table<Item>, items: AsyncIterable<Item>) {
  const sheet = columns.flatMap(toSheetColumns);
  const rows = async function* () {
    for await (const item of items) yield sheet.map(({ value }) => value(item));
  };
  return writeXlsxStream(rows(), {
    name,
    columns: sheet.map(({ value: _value, ...column }) => column),
    freezePane: { rows: 1 },
  });
}

/**
 * Sheets know no zones and no days without a clock: a moment is two cells, the day in Shanghai as a date and the clock there as a time of
 * day, empty where only the day is known. So every cell of a column sorts and filters as what it is, and no midnight is invented.
 */
function toSheetColumns<Item>({ header, kind, width, cell }: Column<Item>): SheetColumn<Item>[] {
  if (kind !== 'time') {
    const format = kind === 'money' ? { numFmt: '#,##0.00' } : kind === 'day' ? { numFmt: DAY.numFmt } : {};
    return [{ header, width, ...format, value: (item) => toValue(cell(item)) }];
  }
  const subject = header.replace(/时间$/, '');
  const read = (item: Item, write: (moment: Moment) => Value): Value => {
    const found = cell(item);
    return found?.kind === 'time' ? write(found.moment) : null;
  };
  return [
    { header: `${subject}日期`, ...DAY, value: (item) => read(item, (moment) => toDate(dayOf(moment))) },
    { header: `${subject}时刻`, ...CLOCK, value: (item) => read(item, toDayFraction) },
  ];
}

function toValue(cell: Cell | null): Value {
  switch (cell?.kind) {
    case 'text':
      return toWorkbookText(cell.text);
    case 'count':
      return cell.count;
    case 'money':
      return cell.fen / 100;
    case 'day':
      return toDate(cell.day);
    default:
      return null;
  }
}

const toDate = (day: string) => new Date(`${day}T00:00:00Z`);

/** A time of day as sheets hold it, in parts of a day. */
function toDayFraction(moment: Moment): number | null {
  const clock = clockOf(moment);
  if (clock === undefined) return null;
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) / 1_440;
}
