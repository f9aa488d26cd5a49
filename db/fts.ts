/**
 * The full-text tables. They are made by hand-written migrations, for the generator of migrations knows no virtual tables: declared
 * here, where it does not look, so that queries refer to their columns. Behind MATCH the table itself stands for all its columns.
 */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Of notices: opaque grams (`toGrams`); the row number is that of `searchDocuments`. */
export const searchIndex = sqliteTable('search_index', {
  rowid: integer('rowid').notNull(),
  title: text('title'),
  buyer: text('buyer'),
  parties: text('parties'),
  place: text('place'),
  body: text('body'),
});

/** Of organizations; the row number is that of `organizations`. */
export const organizationSearch = sqliteTable('organization_search', {
  rowid: integer('rowid').notNull(),
  names: text('names'),
  initials: text('initials'),
});

/** FTS5's own list of the rows that `organizationSearch` has. */
export const organizationSearchRows = sqliteTable('organization_search_docsize', { id: integer('id').notNull() });
