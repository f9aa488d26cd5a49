import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { compile, type Params } from '#db/compile.ts';
import { OverdueError, withinLimit } from '#db/limit.ts';
import { defineQuery, defineSelect, defineStatement, execute, selectAll, selectFirst } from '#db/query.ts';
import { keyValues, publishedNotices, searchAliases, unknownCodes } from '#db/schema/index.ts';
import { aliased, bare, columnName, excluded, named } from '#db/sql-pieces.ts';

const folder = mkdtempSync(join(tmpdir(), 'tongming-query-'));
let db: Db;

const SAVE = defineStatement(
  (p: Params<{ key: string; value: string }>) => sql`
    INSERT INTO ${keyValues} (${bare(keyValues.key)}, ${bare(keyValues.value)}, ${bare(keyValues.updatedAt)})
    VALUES (${p.key}, ${p.value}, '2026-01-01T00:00:00.000Z')
    ON CONFLICT DO UPDATE SET ${bare(keyValues.value)} = ${excluded(keyValues.value)} || '!'`,
);
const BUILT = defineQuery((handle, p: Params<{ key: string }>) =>
  handle
    .select({ value: keyValues.value, updatedAt: keyValues.updatedAt })
    .from(keyValues)
    .where(eq(keyValues.key, p.key)),
);
const WRITTEN = defineSelect((p: Params<{ key: string }>) => ({
  fields: { value: keyValues.value, updatedAt: keyValues.updatedAt },
  rest: sql`FROM ${keyValues} WHERE ${keyValues.key} = ${p.key}`,
}));

beforeAll(() => {
  db = openDatabase(join(folder, 'query.db'));
});
afterAll(() => {
  db.$client.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe('queries', () => {
  test('of texts and values alone have the text that the dialect would write, values in the text where they are to be', () => {
    const dialect = new SQLiteSyncDialect({ casing: 'snake_case' });
    const [inner, none] = [sql.join([sql`a = ${'1'}`, sql.raw('b')], sql` AND `), sql``];
    const inlined = sql`x = ${7} AND y = ${'it'}`.inlineParams();
    for (const query of [
      ...[inner, none, inlined, sql`${inner} OR ${none}z < ${3}`, sql`${inner} OR ${inlined}`, sql`c IS ${null}`],
      ...[
        sql`${keyValues.key} = ${'k'}`,
        sql`(${true}, ${['p', 'q']}) ${sql.identifier('n')}`,
        sql`${sql.placeholder('v')}`,
      ],
    ]) {
      const { sql: text, params } = dialect.sqlToQuery(query);
      expect(compile(query)).toEqual(expect.objectContaining({ sql: text, params }));
    }
  });

  test('the builder and a text give the same rows, under the names of the schema', () => {
    expect(SAVE.run(db, { key: 'a', value: 'x' }).changes).toBe(1);
    const row = { value: 'x', updatedAt: '2026-01-01T00:00:00.000Z' };
    expect(BUILT.all(db, { key: 'a' })).toEqual([row]);
    expect(WRITTEN.all(db, { key: 'a' })).toEqual([row]);
    expect([...WRITTEN.iterate(db, { key: 'a' })]).toEqual([row]);
    expect(BUILT.first(db, { key: 'b' })).toBeUndefined();
    expect(WRITTEN.first(db, { key: 'b' })).toBeUndefined();
  });

  test('an upsert refers to what it would have written', () => {
    SAVE.run(db, { key: 'again', value: 'x' });
    SAVE.run(db, { key: 'again', value: 'y' });
    expect(BUILT.first(db, { key: 'again' })?.value).toBe('y!');
  });

  test('a value with quotes stays a value', () => {
    const key = `'; DROP TABLE key_values; --"`;
    SAVE.run(db, { key, value: key });
    expect(WRITTEN.first(db, { key })?.value).toBe(key);
    expect(
      selectFirst(db, { value: keyValues.value }, sql`FROM ${keyValues} WHERE ${keyValues.key} = ${key}`)?.value,
    ).toBe(key);
  });

  test('columns of JSON and booleans are read as what they hold, expressions as they are', () => {
    execute(db, sql`DELETE FROM ${searchAliases}`);
    const other = aliased(keyValues, 'other');
    const rows = selectAll(
      db,
      { count: sql<number>`count(*)`, name: other.key, list: sql<string[]>`'["a"]'`.mapWith(JSON.parse) },
      sql`FROM ${named(other)} WHERE ${other.key} = ${'a'} GROUP BY ${other.key}`,
    );
    expect(rows).toEqual([{ count: 1, name: 'a', list: ['a'] }]);
    const seen = aliased(publishedNotices, 'n');
    expect(selectAll(db, { id: seen.id, suppliers: seen.suppliers }, sql`FROM ${named(seen)}`)).toEqual([]);
  });

  test('a column is called what the database calls it', () => {
    const names = db.$client.pragma(`table_info(unknown_codes)`) as { name: string }[];
    expect(names.map(({ name }) => name)).toContain(columnName(unknownCodes.firstSeenAt));
  });

  test('what has had its time is stopped at its next query', () => {
    const late = (ask: () => unknown) => () => withinLimit(-1, ask);
    expect(late(() => BUILT.first(db, { key: 'a' }))).toThrow(OverdueError);
    expect(late(() => WRITTEN.all(db, { key: 'a' }))).toThrow(OverdueError);
    expect(late(() => SAVE.run(db, { key: 'a', value: '' }))).toThrow(OverdueError);
  });
});
