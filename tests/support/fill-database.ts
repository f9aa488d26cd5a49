import type Database from 'better-sqlite3';
import { getTableColumns, getTableName, is, type SQL } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { columnName } from '#db/objects/ddl.ts';
import * as schema from '#db/schema/index.ts';
import { listRenames, TAGS } from './migration-folders.ts';

/** Rows of each table. */
const ROWS = 3;
const dialect = new SQLiteSyncDialect();

/** What a value must be beside what its column demands: pairs of columns, and rows that point to another of their own kind. */
const SPECIAL: Record<string, (row: number) => string | number | null> = {
  'notices.canonical_id': () => null,
  'notices.withdrawn_at': (row) => (row === 2 ? '2026-03-03T01:00:00.000Z' : null),
  'notices.removed_at': (row) => (row === 2 ? '2026-03-03T01:00:00.000Z' : null),
  'exposures.removed_at': (row) => (row === 1 ? '2026-03-03T01:00:00.000Z' : null),
  // Once a truth value.
  'notice_parties.lots': (row) => row % 2,
  'submissions.notice_id': (row) => `id ${row}`,
  'notice_contents.notice_id': (row) => `id ${row}`,
  'exposure_contents.exposure_id': (row) => `id ${row}`,
  'redactions.kind': () => 'masked',
  // What earlier versions know as well.
  'raw_items.state': (row) => ['accepted', 'rejected'][row % 2] ?? null,
  'audit_events.action': () => 'account.list',
  // Nobody has reviewed it, and it is not approved.
  'drafts.state': () => 'drafting',
  'drafts.first_reviewer_id': () => null,
  'drafts.first_hash': () => null,
  'drafts.final_reviewer_id': () => null,
  'drafts.final_hash': () => null,
  // Of a notice.
  'drafts.article_kind': () => null,
  'article_versions.reason': () => 'published',
  // Nobody has released it.
  'exposure_drafts.state': () => 'drafting',
  'exposure_drafts.releaser_id': () => null,
  'exposure_drafts.released_hash': () => null,
  'exposure_drafts.exposure_id': () => null,
  'files.sha256': (row) => String(row).repeat(64),
  'uploads.state': () => 'kept',
  'attachment_copies.state': () => 'kept',
  'attachment_copies.next_at': () => null,
  'organizations.merged_into': (row) => (row === 2 ? 'id 0' : null),
  'public_answers.released_by': () => null,
  // Of the others everything is still there.
  'case_erasures.submission_id': () => 'id 2',
  'annual_report_drafts.state': () => 'drafting',
  'annual_report_versions.publisher_id': (row) => `id ${(row + 1) % ROWS}`,
  'foi_topics.released_by': () => null,
  'organizations.merged_how': (row) => (row === 2 ? 'code' : null),
};

/**
 * Puts a few made-up rows into every table that a database has, at whichever version of the schema it is: each value is of the form
 * that the newest schema demands, and row n of a table belongs to row n of the others.
 */
export function fillDatabase(client: Database.Database): void {
  const foreignKeys = client.pragma('foreign_keys', { simple: true });
  client.pragma('foreign_keys = OFF');
  for (const table of Object.values<unknown>(schema)) if (is(table, SQLiteTable)) fillTable(client, table);
  for (const [name, row] of Object.entries(FORMER)) fillFormer(client, name, row);
  client.pragma(`foreign_keys = ${foreignKeys}`);
}

const AT = '2026-03-03T01:00:00.000Z';
const formerVersion = (row: number) => ({
  ...{ version: row + 1, content: '{}', hash: `hash ${row}`, reason: row === 0 ? 'created' : 'changed' },
  ...{ raw_item_id: row + 1, policy: 1, sanitizer_version: 1, actor: 'job:redact' },
});
/** Rows of tables that only earlier versions have. */
const FORMER: Record<string, (row: number) => Record<string, string | number>> = {
  outbox: (row) => ({ kind: 'notice.upsert', notice_id: `id ${row}`, version: 1 + row, created_at: AT }),
  exposure_changes: (row) => ({ exposure_id: `id ${row}`, created_at: AT }),
  library_changes: (row) => ({ block: 'honours', entry_id: `id ${row}`, created_at: AT }),
  notice_versions: (row) => ({ notice_id: `id ${row}`, published_at: AT, ...formerVersion(row) }),
  case_mails: (row) => ({ event_seq: row + 1, due_at: AT, state: 'sent' }),
  exposure_versions: (row) => ({ exposure_id: `id ${row}`, recorded_at: AT, ...formerVersion(row) }),
};

/** Columns that only earlier versions have, and that must hold something. */
const FORMER_COLUMNS: Record<string, (row: number) => string | number> = {
  'annual_report_versions.salt': (row) => String(row).repeat(64),
};

function fillFormer(client: Database.Database, name: string, rowOf: (row: number) => Record<string, string | number>) {
  if (!client.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(name)) return;
  const stored = (client.pragma(`table_info("${name}")`) as { name: string }[]).map((column) => column.name);
  for (let row = 0; row < ROWS; row++) {
    const values = Object.fromEntries(Object.entries(rowOf(row)).filter(([column]) => stored.includes(column)));
    const columns = Object.keys(values);
    client
      .prepare(`INSERT INTO "${name}" (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
      .run(Object.values(values));
  }
}

const RENAMES = TAGS.map(listRenames);

/** What a table, or a column as `table.column`, is or was called: the newest name first. */
function listNames(name: string): string[] {
  const table = name.split('.')[0];
  const own = RENAMES.flatMap((renames) => [...renames]).filter(([from, to]) =>
    name.includes('.') ? `${table}.${to}` === name && from.startsWith(`${table}.`) : to === name && !from.includes('.'),
  );
  return [name, ...own.map(([from]) => from)];
}

/** The columns that hold something, by name. */
function readColumns(client: Database.Database, table: string): Set<string> {
  const columns = client.pragma(`table_xinfo("${table}")`) as { name: string; hidden: number }[];
  return new Set(columns.filter(({ hidden }) => hidden === 0).map(({ name }) => name));
}

function fillTable(client: Database.Database, table: SQLiteTable): void {
  const newest = getTableName(table);
  const name = listNames(newest).find((one) => readColumns(client, one).size > 0) ?? newest;
  const stored = readColumns(client, name);
  const columns = Object.values(getTableColumns(table) as Record<string, SQLiteColumn>).flatMap((column) => {
    const known = listNames(`${newest}.${columnName(column)}`).map((one) => one.split('.')[1] ?? '');
    const present = known.find((one) => stored.has(one));
    return present && !(present === 'seq' && column.primary) ? [{ column, present }] : [];
  });
  if (columns.length === 0) return;
  const former = Object.entries(FORMER_COLUMNS).flatMap(([key, write]) => {
    const [of, column = ''] = key.split('.');
    return of === name && stored.has(column) ? [{ column, write }] : [];
  });
  const names = [...columns.map(({ present }) => present), ...former.map(({ column }) => column)];
  const insert = client.prepare(
    `INSERT OR IGNORE INTO "${name}" (${names.map((column) => `"${column}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  for (let row = 0; row < ROWS; row++) {
    const values = columns.map(({ column }) => valueFor(table, column, row));
    insert.run([...values, ...former.map(({ write }) => write(row))]);
  }
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
  const values = [...rule.matchAll(/ = '([^']*)'(?= OR |$)/g)].map(([, value]) => value ?? '');
  const [, from] = /BETWEEN (\d+)/.exec(rule) ?? [];
  if (rule.endsWith(' IN (0, 1)')) return row % 2;
  if (values.length > 0 && !rule.includes('json')) return values[row % values.length] ?? '';
  if (rule.includes('%H:%M')) return `2026-0${row + 1}-15T0${row}:30:00.000Z`;
  if (rule.includes('%Y-%m-%d')) return `2026-0${row + 1}-15`;
  if (rule.includes('json')) return rule.includes("'array'") ? '[]' : '{}';
  if (column.getSQLType() === 'blob') return Buffer.from([row]);
  return column.getSQLType() === 'integer' ? Math.max(Number(from ?? 1), 1) + row : `${columnName(column)} ${row}`;
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
