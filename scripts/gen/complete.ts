import Database from 'better-sqlite3';
import { defineFunctions } from '#db/migrate.ts';
import { SCHEMA_OBJECTS } from '#db/objects/index.ts';
import { completeTable } from './declared.ts';
import { describeDifferences, readShape, type Shape } from './shape.ts';

/** Adds to a migration what must be there and Drizzle does not know. */
export interface Completion {
  /** The database as all migrations before leave it. Is changed. */
  before: Database.Database;
  /** The statements that Drizzle wrote. */
  drafted: readonly string[];
  /** What makes an empty database as it is declared. */
  declared: readonly string[];
}

/**
 * The statements of a migration that leads from the database as it is to the one that is declared. Constraints alone are changed in
 * place; a table that cannot be changed is made anew with its rows, its numbering and its indexes. Views and triggers that speak of a
 * changed table are away meanwhile and made again.
 * @throws Error when a column would be lost, or when the result is not what is declared
 */
export function completeMigration({ before, drafted, declared }: Completion): string[] {
  const target = open(declared);
  const wanted = readShape(target);
  const objects = [...readShape(before).others].filter(([, { type }]) => type === 'view' || type === 'trigger');
  run(
    before,
    objects.map(([name, { type }]) => `DROP ${type} ${name}`),
  );
  const own = withoutRebuilds(drafted).map(completeTable);
  run(before, own);
  const tables = changeTables(before, readShape(before), wanted, target);
  run(before, tables);
  const indexes = changeIndexes(readShape(before), wanted);
  run(before, [...indexes, ...SCHEMA_OBJECTS.map(({ sql }) => sql)]);
  const differences = describeDifferences(readShape(before), wanted);
  if (differences.length > 0) throw new Error(`to be written by hand:\n${differences.join('\n')}`);
  const away = [...own, ...tables].flatMap((statement) => AWAY.exec(statement)?.slice(1).filter(Boolean) ?? []);
  const stays = (name: string, sql: string) =>
    wanted.others.get(name)?.sql === sql && !away.some((table) => new RegExp(`\\b${table}\\b`).test(sql));
  const kept = new Set(objects.filter(([name, { sql }]) => stays(name, sql)).map(([name]) => name));
  return [
    ...objects.filter(([name]) => !kept.has(name)).map(([name, { type }]) => `DROP ${type.toUpperCase()} ${name}`),
    ...own,
    ...tables,
    ...indexes,
    ...SCHEMA_OBJECTS.filter(({ name }) => !kept.has(name)).map(({ sql }) => sql),
  ];
}

/** A statement after which what speaks of a table, or of one of its columns, cannot be read. */
const AWAY = /^(?:DROP TABLE `?(\w+)|ALTER TABLE `?(\w+)`? (?:DROP COLUMN|RENAME))/;

/** An empty database on which statements were run. */
export function open(statements: readonly string[]): Database.Database {
  const client = new Database(':memory:');
  defineFunctions(client);
  run(client, statements);
  return client;
}

function run(client: Database.Database, statements: readonly string[]): void {
  client.pragma('foreign_keys = OFF');
  for (const statement of statements) client.exec(statement);
}

/** Drizzle's own way to make a table anew loses rows by cascade, generated columns and triggers: what it is for is found by comparing. */
function withoutRebuilds(drafted: readonly string[]): string[] {
  const rebuilt = drafted.flatMap((statement) => /CREATE TABLE `__new_(\w+)`/.exec(statement)?.[1] ?? []);
  const isOf = (statement: string) =>
    /^\s*PRAGMA foreign_keys/.test(statement) ||
    rebuilt.some((table) =>
      new RegExp(`(?:__new_${table}\`|DROP TABLE \`${table}\`|CREATE (?:UNIQUE )?INDEX \`\\w+\` ON \`${table}\`)`).test(
        statement,
      ),
    );
  return drafted.filter((statement) => !isOf(statement));
}

function changeTables(before: Database.Database, present: Shape, wanted: Shape, target: Database.Database): string[] {
  return [...wanted.tables].flatMap(([name, { sql, items }]) => {
    const old = present.tables.get(name);
    if (!old) return [sql];
    const differing = [...old.items.symmetricDifference(items)];
    if (differing.length === 0) return [];
    if (differing.every((item) => item.startsWith('CONSTRAINT '))) return changeConstraints(name, old.items, items);
    return rebuild(name, sql, before, target);
  });
}

function changeConstraints(table: string, old: Set<string>, items: Set<string>): string[] {
  return [
    ...[...old.difference(items)].map((item) => `ALTER TABLE \`${table}\` DROP CONSTRAINT ${item.split(' ')[1]}`),
    ...[...items.difference(old)].map((item) => `ALTER TABLE \`${table}\` ADD ${item.replace('CHECK(', 'CHECK (')}`),
  ];
}

/** A table made anew, after https://www.sqlite.org/lang_altertable.html#otheralter. */
function rebuild(name: string, sql: string, before: Database.Database, target: Database.Database): string[] {
  const [old, columns] = [columnsOf(before, name), columnsOf(target, name)];
  const lost = old.difference(columns);
  if (lost.size > 0)
    throw new Error(`${name} would lose ${[...lost].join(', ')}: remove or rename columns in a migration of its own`);
  const common = [...columns.intersection(old)].map((column) => `\`${column}\``).join(', ');
  const created = sql.replace(new RegExp(`^CREATE TABLE [\`"]?${name}[\`"]?`), `CREATE TABLE \`__new_${name}\``);
  const numbering = /AUTOINCREMENT/.test(sql)
    ? [
        `INSERT INTO sqlite_sequence (name, seq) SELECT '__new_${name}', seq FROM sqlite_sequence WHERE name = '${name}'`,
      ]
    : [];
  return [
    created,
    ...numbering,
    `INSERT INTO \`__new_${name}\` (${common}) SELECT ${common} FROM \`${name}\``,
    `DROP TABLE \`${name}\``,
    `ALTER TABLE \`__new_${name}\` RENAME TO \`${name}\``,
  ];
}

/** Columns that hold something: generated ones are left out. */
function columnsOf(client: Database.Database, table: string): Set<string> {
  const columns = client.pragma(`table_xinfo("${table}")`) as { name: string; hidden: number }[];
  return new Set(columns.filter(({ hidden }) => hidden === 0).map(({ name }) => name));
}

function changeIndexes(present: Shape, wanted: Shape): string[] {
  const differing = (one: Shape, other: Shape, types: readonly string[]) =>
    [...one.others].filter(([name, { type, sql }]) => types.includes(type) && other.others.get(name)?.sql !== sql);
  return [
    ...differing(present, wanted, ['index']).map(([name]) => `DROP INDEX \`${name}\``),
    ...differing(wanted, present, ['index', 'virtual table']).map(([, { sql }]) => sql),
  ];
}
