import { and, eq, lt, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { changes } from '#db/schema/changes.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { ChangeEvent, ChangeKind, ChangeSubject, WriteContext } from '#src/domain/changes.ts';

interface Recorded {
  subject: ChangeSubject;
  id: string;
  version: number | null;
  kind: ChangeKind;
  actor: Actor;
  now: string;
}

const INSERT = defineQuery((db, p: Params<Recorded>) =>
  db
    .insert(changes)
    .values({
      subject: p.subject,
      seq: sql`(SELECT coalesce(max(${changes.seq}), 0) + 1 FROM ${changes} WHERE ${changes.subject} = ${p.subject})`,
      subjectId: p.id,
      version: p.version,
      kind: p.kind,
      actor: p.actor,
      at: p.now,
    })
    .returning({ seq: changes.seq }),
);

const PRUNE = defineQuery((db, p: Params<{ subject: ChangeSubject; id: string; seq: number }>) =>
  db.delete(changes).where(
    and(
      eq(changes.subject, p.subject),
      // For the partial index.
      ne(changes.subject, sql`'notice'`),
      eq(changes.subjectId, p.id),
      lt(changes.seq, p.seq),
    ),
  ),
);

/** Does only the last change of each of them stay? What came before is told by nothing else only of those that do not. */
const IS_PRUNED: Record<ChangeSubject, boolean> = { notice: false, exposure: true, library: true, organization: false };

/**
 * Tells those who follow the changes that something public is another one from now on, or is public no longer. The caller holds the
 * transaction of the change itself. Returns the change's number in the sequence of its subject.
 */
export function recordChange(
  db: Db,
  { subject, id, version, kind }: ChangeEvent,
  { actor, now }: WriteContext,
): number {
  const seq = INSERT.first(db, { subject, id, version, kind, actor, now })?.seq ?? 0;
  if (IS_PRUNED[subject]) PRUNE.run(db, { subject, id, seq });
  return seq;
}
