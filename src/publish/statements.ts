import type { Statement } from 'better-sqlite3';
import type { Db } from '#db/client.ts';

type Bindings = Record<string, unknown>;

const caches = new WeakMap<Db['$client'], Map<string, Statement<unknown[]>>>();

/** The prepared statement of a text, made once per connection. */
export function statement(db: Db, sql: string): Statement<unknown[]> {
  let cache = caches.get(db.$client);
  if (!cache) {
    cache = new Map();
    caches.set(db.$client, cache);
  }
  let prepared = cache.get(sql);
  if (!prepared) {
    prepared = db.$client.prepare<unknown[]>(sql);
    cache.set(sql, prepared);
  }
  return prepared;
}

/** Runs a write. Returns the number of changed rows and the last row id. */
export function run(db: Db, sql: string, values: unknown[] | Bindings): { changes: number; lastInsertRowid: number } {
  const result = Array.isArray(values) ? statement(db, sql).run(...values) : statement(db, sql).run(values);
  return { changes: result.changes, lastInsertRowid: Number(result.lastInsertRowid) };
}

/** The first row, in the shape the caller knows its own SQL to have. */
export function findRow<T>(db: Db, sql: string, ...values: unknown[]): T | undefined {
  return statement(db, sql).get(...values) as T | undefined;
}

/** All rows, in the shape the caller knows its own SQL to have. */
export function listRows<T>(db: Db, sql: string, ...values: unknown[]): T[] {
  return statement(db, sql).all(...values) as T[];
}

/** Text of an INSERT with named values: `insertSql('t', ['a_b'])` binds `@a_b`. */
export function insertSql(table: string, columns: readonly string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`;
}
