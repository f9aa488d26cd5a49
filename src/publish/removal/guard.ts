import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { rawItems, removals } from '#db/schema/index.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { sha256 } from '../prepare/fingerprints.ts';

export type RemovedSubject = typeof removals.$inferSelect.subject;

/** What is said of whatever was removed by law, and no more. */
export const REMOVED_MESSAGE = '该内容已依法删除，不再收录';

/** The item is one that was removed by law: nothing of it may be kept, its raw form neither. */
export class RemovedItemError extends ItemRejectedError {
  constructor() {
    super([{ code: 'removed', message: REMOVED_MESSAGE }]);
    this.name = 'RemovedItemError';
  }
}

const FIND = defineQuery((db, p: Params<{ subject: RemovedSubject; id: string }>) =>
  db
    .select({ reason: removals.reason, at: removals.at })
    .from(removals)
    .where(and(eq(removals.subject, p.subject), eq(removals.id, p.id))),
);
const MARKS = defineQuery((db) =>
  db.select({ salt: removals.salt, mark: removals.mark }).from(removals).where(isNotNull(removals.mark)),
);

/** The removal of a notice or an entry: its public reason, and when it was; undefined when it was not removed. */
export function findRemoval(db: Db, subject: RemovedSubject, id: string): { reason: string; at: string } | undefined {
  return FIND.first(db, { subject, id });
}

/** What the words of a notice are recognised by when they come again from elsewhere. */
export type Recognised = { deduplicationKey: string; fingerprint: string };

/** The mark of a notice's words. Whoever lacks the whole text can compute it from nothing. */
export const markOf = (salt: string, { deduplicationKey, fingerprint }: Recognised): string =>
  sha256(`${salt}\n${deduplicationKey}\n${fingerprint}`);

const FIND_ITEM = defineQuery((db, p: Params<{ noticeId: string; sourceKey: string; sourceItemId: string }>) =>
  db
    .select({ id: removals.id })
    .from(removals)
    .where(
      sql`(${removals.subject} = 'notice' AND ${removals.id} = ${p.noticeId}) OR (${removals.subject} = 'exposure' AND ${removals.id} IN (
        SELECT ${rawItems.exposureId} FROM ${rawItems} WHERE ${rawItems.sourceKey} = ${p.sourceKey} AND ${rawItems.sourceItemId} = ${p.sourceItemId}))`,
    )
    .limit(1),
);

/** Whether what came of an item of a source was removed: then nothing of the item is kept, not even that it came again. */
export function isRemovedItem(
  db: Db,
  { sourceKey, sourceItemId }: { sourceKey: string; sourceItemId: string },
): boolean {
  return FIND_ITEM.first(db, { noticeId: noticeId(sourceKey, sourceItemId), sourceKey, sourceItemId }) !== undefined;
}

/** @throws RemovedItemError when what is to be stored was removed, under one of its ids or elsewhere in the same words */
export function assertNotRemoved(db: Db, subject: RemovedSubject, ids: readonly string[], words?: Recognised): void {
  if (ids.some((id) => findRemoval(db, subject, id))) throw new RemovedItemError();
  if (words && MARKS.all(db).some(({ salt, mark }) => salt !== null && markOf(salt, words) === mark))
    throw new RemovedItemError();
}
