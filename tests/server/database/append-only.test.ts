import { getTableName } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assertDurable, type Db, openDatabase, openInbox, openReadOnly } from '#db/client.ts';
import { APPEND_ONLY } from '#db/objects/append-only.ts';
import { fillDatabase } from '#tests/support/fill-database.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let opened: ReturnType<typeof openTestDatabase>;
let handles: [name: string, db: Db][];

beforeAll(() => {
  opened = openTestDatabase();
  fillDatabase(opened.db.$client);
  handles = [
    ['openDatabase', openDatabase(opened.path)],
    ['openInbox', openInbox(opened.path)],
  ];
});
afterAll(() => {
  for (const [, db] of handles) db.$client.close();
  opened.close();
});

describe.each(APPEND_ONLY.map(({ table }) => getTableName(table)))('%s', (table) => {
  const columns = () =>
    (opened.db.$client.pragma(`table_info("${table}")`) as { name: string; pk: number; type: string }[]).map(
      ({ name, pk, type }) => ({ name, isKey: pk > 0, type }),
    );
  const rows = () => opened.db.$client.prepare(`SELECT * FROM "${table}"`).all();

  test('keeps every row as it is, however a handle was opened', () => {
    const before = rows();
    expect(before.length).toBeGreaterThan(0);
    for (const [opening, { $client: client }] of handles) {
      const refused = (sql: string) =>
        expect(() => client.exec(sql), `${opening}: ${sql}`).toThrow(`${table} is append-only`);
      refused(`DELETE FROM "${table}"`);
      refused(`INSERT OR REPLACE INTO "${table}" SELECT * FROM "${table}"`);
      refused(`REPLACE INTO "${table}" SELECT * FROM "${table}" LIMIT 1`);
      for (const { name, type } of columns()) {
        if (name === 'sanitizer_version') continue;
        const text = /^blob$/i.test(type) ? "X'00'" : `"${name}" || ' '`;
        const other = /^integer$/i.test(type) ? `"${name}" + 1` : text;
        refused(`UPDATE "${table}" SET "${name}" = ${other}`);
        refused(`UPDATE OR REPLACE "${table}" SET "${name}" = ${other}`);
      }
    }
    expect(rows()).toEqual(before);
  });
});

test('every way of opening sets what append-only tables and foreign keys need, and says when it is not set', () => {
  const reading = openReadOnly(opened.path);
  for (const [, db] of [...handles, ['openReadOnly', reading] as const]) {
    expect(db.$client.pragma('recursive_triggers', { simple: true })).toBe(1);
    expect(db.$client.pragma('foreign_keys', { simple: true })).toBe(1);
    for (const pragma of ['recursive_triggers', 'foreign_keys']) {
      db.$client.pragma(`${pragma} = OFF`);
      expect(() => assertDurable(db.$client)).toThrow(`${pragma}=0`);
      db.$client.pragma(`${pragma} = ON`);
    }
  }
  reading.$client.close();
});
