import { text } from 'drizzle-orm/sqlite-core';
import { instant } from './columns.ts';
import { table } from './table.ts';

/** Positions of those who follow the changes, and other small durable facts, e.g. `index.cursor`. */
export const keyValues = table('key_values', {
  key: text().primaryKey(),
  value: text().notNull(),
  updatedAt: instant().notNull(),
});
