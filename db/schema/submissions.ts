import { foreignKey, index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { instant, number, oneOf } from './columns.ts';
import { noticeRevisions } from './notices.ts';
import { table } from './table.ts';

/** A file that was or is to be submitted to the platform above. */
export const submissionBatches = table('submission_batches', {
  /** Also the name of its file. */
  id: text().primaryKey(),
  state: oneOf(['pending', 'written', 'failed']).notNull(),
  attempts: number().notNull().default(0),
  /** When a failed one is tried again. */
  nextAttemptAt: instant(),
  error: text(),
  /** Records in the file and its SHA-256 (hex), once it is written. */
  records: number(),
  sha256: text(),
  createdAt: instant().notNull(),
  writtenAt: instant(),
});

/** The sent log: which version of which notice is in which file. No version stands in two. */
export const submissions = table(
  'submissions',
  {
    noticeId: text().notNull(),
    version: number(1).notNull(),
    /** Null when it cannot be submitted: `remark` says why. */
    batchId: text().references(() => submissionBatches.id),
    remark: text(),
  },
  (table) => [
    primaryKey({ columns: [table.noticeId, table.version] }),
    foreignKey({
      columns: [table.noticeId, table.version],
      foreignColumns: [noticeRevisions.noticeId, noticeRevisions.version],
    }),
    index('submissions_batch').on(table.batchId),
  ],
);
