import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { ALL_CHANGE_KINDS, CHANGE_SUBJECTS, FOLLOWED } from '#src/domain/changes.ts';
import { instant, number, oneOf } from './columns.ts';
import { sources } from './sources.ts';
import { table } from './table.ts';

const PRUNED = sql`subject <> 'notice'`;

/**
 * Every change of everything public, written in the transaction of the change: who did what to what, and when. The numbers of each
 * subject are a sequence of their own in the order of the commits. Append-only (triggers); of entries of the exposure board and of the
 * library only the last change is kept, so that following them from the start does not grow with time.
 */
export const changes = table(
  'changes',
  {
    subject: oneOf(CHANGE_SUBJECTS).notNull(),
    seq: integer().notNull(),
    /** Id of the notice, the entry or the organization. */
    subjectId: text().notNull(),
    /** Version of the subject from then on; null for those that have none. */
    version: number(1),
    kind: oneOf(ALL_CHANGE_KINDS).notNull(),
    /** An `Actor`, or `unknown` in what was made before actors were noted. */
    actor: text().$type<Actor>().notNull(),
    at: instant().notNull(),
  },
  (self) => [
    primaryKey({ columns: [self.subject, self.seq] }),
    index('changes_subject').on(self.subject, self.subjectId, self.seq).where(PRUNED),
  ],
  { withoutRowid: true },
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
    subject: oneOf(FOLLOWED).notNull(),
    id: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mirror, table.subject, table.id] })],
);
