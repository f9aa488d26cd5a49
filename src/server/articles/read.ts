import { and, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articleLinks, articles, articleVersions } from '#db/schema/articles.ts';
import { articleFiles, files } from '#db/schema/files.ts';
import { type ArticleRecord, emptyArticle } from '#src/domain/articles/content.ts';
import type { ArticleFile, ArticleSummary, ArticleVersionView, ArticleView } from '#src/domain/articles/views.ts';
import { FILE_TYPES } from '#src/domain/attachments/types.ts';
import { type Difference, differences } from '#src/domain/drafts/difference.ts';
import { GoneError, NotFoundError, RemovedByLawError } from '#src/domain/errors.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { findRemoval } from '#src/publish/removal/guard.ts';

export const SUMMARY_FIELDS = {
  id: articles.id,
  county: articles.county,
  kind: articles.kind,
  category: articles.category,
  nature: articles.nature,
  title: articles.title,
  summary: articles.summary,
  issuer: articles.issuer,
  number: articles.number,
  issuedOn: articles.issuedOn,
  validity: articles.validity,
  version: articles.version,
  publishedAt: articles.publishedAt,
  updatedAt: articles.updatedAt,
};

/**
 * A public article with its versions, what belongs to it, and its files.
 * @throws NotFoundError when there never was one, GoneError with the reason when it was taken back, RemovedByLawError
 */
export function getArticle(db: Db, id: string): ArticleView {
  if (!ID_PATTERN.test(id)) throw new NotFoundError();
  const row = db.select().from(articles).where(eq(articles.id, id)).get();
  if (!row) throw new NotFoundError('没有这篇文章，地址可能有误。');
  if (findRemoval(db, 'article', id)) throw new RemovedByLawError();
  const versions = listVersions(db, id);
  const [last] = versions;
  if (row.withdrawnAt !== null) {
    throw new GoneError(`这篇文章已于 ${formatDateTime(row.withdrawnAt)} 撤回。撤回原因：${last?.note ?? ''}`);
  }
  const stored = db
    .select({ content: articleVersions.content })
    .from(articleVersions)
    .where(and(eq(articleVersions.articleId, id), eq(articleVersions.version, row.version)))
    .get();
  const record = JSON.parse(stored?.content ?? 'null') as ArticleRecord;
  return {
    ...record,
    ...{ county: row.county, version: row.version, publishedAt: row.publishedAt, updatedAt: row.updatedAt },
    versions,
    related: listRelatedArticles(db, id),
    files: listFiles(db, id, row.version),
  };
}

/** Every version of an article, newest first. */
const listVersions = (db: Db, id: string): ArticleVersionView[] =>
  db
    .select({
      version: articleVersions.version,
      reason: articleVersions.reason,
      note: articleVersions.note,
      at: articleVersions.at,
      hash: articleVersions.hash,
    })
    .from(articleVersions)
    .where(eq(articleVersions.articleId, id))
    .orderBy(desc(articleVersions.version))
    .all();

/** What each version of an article changed, by its number; nothing of the first and of those that took it back. */
export function listChanges(db: Db, id: string): Map<number, Difference[]> {
  const contents = db
    .select({ version: articleVersions.version, content: articleVersions.content })
    .from(articleVersions)
    .where(and(eq(articleVersions.articleId, id), isNotNull(articleVersions.content)))
    .orderBy(articleVersions.version)
    .all()
    .map(({ version, content }) => ({ version, record: JSON.parse(content ?? 'null') as ArticleRecord }));
  return new Map(
    contents.slice(1).map(({ version, record }, index) => {
      const before = contents[index]?.record ?? record;
      return [version, differences(emptyArticle(before.kind, before), emptyArticle(record.kind, record))];
    }),
  );
}

/** Public articles that an article names or that name it. */
export function listRelatedArticles(db: Db, id: string): ArticleSummary[] {
  const linked = sql`EXISTS (SELECT 1 FROM ${articleLinks} WHERE
    (${articleLinks.fromId} = ${id} AND ${articleLinks.toId} = ${articles.id}) OR
    (${articleLinks.toId} = ${id} AND ${articleLinks.fromId} = ${articles.id}))`;
  return db
    .select(SUMMARY_FIELDS)
    .from(articles)
    .where(and(isNull(articles.withdrawnAt), ne(articles.id, id), linked))
    .orderBy(articles.kind, desc(articles.publishedAt))
    .all();
}

const listFiles = (db: Db, id: string, version: number): ArticleFile[] =>
  db
    .select({ sha256: articleFiles.sha256, name: articleFiles.name, size: files.size, type: files.type })
    .from(articleFiles)
    .innerJoin(files, eq(files.sha256, articleFiles.sha256))
    .where(and(eq(articleFiles.articleId, id), eq(articleFiles.version, version)))
    .orderBy(articleFiles.name)
    .all()
    .map(({ type, ...file }) => ({ ...file, mediaType: FILE_TYPES[type].mediaType }));
