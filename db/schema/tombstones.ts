import { type AnySQLiteColumn, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { instant, number } from './columns.ts';
import { notices } from './notices.ts';
import { table } from './table.ts';

/** Why notices were withdrawn by those who had published them: shown at their addresses. Append-only. */
export const noticeTombstones = table(
  'notice_tombstones',
  {
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    /** The version that withdraws it. */
    version: number(1).notNull(),
    reason: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.version] })],
);
