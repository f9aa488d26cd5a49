import { index, integer, text } from 'drizzle-orm/sqlite-core';
import { LEAF_TYPES } from '#src/domain/tlog/leaf.ts';
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
    /** Id of the notice, of the entry, or the key. */
    subjectId: text().notNull(),
    version: number().notNull(),
    /** Canonical JSON (RFC 8785) of a `Leaf`: what is hashed. */
    entry: jsonText().notNull(),
  },
  (table) => [index('log_leaves_subject').on(table.type, table.subjectId, table.leafIndex)],
);
