import { z } from 'zod';
import { dutyTable, flagTable } from '../exports/flags.ts';
import { noticeTable } from '../exports/notices.ts';
import type { Cell, Table } from '../exports/table.ts';
import { bulkNoticeSchema } from './notice.ts';
import { SQLITE_TABLES } from './sqlite-tables.ts';

/** What the values of CSV columns are, for people. */
export const COLUMN_KINDS: Record<Cell['kind'], string> = {
  text: '文本',
  count: '整数',
  money: '数，单位元，两位小数',
  time: '北京时间',
  day: '日期',
};

/** The data dictionary of all forms, out of the definitions that write them. */
export function makeDictionary(siteUrl: string) {
  const tables = Object.entries(SQLITE_TABLES).map(([name, { label, columns, key }]) => ({
    name,
    label,
    key,
    columns: Object.entries(columns).map(([column, [type, meaning]]) => ({ name: column, type, meaning })),
  }));
  return {
    ndjson: z.toJSONSchema(bulkNoticeSchema, { io: 'input' }),
    csv: columnsOf(noticeTable(siteUrl)),
    flags: columnsOf(flagTable(siteUrl)),
    duties: columnsOf(dutyTable(siteUrl)),
    sqlite: tables,
    ocds: 'https://standard.open-contracting.org/1.1/en/schema/reference/',
  };
}

const columnsOf = <Item>({ columns }: Table<Item>) =>
  columns.map(({ header, kind }) => ({ name: header, kind: COLUMN_KINDS[kind] }));
