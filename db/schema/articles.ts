import { type AnySQLiteColumn, index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { ARTICLE_KIND_KEYS, ARTICLE_NATURE_KEYS, VALIDITY_KEYS } from '#src/domain/articles/kinds.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { day, instant, jsonText, number, oneOf } from './columns.ts';
import { table } from './table.ts';

/** Articles that the portal publishes of its own: what stands in lists of each, as its present version says it. */
export const articles = table(
  'articles',
  {
    id: text().primaryKey(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    kind: oneOf(ARTICLE_KIND_KEYS).notNull(),
    category: oneOf(CATEGORY_SLUGS),
    nature: oneOf(ARTICLE_NATURE_KEYS).notNull(),
    version: number(1).notNull(),
    title: text().notNull(),
    summary: text().notNull(),
    issuer: text().notNull(),
    number: text().notNull(),
    issuedOn: day(),
    validity: oneOf(VALIDITY_KEYS),
    /** Path of the page that a clarification is about; '' of others. */
    page: text().notNull(),
    /** Folded words of all of it, for searching. */
    searchText: text().notNull(),
    /** Of the first version. */
    publishedAt: instant().notNull(),
    /** Of the present one. */
    updatedAt: instant().notNull(),
    /** Taken back: it is public no longer. */
    withdrawnAt: instant(),
  },
  (table) => [
    index('articles_kind').on(table.kind, table.publishedAt),
    index('articles_category').on(table.category, table.kind),
    index('articles_page').on(table.page),
    index('articles_published').on(table.publishedAt),
  ],
);

/** Every version of every article. Append-only. */
export const articleVersions = table(
  'article_versions',
  {
    articleId: text()
      .notNull()
      .references((): AnySQLiteColumn => articles.id),
    version: number(1).notNull(),
    /** Canonical JSON (RFC 8785) of an `ArticleRecord`; null of a withdrawal, which says nothing. */
    content: jsonText(),
    /** SHA-256 (hex) of `content`. */
    hash: text(),
    reason: oneOf(['published', 'corrected', 'withdrawn', 'restored']).notNull(),
    /** What was wrong, or why it was taken back: readers see it. '' of what was merely published. */
    note: text().notNull(),
    at: instant().notNull(),
    actor: text().$type<Actor>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.articleId, table.version] }),
    index('article_versions_reason').on(table.reason, table.at),
  ],
  {
    rules: {
      withdrawn: "(reason = 'withdrawn') = (content IS NULL)",
      hashed: '(content IS NULL) = (hash IS NULL)',
    },
  },
);

/** What articles say that they belong to, as their present versions have it. */
export const articleLinks = table(
  'article_links',
  {
    fromId: text()
      .notNull()
      .references((): AnySQLiteColumn => articles.id),
    toId: text()
      .notNull()
      .references((): AnySQLiteColumn => articles.id),
  },
  (table) => [primaryKey({ columns: [table.fromId, table.toId] }), index('article_links_to').on(table.toId)],
);

/** What the public thinks of what is disclosed, 1 to 5 on three axes. Nothing of who said it; days, no times. Append-only. */
export const disclosureRatings = table(
  'disclosure_ratings',
  {
    id: text().primaryKey(),
    ratedOn: day().notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    /** Whole and true 内容. */
    content: number(1, 5).notNull(),
    /** In time 时效. */
    timeliness: number(1, 5).notNull(),
    /** Easy to find 便利. */
    convenience: number(1, 5).notNull(),
  },
  (table) => [index('disclosure_ratings_rated').on(table.ratedOn)],
  { withoutRowid: true },
);
