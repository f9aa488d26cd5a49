import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import type { ChangeKind, ChangeSubject } from '#src/domain/changes.ts';

const PRUNED = sql`subject <> 'notice'`;

/**
 * Every change of everything public, written in the transaction of the change: who did what to what, and when. The numbers of each
 * subject are a sequence of their own in the order of the commits. Append-only (triggers); of entries of the exposure board and of the
 * library only the last change is kept, so that following them from the start does not grow with time.
 */
export const changes = sqliteTable(
  'changes',
  {
    subject: text().$type<ChangeSubject>().notNull(),
    seq: integer().notNull(),
    /** Id of the notice, the entry or the organization. */
    subjectId: text().notNull(),
    /** Version of the subject from then on; null for those that have none. */
    version: integer(),
    kind: text().$type<ChangeKind>().notNull(),
    /** An `Actor`, or `unknown` in what was made before actors were noted. */
    actor: text().$type<Actor>().notNull(),
    at: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.subject, table.seq] }),
    index('changes_subject').on(table.subject, table.subjectId, table.seq).where(PRUNED),
  ],
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
