import { count, max, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable, SQLiteView } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import { selectFirst } from '#db/query.ts';
import { changes } from '#db/schema/index.ts';

/** Number of rows of a table, all or those for which a condition holds. */
export function countRows(db: Db, table: SQLiteTable | SQLiteView, condition: SQL = sql`TRUE`): number {
  return selectFirst(db, { total: count() }, sql`FROM ${table} WHERE ${condition}`)?.total ?? 0;
}

/** Number of the last change of a notice; 0 before the first. */
export function endOfChanges(db: Db): number {
  return selectFirst(db, { seq: max(changes.seq) }, sql`FROM ${changes} WHERE ${changes.subject} = 'notice'`)?.seq ?? 0;
}
