import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articleLinks, articles, articleVersions } from '#db/schema/articles.ts';
import { articleFiles } from '#db/schema/files.ts';
import type { ArticleContent } from '#src/domain/articles/content.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { appendChange } from '../changes/append.ts';
import { ItemRejectedError } from '../items/reasons.ts';
import { logContent, logWithdrawal } from '../log/contents.ts';
import { findRemoval, RemovedItemError } from '../removal/guard.ts';
import { mediaFaults } from './media.ts';
import { type PreparedArticle, prepareArticle } from './prepare.ts';

export type ArticleRow = typeof articles.$inferSelect;

/** The version that an article has from now on. */
export interface StoredArticle {
  id: string;
  version: number;
}

export const findArticle = (db: Db, id: string): ArticleRow | undefined =>
  db.select().from(articles).where(eq(articles.id, id)).get();

/**
 * Publishes an article, or a corrected version of one: version, current row, links, files, change and leaf of the log together. The caller
 * holds the transaction. The same content again makes no version. `note` is what readers are told was wrong.
 * @throws ItemRejectedError for one that may not be published
 */
export function publishArticle(
  db: Db,
  {
    id,
    county,
    content,
    note = content.reason,
  }: { id: string; county: County; content: ArticleContent; note?: string },
  context: WriteContext,
): StoredArticle {
  if (findRemoval(db, 'article', id)) throw new RemovedItemError();
  const faults = mediaFaults(db, content);
  if (faults.length > 0) throw rejected('media', faults.join('；'));
  const prepared = prepareArticle(id, content);
  const known = findArticle(db, id);
  if (known && known.county !== county) throw rejected('county', '这篇文章不是本县区发布的');
  if (known && known.withdrawnAt === null && hashOf(db, known) === prepared.hash) return known;
  const version = (known?.version ?? 0) + 1;
  const reason = known === undefined ? 'published' : known.withdrawnAt !== null ? 'restored' : 'corrected';
  const isCorrection = reason === 'corrected' && note !== '';
  writeRow(db, { prepared, county, version }, known, context.now);
  db.insert(articleVersions)
    .values({
      ...{ articleId: id, version, content: prepared.json, hash: prepared.hash, note },
      ...{ reason: isCorrection ? 'corrected' : reason === 'restored' ? 'restored' : 'published' },
      ...{ at: context.now, actor: context.actor },
    })
    .run();
  linkArticle(db, id, prepared.record.related);
  for (const { sha256, name } of prepared.record.attachments) {
    db.insert(articleFiles)
      .values({ articleId: id, sha256, name, version })
      .onConflictDoUpdate({ target: [articleFiles.articleId, articleFiles.sha256], set: { name, version } })
      .run();
  }
  const told = { type: 'article', id, version, at: context.now } as const;
  logContent(db, told, prepared.record, reason === 'restored' ? 'restore' : 'publish');
  appendChange(db, { subject: 'article', id, version, kind: 'upsert' }, context);
  return { id, version };
}

/** Takes an article back: its address says so and why. The caller holds the transaction. @throws ItemRejectedError when it is not public */
export function withdrawArticle(
  db: Db,
  { id, county, note }: { id: string; county: County; note: string },
  context: WriteContext,
): StoredArticle {
  const known = findArticle(db, id);
  if (!known || known.withdrawnAt !== null || known.county !== county)
    throw rejected('not-withdrawable', '没有这篇文章，或者已经撤回，或者不是本县区发布的');
  const version = known.version + 1;
  const { now, actor } = context;
  db.update(articles).set({ version, withdrawnAt: now, updatedAt: now }).where(eq(articles.id, id)).run();
  db.insert(articleVersions)
    .values({
      ...{ articleId: id, version, content: null, hash: null },
      ...{ reason: 'withdrawn', note, at: now, actor },
    })
    .run();
  db.delete(articleLinks).where(eq(articleLinks.fromId, id)).run();
  logWithdrawal(db, { type: 'article', id, version, at: now });
  appendChange(db, { subject: 'article', id, version, kind: 'remove' }, context);
  return { id, version };
}

const rejected = (code: string, message: string) => new ItemRejectedError([{ code, message }]);

const hashOf = (db: Db, { id, version }: ArticleRow): string | null =>
  db
    .select({ hash: articleVersions.hash })
    .from(articleVersions)
    .where(and(eq(articleVersions.articleId, id), eq(articleVersions.version, version)))
    .get()?.hash ?? null;

function writeRow(
  db: Db,
  { prepared, county, version }: { prepared: PreparedArticle; county: County; version: number },
  known: ArticleRow | undefined,
  now: Instant,
): void {
  const { record, searchText } = prepared;
  const { id, kind, category, nature, title, summary, issuer, number, issuedOn, validity, page } = record;
  const columns = { county, kind, category, nature, version, title, summary, issuer, number, issuedOn, validity, page };
  const row = { ...columns, searchText, updatedAt: now, withdrawnAt: null };
  if (known) db.update(articles).set(row).where(eq(articles.id, id)).run();
  else
    db.insert(articles)
      .values({ id, ...row, publishedAt: now })
      .run();
}

/** Says what an article belongs to, of what is there; what is public no longer is passed over where links are read. In the caller's transaction. */
export function linkArticle(db: Db, id: string, related: readonly string[]): void {
  db.delete(articleLinks).where(eq(articleLinks.fromId, id)).run();
  for (const toId of new Set(related)) {
    if (toId === id || !findArticle(db, toId)) continue;
    db.insert(articleLinks).values({ fromId: id, toId }).run();
  }
}
