import type { Statement } from 'better-sqlite3';
import type { Db } from './client.ts';
import { assertInTime } from './limit.ts';

export type SqlValue = string | number | null;

const cache = new WeakMap<Db['$client'], Map<string, Statement<SqlValue[]>>>();

/**
 * A prepared statement, kept per handle and text. Only for texts put together from fixed pieces (never from input),
 * so their number is bounded. @throws OverdueError when the work it is for has had its time.
 */
function prepared(db: Db, sql: string): Statement<SqlValue[]> {
  assertInTime();
  let statements = cache.get(db.$client);
  if (!statements) {
    statements = new Map();
    cache.set(db.$client, statements);
  }
  let statement = statements.get(sql);
  if (!statement) {
    statement = db.$client.prepare<SqlValue[]>(sql);
    statements.set(sql, statement);
  }
  return statement;
}

/** All rows of a query, on a cached prepared statement. `Row` is the caller's word for what the columns hold. */
export function listRows<Row>(db: Db, sql: string, parameters: readonly SqlValue[] = []): Row[] {
  return prepared(db, sql).all(...parameters) as Row[];
}

/** The first row of a query, on a cached prepared statement. */
export function findRow<Row>(db: Db, sql: string, parameters: readonly SqlValue[] = []): Row | undefined {
  return prepared(db, sql).get(...parameters) as Row | undefined;
}

/** Runs a write on a cached prepared statement. Returns the number of changed rows. */
export function runStatement(db: Db, sql: string, parameters: readonly SqlValue[] = []): number {
  return prepared(db, sql).run(...parameters).changes;
}
