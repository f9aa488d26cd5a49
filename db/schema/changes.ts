import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The entries of the exposure board and the blacklist, each at its last change of something public, in the order of the commits.
 * Written by triggers, so that no writer can forget it; when a date ends or begins a publication, by the sweep of dates.
 */
export const exposureChanges = sqliteTable(
  'exposure_changes',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    exposureId: text().notNull(),
    createdAt: text().notNull(),
  },
  (table) => [index('exposure_changes_exposure').on(table.exposureId)],
);

/** The same for the entries of the company library; written by triggers alone. */
export const libraryChanges = sqliteTable(
  'library_changes',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    /** The table that has, or had, the entry. */
    block: text().notNull(),
    entryId: text().notNull(),
    createdAt: text().notNull(),
  },
  (table) => [index('library_changes_entry').on(table.entryId)],
);

/** What an upstream portal has told since a mirror began to read it anew; the rest is taken down at the end. Empty otherwise. */
export const mirrorTold = sqliteTable(
  'mirror_told',
  {
    /** Key of the mirror's source. */
    mirror: text().notNull(),
    /** The value of the parameter `of`. */
    subject: text().notNull(),
    id: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mirror, table.subject, table.id] })],
);
