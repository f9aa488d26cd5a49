import { and, asc, count, desc, eq, inArray, isNull, like, type SQL } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { articles } from '#db/schema/articles.ts';
import { kindsOf } from '#src/domain/articles/kinds.ts';
import type { ArticleQuery } from '#src/domain/articles/urls.ts';
import type { ArticleSummary } from '#src/domain/articles/views.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { SUMMARY_FIELDS } from './read.ts';

export const ARTICLE_PAGE = 20;
const MOST_WORDS = 8;

/** Patterns of the words of a query, as they stand in folded text. */
const patternsOf = ({ q = '' }: ArticleQuery): string[] =>
  normaliseText(q)
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, MOST_WORDS)
    .map((word) => `%${word.replaceAll(/[%_]/g, '')}%`);

/** What is looked for: every word has to stand somewhere in an article. Kinds and sections narrow each other. */
function conditionOf(query: ArticleQuery): SQL | undefined {
  const { section, kind, category } = query;
  return and(
    isNull(articles.withdrawnAt),
    section ? inArray(articles.kind, kindsOf(section)) : undefined,
    kind ? eq(articles.kind, kind) : undefined,
    category ? eq(articles.category, category) : undefined,
    ...patternsOf(query).map((pattern) => like(articles.searchText, pattern)),
  );
}

/** Those whose titles have all the words stand before those that only speak of them. */
function byTitle(query: ArticleQuery): SQL[] {
  const inTitle = and(...patternsOf(query).map((pattern) => like(articles.title, pattern)));
  return inTitle ? [desc(inTitle)] : [];
}

/** A page of public articles, where words are looked for those named so first, else the latest first, and how many there are. */
export function listArticles(
  db: Db,
  query: ArticleQuery,
  limit: number = ARTICLE_PAGE,
): { items: ArticleSummary[]; total: number } {
  const condition = conditionOf(query);
  const items = db
    .select(SUMMARY_FIELDS)
    .from(articles)
    .where(condition)
    .orderBy(...byTitle(query), desc(articles.publishedAt), asc(articles.id))
    .limit(limit)
    .offset(((query.page ?? 1) - 1) * limit)
    .all();
  const { total = 0 } = db.select({ total: count() }).from(articles).where(condition).get() ?? {};
  return { items, total };
}

/** Public articles that were published or corrected last, the latest first. */
export const listLatestArticles = (db: Db, query: ArticleQuery, limit: number): ArticleSummary[] =>
  db
    .select(SUMMARY_FIELDS)
    .from(articles)
    .where(conditionOf(query))
    .orderBy(desc(articles.updatedAt), asc(articles.id))
    .limit(limit)
    .all();

/** Every public article of some kinds, by the day of issue and the title: laws, documents, guides. */
export const listArticlesOf = (db: Db, kinds: readonly ArticleSummary['kind'][]): ArticleSummary[] =>
  db
    .select(SUMMARY_FIELDS)
    .from(articles)
    .where(and(isNull(articles.withdrawnAt), inArray(articles.kind, [...kinds])))
    .orderBy(desc(articles.issuedOn), asc(articles.title))
    .all();

/** Ids of all public articles with the time of their present versions, for the sitemap. */
export const listArticlePaths = (db: Db): { id: string; updatedAt: Instant }[] =>
  db
    .select({ id: articles.id, updatedAt: articles.updatedAt })
    .from(articles)
    .where(isNull(articles.withdrawnAt))
    .orderBy(articles.id)
    .all();
