import type Database from 'better-sqlite3';
import { getTableColumns, getTableName, is, type SQL } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { columnName } from '#db/objects/ddl.ts';
import * as schema from '#db/schema/index.ts';

/** Rows of each table. */
const ROWS = 3;
const dialect = new SQLiteSyncDialect();

/** What a value must be beside what its column demands: pairs of columns, and rows that point to another of their own kind. */
const SPECIAL: Record<string, (row: number) => string | number | null> = {
  'notices.canonical_id': () => null,
  'notices.withdrawn_at': (row) => (row === 2 ? '2026-03-03T01:00:00.000Z' : null),
  'outbox.notice_id': (row) => `id ${row}`,
  'handovers.notice_id': (row) => `id ${row}`,
  'notice_contents.notice_id': (row) => `id ${row}`,
  'exposure_contents.exposure_id': (row) => `id ${row}`,
  'redactions.kind': () => 'masked',
  'organizations.merged_into': (row) => (row === 2 ? 'id 0' : null),
  'organizations.merged_how': (row) => (row === 2 ? 'code' : null),
};

const AT = (row: number) => `2026-0${row + 1}-15T00:30:00.000Z`;
const VERSION = {
  version: (row: number) => row + 1,
  content: () => '{}',
  hash: (row: number) => `hash ${row}`,
  reason: (row: number) => (row === 0 ? 'created' : 'changed'),
  raw_item_id: (row: number) => row + 1,
  policy: () => 1,
};
const OWNER = (row: number) => `id ${row}`;

/** Tables of earlier versions of the schema. */
const FORMER: Record<string, Record<string, (row: number) => string | number>> = {
  notice_versions: { ...VERSION, notice_id: OWNER, published_at: AT },
  exposure_versions: { ...VERSION, exposure_id: OWNER, recorded_at: AT },
};

function fillFormer(client: Database.Database, name: string, values: Record<string, (row: number) => string | number>) {
  if (!client.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name)) return;
  const columns = (client.pragma(`table_info("${name}")`) as { name: string }[]).map((column) => column.name);
  const insert = client.prepare(
    `INSERT INTO "${name}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (let row = 0; row < ROWS; row++) insert.run(columns.map((column) => values[column]?.(row) ?? null));
}

/**
 * Puts a few made-up rows into every table that a database has, at whichever version of the schema it is: each value is of the form
 * that the newest schema demands, and row n of a table belongs to row n of the others.
 */
export function fillDatabase(client: Database.Database): void {
  const foreignKeys = client.pragma('foreign_keys', { simple: true });
  client.pragma('foreign_keys = OFF');
  for (const table of Object.values<unknown>(schema)) if (is(table, SQLiteTable)) fillTable(client, table);
  for (const [name, values] of Object.entries(FORMER)) fillFormer(client, name, values);
  client.pragma(`foreign_keys = ${foreignKeys}`);
}

function fillTable(client: Database.Database, table: SQLiteTable): void {
  const name = getTableName(table);
  const present = client.pragma(`table_xinfo("${name}")`) as { name: string; hidden: number }[];
  const stored = new Set(present.filter(({ hidden }) => hidden === 0).map((column) => column.name));
  const columns = Object.values(getTableColumns(table) as Record<string, SQLiteColumn>).filter(
    (column) => stored.has(columnName(column)) && columnName(column) !== 'seq',
  );
  if (columns.length === 0) return;
  const names = columns.map(columnName);
  const insert = client.prepare(
    `INSERT OR IGNORE INTO "${name}" (${names.map((column) => `"${column}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  for (let row = 0; row < ROWS; row++) insert.run(columns.map((column) => valueFor(table, column, row)));
}

function valueFor(table: SQLiteTable, column: SQLiteColumn, row: number): string | number | Buffer | null {
  const name = columnName(column);
  const special = SPECIAL[`${getTableName(table)}.${name}`];
  if (special) return special(row);
  for (const key of getTableConfig(table).foreignKeys) {
    const { columns, foreignColumns, foreignTable } = key.reference();
    const target = foreignColumns[columns.indexOf(column)];
    if (target && columns.length === 1) return valueFor(foreignTable as SQLiteTable, target as SQLiteColumn, row);
  }
  return plainValue(column, ruleOf(table, name), row);
}

function plainValue(column: SQLiteColumn, rule: string, row: number): string | number | Buffer {
  const [, list] = / IN \((.*)\)/.exec(rule) ?? [];
  const [, from] = /BETWEEN (\d+)/.exec(rule) ?? [];
  if (list) return choose(list.split(', '), row);
  if (rule.includes('%H:%M')) return `2026-0${row + 1}-15T0${row}:30:00.000Z`;
  if (rule.includes('%Y-%m-%d')) return `2026-0${row + 1}-15`;
  if (rule.includes('json')) return rule.includes("'array'") ? '[]' : '{}';
  if (column.getSQLType() === 'blob') return Buffer.from([row]);
  return column.getSQLType() === 'integer' ? Math.max(Number(from ?? 1), 1) + row : `${columnName(column)} ${row}`;
}

function choose(values: readonly string[], row: number): string | number {
  const value = values[row % values.length] ?? '';
  return value.startsWith("'") ? value.slice(1, -1) : Number(value);
}

/** What the schema demands of a column, in SQL. */
function ruleOf(table: SQLiteTable, column: string): string {
  const { name, checks } = getTableConfig(table);
  const rule = checks.find((check) => check.name === `${name}_${column}`);
  return rule ? toText(rule.value) : '';
}

const toText = (value: SQL): string => dialect.sqlToQuery(value).sql;

/** Every row of every table with its columns, and what the database is made of: equal for equal databases. */
export function dumpDatabase(client: Database.Database): Record<string, unknown[]> {
  const tables = client
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name`)
    .pluck()
    .all() as string[];
  const rows = tables.map((name): [string, unknown[]] => [
    name,
    client
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .map((row) => JSON.stringify(row))
      .sort(),
  ]);
  const made = client.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  return { ...Object.fromEntries(rows), sqlite_schema: made.map((row) => JSON.stringify(row)) };
}
