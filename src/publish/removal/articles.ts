import canonicalize from 'canonicalize';
import { and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articleLinks, articles, articleVersions } from '#db/schema/articles.ts';
import { draftRemarks, drafts, draftVersions } from '#db/schema/drafts.ts';
import { articleFiles, uploads } from '#db/schema/files.ts';
import { emptyArticle } from '#src/domain/articles/content.ts';
import { appendChange } from '../changes/append.ts';
import { logRemoval } from '../log/contents.ts';
import { sha256 } from '../prepare/fingerprints.ts';
import { findRemoval } from './guard.ts';
import { type RemovalOrder, recordRemoval } from './record.ts';

type ArticleRow = typeof articles.$inferSelect;

/** Versions of an article of which the content is there. */
export const listArticleContents = (db: Db, id: string): { version: number }[] =>
  db
    .select({ version: articleVersions.version })
    .from(articleVersions)
    .where(and(eq(articleVersions.articleId, id), isNotNull(articleVersions.content)))
    .all();

/**
 * Destroys what an article says, in all its versions, in the log's contents, in its files' names and in the drafts that it came of. What
 * stays: its id, kind and times, the leaves of the log with one that tells of each removal, and that it was removed. One transaction;
 * done again it changes nothing. Returns the ids of what is gone.
 */
export function removeArticle(db: Db, id: string, order: RemovalOrder): string[] {
  const remove = () => {
    const row = db.select().from(articles).where(eq(articles.id, id)).get();
    if (!row) return [];
    const isFirst = !findRemoval(db, 'article', id);
    recordRemoval(db, { subject: 'article', id, salt: null, mark: null }, order);
    if (isFirst) destroy(db, row, order);
    return [id];
  };
  return db.$client.transaction(remove).immediate();
}

function destroy(db: Db, { id, version, withdrawnAt }: ArticleRow, order: RemovalOrder): void {
  const { now } = order;
  for (const stored of listArticleContents(db, id))
    logRemoval(db, { type: 'article', id, version: stored.version, at: now });
  db.delete(articleVersions).where(eq(articleVersions.articleId, id)).run();
  db.delete(articleLinks)
    .where(or(eq(articleLinks.fromId, id), eq(articleLinks.toId, id)))
    .run();
  db.delete(articleFiles).where(eq(articleFiles.articleId, id)).run();
  db.update(articles)
    .set({
      ...{ title: '', summary: '', issuer: '', number: '', issuedOn: null, validity: null, page: '', searchText: '' },
      ...{ updatedAt: now, withdrawnAt: withdrawnAt ?? now },
    })
    .where(eq(articles.id, id))
    .run();
  destroyDrafts(db, id);
  appendChange(db, { subject: 'article', id, version, kind: 'remove' }, order);
}

/** Empties the drafts of an article: what was written, sent and remarked for it. That they were there, and who approved them, stays. */
function destroyDrafts(db: Db, articleId: string): void {
  const ofArticle = or(eq(drafts.articleId, articleId), eq(drafts.originalArticleId, articleId));
  for (const { id, articleKind, firstHash, finalHash } of db.select().from(drafts).where(ofArticle).all()) {
    if (articleKind === null) continue;
    const json = canonicalize(emptyArticle(articleKind)) as string;
    const hash = sha256(json);
    db.delete(draftVersions).where(eq(draftVersions.draftId, id)).run();
    db.delete(draftRemarks).where(eq(draftRemarks.draftId, id)).run();
    db.update(drafts)
      .set({
        ...{ title: '', content: json, hash },
        ...{ firstHash: firstHash === null ? null : hash, finalHash: finalHash === null ? null : hash },
      })
      .where(eq(drafts.id, id))
      .run();
  }
  db.delete(uploads)
    .where(inArray(uploads.draftId, db.select({ id: drafts.id }).from(drafts).where(ofArticle)))
    .run();
}
