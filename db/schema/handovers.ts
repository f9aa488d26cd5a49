import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A file that was or is to be handed over to the platform above. */
export const handoverBatches = sqliteTable('handover_batches', {
  /** Also the name of its file. */
  id: text().primaryKey(),
  state: text({ enum: ['pending', 'written', 'failed'] }).notNull(),
  attempts: integer().notNull().default(0),
  /** When a failed one is tried again. */
  nextAttemptAt: text(),
  error: text(),
  /** Records in the file and its SHA-256 (hex), once it is written. */
  records: integer(),
  sha256: text(),
  createdAt: text().notNull(),
  writtenAt: text(),
});

/** The sent log: which version of which notice is in which file. No version stands in two. */
export const handovers = sqliteTable(
  'handovers',
  {
    noticeId: text().notNull(),
    version: integer().notNull(),
    /** Null when it cannot be handed over: `remark` says why. */
    batchId: text().references(() => handoverBatches.id),
    remark: text(),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.version] }), index('handovers_batch').on(table.batchId)],
);
