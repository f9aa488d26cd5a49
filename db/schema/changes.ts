import { index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { CHANGE_SUBJECTS } from '#src/domain/change-subjects.ts';
import { LIBRARY_BLOCKS } from '#src/domain/organizations/organization.ts';
import { instant, oneOf } from './columns.ts';
import { sources } from './sources.ts';
import { table } from './table.ts';

/**
 * The entries of the exposure board and the blacklist, each at its last change of something public, in the order of the commits.
 * Written by triggers, so that no writer can forget it; when a date ends or begins a publication, by the sweep of dates.
 */
export const exposureChanges = table(
  'exposure_changes',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    exposureId: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [index('exposure_changes_exposure').on(table.exposureId)],
);

/** The same for the entries of the company library; written by triggers alone. */
export const libraryChanges = table(
  'library_changes',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    /** The table that has, or had, the entry. */
    block: oneOf(LIBRARY_BLOCKS).notNull(),
    entryId: text().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [index('library_changes_entry').on(table.entryId)],
);

/** What an upstream portal has told since a mirror began to read it anew; the rest is taken down at the end. Empty otherwise. */
export const mirrorTold = table(
  'mirror_told',
  {
    /** Key of the mirror's source. */
    mirror: text()
      .notNull()
      .references(() => sources.key),
    /** The value of the parameter `of`. */
    subject: oneOf(CHANGE_SUBJECTS).notNull(),
    id: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mirror, table.subject, table.id] })],
);
