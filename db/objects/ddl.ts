import { Column, getTableName, getViewName, is, Table, View } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';

/** A view or trigger that the schema has beside its tables, with the statement that makes it. */
export interface SchemaObject {
  type: 'trigger' | 'view';
  name: string;
  /** Without the semicolon: as SQLite keeps it. */
  sql: string;
}

/** The name of a column in the database. */
export const columnName = (column: Column): string => toSnakeCase(column.name);

/** Text of SQL in which tables and columns of the schema stand by their names. */
export function ddl(parts: TemplateStringsArray, ...values: (Table | View | Column | string | number)[]): string {
  return String.raw({ raw: parts }, ...values.map(nameOf));
}

function nameOf(value: Table | View | Column | string | number): string | number {
  if (is(value, Column)) return columnName(value);
  if (is(value, Table)) return getTableName(value);
  return is(value, View) ? getViewName(value) : value;
}

/** A trigger: `on` says when it fires, as `AFTER INSERT ON t WHEN …`. */
export function trigger(name: string, on: string, body: string): SchemaObject {
  return { type: 'trigger', name, sql: `CREATE TRIGGER ${name} ${on}\nBEGIN\n  ${body.trim()}\nEND` };
}

/** The present instant in the form of the database. */
export const NOW = `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;
