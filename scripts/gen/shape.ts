import type Database from 'better-sqlite3';

/** What a table is, however its statement is written: its columns and constraints, each as one text, in no order. */
export interface TableShape {
  sql: string;
  items: Set<string>;
}

/** What a database holds beside its data. */
export interface Shape {
  tables: Map<string, TableShape>;
  /** Indexes, views, triggers and full-text tables, by name. */
  others: Map<string, { type: string; table: string; sql: string }>;
}

interface SchemaRow {
  type: string;
  name: string;
  table: string;
  sql: string;
}

/** Tables of SQLite, of the migrator, and those that a full-text table keeps its rows in. */
const NOT_OURS = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'
  UNION ALL SELECT '__drizzle_migrations' UNION ALL SELECT 'sqlite_sequence' UNION ALL SELECT 'sqlite_schema'`;

/** Reads what a database is made of. */
export function readShape(client: Database.Database): Shape {
  const shape: Shape = { tables: new Map(), others: new Map() };
  const rows = client
    .prepare<[], SchemaRow>(
      `SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_stat%' AND tbl_name NOT IN (${NOT_OURS})`,
    )
    .all();
  for (const { type, name, table, sql } of rows) {
    if (type === 'table' && !/^CREATE VIRTUAL/i.test(sql)) shape.tables.set(name, { sql, items: itemsOf(sql) });
    else shape.others.set(name, { type: type === 'table' ? 'virtual table' : type, table, sql: normalise(sql) });
  }
  return shape;
}

/** In words, whatever one database has and the other has not or has otherwise. Empty for equal ones. */
export function describeDifferences(found: Shape, declared: Shape): string[] {
  const tables = [...new Set([...found.tables.keys(), ...declared.tables.keys()])].flatMap((name) => {
    const [one, other] = [found.tables.get(name), declared.tables.get(name)];
    if (!one) return [`table ${name}: missing in the migrations`];
    if (!other) return [`table ${name}: not in the schema`];
    const differing = one.items.symmetricDifference(other.items);
    return [...differing].map(
      (item) => `table ${name}: ${other.items.has(item) ? 'missing' : 'not in the schema'}: ${item}`,
    );
  });
  const others = [...new Set([...found.others.keys(), ...declared.others.keys()])].flatMap((name) => {
    const [one, other] = [found.others.get(name), declared.others.get(name)];
    if (!one) return [`${other?.type} ${name}: missing in the migrations`];
    if (!other) return [`${one.type} ${name}: not in the schema`];
    return one.sql === other.sql ? [] : [`${one.type} ${name}: otherwise in the schema`];
  });
  return [...tables, ...others];
}

/** A statement without what means nothing: quotes of names, line ends, blanks beside brackets and commas. */
export function normalise(sql: string): string {
  return sql
    .replaceAll(/[`"]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([(),]) ?/g, '$1')
    .trim();
}

/** Columns, constraints and options of a CREATE TABLE, each as one text. */
function itemsOf(sql: string): Set<string> {
  const text = normalise(sql);
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  const options = text
    .slice(close + 1)
    .split(',')
    .filter(Boolean);
  return new Set([...splitItems(text.slice(open + 1, close)).flatMap(splitReference), ...options]);
}

/** Splits at the commas that stand in no brackets and no words. */
function splitItems(body: string): string[] {
  const items: string[] = [];
  let [depth, isQuoted, start] = [0, false, 0];
  for (const [at, character] of [...body].entries()) {
    if (character === "'") isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) {
      items.push(body.slice(start, at));
      start = at + 1;
    }
  }
  return [...items, body.slice(start)];
}

/** A foreign key is the same constraint, whether it stands at its column or by itself. */
function splitReference(item: string): string[] {
  const plain = item.replaceAll(/ ON (?:UPDATE|DELETE) no action/g, '');
  const [, column, reference] = /^(?!FOREIGN KEY)((\w+) .*?) ?(REFERENCES .*)$/.exec(plain)?.toSpliced(2, 1) ?? [];
  return column && reference ? [column, `FOREIGN KEY(${column.split(' ')[0]})${reference}`] : [plain];
}
