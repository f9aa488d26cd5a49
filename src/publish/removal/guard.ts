import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { rawItems, removals, removedContents } from '#db/schema/index.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { sha256 } from '../prepare/fingerprints.ts';

export type RemovedSubject = typeof removals.$inferSelect.subject;
/** What has versions that are removed one by one. */
export type VersionedSubject = typeof removedContents.$inferSelect.subject;

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
  db
    .select({ salt: removals.salt, mark: removals.mark })
    .from(removals)
    .where(isNotNull(removals.mark))
    .unionAll(db.select({ salt: removedContents.salt, mark: removedContents.mark }).from(removedContents)),
);

/** The removal of a notice, an entry or an article: its public reason, and when it was; undefined when it was not removed. */
export function findRemoval(db: Db, subject: RemovedSubject, id: string): { reason: string; at: string } | undefined {
  return FIND.first(db, { subject, id });
}

/** What the words of a notice are recognised by when they come again from elsewhere. */
export interface Words {
  deduplicationKey: string;
  fingerprint: string;
}
/** What content is recognised by: its hash, and the words of a notice. */
export type Recognised = { hash: string } & Partial<Words>;

/** The mark of a notice's words. Whoever lacks the whole text can compute it from nothing. */
export const markWords = (salt: string, { deduplicationKey, fingerprint }: Words): string =>
  sha256(`${salt}\n${deduplicationKey}\n${fingerprint}`);

/** The mark of content that is recognised as a whole alone. */
export const markHash = (salt: string, hash: string): string => sha256(`${salt}\n${hash}`);

/** Whether a mark is that of some content. */
export function isMarked({ hash, deduplicationKey, fingerprint }: Recognised, salt: string, mark: string): boolean {
  if (markHash(salt, hash) === mark) return true;
  if (deduplicationKey === undefined || fingerprint === undefined) return false;
  return markWords(salt, { deduplicationKey, fingerprint }) === mark;
}

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

/** @throws RemovedItemError when what is to be stored was removed: under one of its ids, elsewhere in the same words, or as one version */
export function assertNotRemoved(db: Db, subject: RemovedSubject, ids: readonly string[], content: Recognised): void {
  if (ids.some((id) => findRemoval(db, subject, id))) throw new RemovedItemError();
  const isRemoved = MARKS.all(db).some(
    ({ salt, mark }) => salt !== null && mark !== null && isMarked(content, salt, mark),
  );
  if (isRemoved) throw new RemovedItemError();
}
