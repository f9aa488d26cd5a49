import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineStatement } from '#db/query.ts';
import { changes } from '#db/schema/changes.ts';
import { bare } from '#db/sql-pieces.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { ChangeEvent, ChangeKind, ChangeSubject, WriteContext } from '#src/domain/changes.ts';
import { lastChange } from './read.ts';

interface Recorded {
  subject: ChangeSubject;
  seq: number;
  id: string;
  version: number | null;
  kind: ChangeKind;
  actor: Actor;
  now: string;
}

const { subject, seq, subjectId, version, kind, actor, at } = changes;
// Text: every write of something public passes here, and the builder would cost more than the insert.
const INSERT = defineStatement(
  (p: Params<Recorded>) => sql`
    INSERT INTO ${changes} (${sql.join([subject, seq, subjectId, version, kind, actor, at].map(bare), sql`, `)})
    VALUES (${p.subject}, ${p.seq}, ${p.id}, ${p.version}, ${p.kind}, ${p.actor}, ${p.now})`,
);

// The planner, left alone, would read all changes of the subject: once for each entry that a library brings.
const PRUNE = defineStatement(
  (p: Params<{ subject: ChangeSubject; id: string; seq: number }>) => sql`
    DELETE FROM ${changes} INDEXED BY changes_subject
    WHERE ${subject} = ${p.subject} AND ${subject} <> 'notice' AND ${subjectId} = ${p.id} AND ${seq} < ${p.seq}`,
);

/** Does only the last change of each of them stay? What came before is told by nothing else only of those that do not. */
const IS_PRUNED: Record<ChangeSubject, boolean> = {
  notice: false,
  exposure: true,
  library: true,
  organization: false,
  article: false,
};

/**
 * Tells those who follow the changes that something public is another one from now on, or is public no longer. The caller holds the
 * transaction of the change itself. Returns the change's number in the sequence of its subject.
 */
export function appendChange(
  db: Db,
  { subject, id, version, kind }: ChangeEvent,
  { actor, now }: WriteContext,
): number {
  const seq = lastChange(db, subject) + 1;
  INSERT.run(db, { subject, seq, id, version, kind, actor, now });
  if (IS_PRUNED[subject]) PRUNE.run(db, { subject, id, seq });
  return seq;
}
