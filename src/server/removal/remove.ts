import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { publishedNotices, removals, removedContents } from '#db/schema/index.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import { removeArticle } from '#src/publish/removal/articles.ts';
import { removeExposure } from '#src/publish/removal/exposures.ts';
import { listFamily, listItems, removeNotice } from '#src/publish/removal/notices.ts';
import { type ContentMark, type RemovalOrder, recordRemoval } from '#src/publish/removal/record.ts';
import { removeContent } from '#src/publish/removal/versions.ts';
import { listIndexableRows } from '../search/document.ts';
import { refreshFts } from '../search/fts-index.ts';
import { forgetTerms } from '../search/vocabulary.ts';
import type { ListedRemoval } from './list.ts';

const ROW = { id: removals.id, salt: removals.salt, mark: removals.mark };
const FIND_ROW = defineQuery((db, p: Params<{ subject: ListedRemoval['subject']; id: string }>) =>
  db
    .select(ROW)
    .from(removals)
    .where(and(eq(removals.subject, p.subject), eq(removals.id, p.id))),
);
const LIST = defineQuery((db) => db.select().from(removals));
const LIST_CONTENTS = defineQuery((db) => db.select().from(removedContents));
const FIND_PUBLIC = defineQuery((db, p: Params<{ id: string }>) =>
  db.select({ id: publishedNotices.id }).from(publishedNotices).where(eq(publishedNotices.id, p.id)),
);

const REMOVE = { notice: removeNotice, exposure: removeExposure, article: removeArticle };

/** Ids that a removal closes: of the notice, of those that repeat it, and those that they had before. */
function listClosed(db: Db, { subject, id }: Pick<ListedRemoval, 'subject' | 'id'>): string[] {
  if (subject !== 'notice') return [id];
  const family = listFamily(db, id);
  const items = family.flatMap((row) => listItems(db, row));
  const ids = items.map(({ sourceKey, sourceItemId }) => noticeId(sourceKey, sourceItemId));
  return [...new Set([id, ...family.map((row) => row.id), ...ids])];
}

/**
 * Does one removal in a database: what was published, what was made of it, the built-in index and its words, in one transaction.
 * Done already, it changes nothing. Returns the removal with all that it closes, for the list.
 */
export function applyRemoval(db: Db, removal: ListedRemoval): ListedRemoval {
  const { subject, id, reason, actor, at } = removal;
  const order: RemovalOrder = { reason, actor, now: at };
  if (removal.content) return applyContentRemoval(db, removal, removal.content, order);
  const apply = (): ListedRemoval => {
    const ids = [...new Set([...listClosed(db, removal), ...removal.closed.map((closed) => closed.id)])];
    const rows = subject === 'notice' ? listIndexableRows(db, ids) : [];
    for (const one of ids) REMOVE[subject](db, one, order);
    for (const closed of removal.closed) recordRemoval(db, { subject, ...closed }, order);
    recordRemoval(db, { subject, id, salt: null, mark: null }, order);
    forgetTerms(db, rows);
    if (subject === 'notice') refreshFts(db, ids);
    return { ...removal, closed: ids.flatMap((one) => FIND_ROW.all(db, { subject, id: one })) };
  };
  return db.$client.transaction(apply).immediate();
}

/** Of one version alone: the built-in index has its words only where it is the current one. */
function applyContentRemoval(db: Db, removal: ListedRemoval, content: ContentMark, order: RemovalOrder): ListedRemoval {
  const { subject, id } = removal;
  // An article is removed as a whole.
  if (subject === 'article') return removal;
  const apply = () => {
    const ids = subject === 'notice' ? listFamily(db, id).map((row) => row.id) : [];
    const rows = listIndexableRows(db, ids);
    removeContent(db, subject, id, content, order);
    const gone = rows.filter((row) => !isPublicNotice(db, row.id));
    forgetTerms(db, gone);
    refreshFts(
      db,
      gone.map((row) => row.id),
    );
    return removal;
  };
  return db.$client.transaction(apply).immediate();
}

/** Whether there is a public notice under an id. */
export const isPublicNotice = (db: Db, id: string): boolean => FIND_PUBLIC.first(db, { id }) !== undefined;

/** What was removed in a database, as a list has it. */
export function listRemovals(db: Db): ListedRemoval[] {
  const whole = LIST.all(db).map(({ salt, mark, ...removal }) => ({
    ...removal,
    closed: [{ id: removal.id, salt, mark }],
  }));
  const single = LIST_CONTENTS.all(db).map(({ salt, mark, ...removal }) => ({
    ...removal,
    closed: [],
    content: { salt, mark },
  }));
  return [...whole, ...single];
}
