import { getTableColumns, getTableName } from 'drizzle-orm';
import { organizationSearch, searchIndex } from '../fts.ts';
import { columnName } from './ddl.ts';

/** A full-text table with the statement that makes it. Its content is derived: grams without the words. */
interface FullTextTable {
  name: string;
  sql: string;
}

function fullText(table: typeof searchIndex | typeof organizationSearch): FullTextTable {
  const { rowid: _rowid, ...columns } = getTableColumns(table);
  const name = getTableName(table);
  const names = Object.values(columns).map(columnName).join(', ');
  return {
    name,
    sql: `CREATE VIRTUAL TABLE ${name} USING fts5(${names}, content='', contentless_delete=1, tokenize='ascii')`,
  };
}

export const FULL_TEXT: readonly FullTextTable[] = [fullText(searchIndex), fullText(organizationSearch)];
