import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api';
import { getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { FULL_TEXT } from '#db/objects/full-text.ts';
import { SCHEMA_OBJECTS } from '#db/objects/index.ts';
import * as schema from '#db/schema/index.ts';
import { tableOptions } from '#db/schema/table.ts';

const withoutRowid = new Set(
  Object.values<unknown>(schema).flatMap((table) =>
    is(table, SQLiteTable) && tableOptions(table).withoutRowid ? [getTableName(table)] : [],
  ),
);

/** The statements that make an empty database as `db/` declares it: tables and indexes, full-text tables, views and triggers. */
export async function declaredStatements(): Promise<string[]> {
  const empty = await generateSQLiteDrizzleJson({}, undefined, 'snake_case');
  const current = await generateSQLiteDrizzleJson(schema, undefined, 'snake_case');
  const tables = await generateSQLiteMigration(empty, current);
  return [...tables.map(completeTable), ...FULL_TEXT.map(({ sql }) => sql), ...SCHEMA_OBJECTS.map(({ sql }) => sql)];
}

/**
 * Writes what Drizzle cannot say into a statement: every table is STRICT, some are without a row number, and foreign keys are judged
 * at the commit, so that the order of writes inside a transaction is free.
 */
export function completeTable(statement: string): string {
  const deferred = statement.replaceAll(
    /(REFERENCES `\w+`\([^)]*\)(?: ON (?:UPDATE|DELETE) (?:no action|cascade|restrict|set null|set default))*)(?! DEFERRABLE)/g,
    '$1 DEFERRABLE INITIALLY DEFERRED',
  );
  const name = /^\s*CREATE TABLE `(?:__new_)?(\w+)`/.exec(statement)?.[1];
  if (!name) return deferred.trim().replace(/;$/, '');
  const options = withoutRowid.has(name) ? 'STRICT, WITHOUT ROWID' : 'STRICT';
  return deferred.trim().replace(/\s*\)(?: STRICT)?;?$/, `\n) ${options}`);
}
