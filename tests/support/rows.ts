import { count, max, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable, SQLiteView } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import { selectFirst } from '#db/query.ts';
import { outbox } from '#db/schema/index.ts';

/** Number of rows of a table, all or those for which a condition holds. */
export function countRows(db: Db, table: SQLiteTable | SQLiteView, condition: SQL = sql`TRUE`): number {
  return selectFirst(db, { total: count() }, sql`FROM ${table} WHERE ${condition}`)?.total ?? 0;
}

/** Number of the last change; 0 before the first. */
export function endOfOutbox(db: Db): number {
  return selectFirst(db, { seq: max(outbox.seq) }, sql`FROM ${outbox}`)?.seq ?? 0;
}
