import { primaryKey, text } from 'drizzle-orm/sqlite-core';
import { day, number } from './columns.ts';
import { table } from './table.ts';

/** How often pages were asked for, by day and kind of page: sums alone, of nobody in particular. */
export const visits = table(
  'visits',
  {
    day: day().notNull(),
    /** Address of the kind of page, as the route table has it. */
    page: text().notNull(),
    count: number(1).notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.page] })],
  { withoutRowid: true },
);
