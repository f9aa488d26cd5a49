import { index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { CONTENT_TYPES, LEAF_TYPES } from '#src/domain/tlog/subjects.ts';
import { jsonText, number, oneOf } from './columns.ts';
import { table } from './table.ts';

/**
 * The leaves of the publication log, each written in the transaction of what it tells. Append-only, without gaps: out of them alone
 * everything that is served below `/log/` is made.
 */
export const logLeaves = table(
  'log_leaves',
  {
    /** From 0, in the order of the commits. */
    leafIndex: integer().primaryKey(),
    type: oneOf(LEAF_TYPES).notNull(),
    /** Id of what it is about; the key itself, the day, or the commitment of what has no id. */
    subjectId: text().notNull(),
    version: number().notNull(),
    /** Canonical JSON (RFC 8785) of a `Leaf`: what is hashed. */
    entry: jsonText().notNull(),
  },
  (table) => [index('log_leaves_subject').on(table.type, table.subjectId, table.leafIndex)],
);

/**
 * What leaves seal that has no table of versions with salts: articles, reports, releases of statistics, ends of audit days. Append-only;
 * a row goes away only after the log has told of its removal, and never returns.
 */
export const logContents = table(
  'log_contents',
  {
    type: oneOf(CONTENT_TYPES).notNull(),
    /** As in `log_leaves`. */
    subjectId: text().notNull(),
    version: number(1).notNull(),
    /** Random, 64 hexadecimal digits. */
    salt: text().notNull(),
    /** The text that was sealed, canonical JSON (RFC 8785). */
    content: jsonText().notNull(),
  },
  (table) => [primaryKey({ columns: [table.type, table.subjectId, table.version] })],
  { withoutRowid: true },
);
