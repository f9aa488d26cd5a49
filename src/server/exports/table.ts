import type { Fen } from '#src/domain/money/money.ts';
import type { Moment } from '#src/domain/time/moment.ts';

/** What a cell holds; spreadsheets get numbers and dates as such. */
export type Cell =
  | { kind: 'text'; text: string }
  | { kind: 'count'; count: number }
  | { kind: 'money'; fen: Fen }
  | { kind: 'time'; moment: Moment }
  /** A calendar day, `YYYY-MM-DD`. */
  | { kind: 'day'; day: string };

export interface Column<Item> {
  header: string;
  kind: Cell['kind'];
  /** Width in characters. */
  width: number;
  /** Null where nothing is known. */
  cell(item: Item): Cell | null;
}

/** A list as a file: its name and what its columns say of each item. */
export interface Table<Item> {
  name: string;
  columns: readonly Column<Item>[];
}

/** A column of text. */
export function textColumn<Item>(header: string, width: number, read: (item: Item) => string | null): Column<Item> {
  return {
    header,
    kind: 'text',
    width,
    cell: (item) => {
      const text = read(item);
      return text ? { kind: 'text', text } : null;
    },
  };
}

/** A column of whole numbers. */
export function countColumn<Item>(header: string, read: (item: Item) => number): Column<Item> {
  return { header, kind: 'count', width: 10, cell: (item) => ({ kind: 'count', count: read(item) }) };
}

/** A column of amounts in yuan. */
export function moneyColumn<Item>(header: string, read: (item: Item) => Fen | null): Column<Item> {
  return {
    header,
    kind: 'money',
    width: 18,
    cell: (item) => {
      const fen = read(item);
      return fen === null ? null : { kind: 'money', fen };
    },
  };
}

/** A column of moments, shown as the clock in Shanghai; a day as a day. */
export function timeColumn<Item>(header: string, read: (item: Item) => Moment | null): Column<Item> {
  return {
    header,
    kind: 'time',
    width: 18,
    cell: (item) => {
      const moment = read(item);
      return moment ? { kind: 'time', moment } : null;
    },
  };
}

/** A column of calendar days. */
export function dayColumn<Item>(header: string, read: (item: Item) => string | null): Column<Item> {
  return {
    header,
    kind: 'day',
    width: 12,
    cell: (item) => {
      const day = read(item);
      return day ? { kind: 'day', day } : null;
    },
  };
}
