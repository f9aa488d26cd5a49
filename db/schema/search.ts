import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Stage } from '#src/domain/stages.ts';

/**
 * One row a notice in the built-in index: gives the full-text table its row number and answers filters and orders
 * without touching `notices`. Derived: `reindex` makes it again.
 */
export const searchDocuments = sqliteTable('search_documents', {
  id: integer().primaryKey(),
  noticeId: text().notNull().unique(),
  version: integer().notNull(),
  category: text().$type<Category>().notNull(),
  stage: text().$type<Stage>().notNull(),
  county: text().$type<County>().notNull(),
  publishedAt: text().notNull(),
  /** When the deadline has passed: `notices.closes_at`. */
  deadlineAt: text(),
  amountFen: integer(),
});

/** Words of titles and names of parties, with their sound: for pinyin, initials and same-sounding mistakes. */
export const searchTerms = sqliteTable(
  'search_terms',
  {
    term: text().primaryKey(),
    kind: text({ enum: ['word', 'party'] }).notNull(),
    pinyin: text().notNull(),
    initials: text().notNull(),
    /** Documents that brought the term in; never lowered, an order only. */
    frequency: integer().notNull(),
  },
  (table) => [index('search_terms_pinyin').on(table.pinyin), index('search_terms_initials').on(table.initials)],
);

/** Short forms of party names: 兖州人民医院 → 济宁市兖州区人民医院. */
export const searchAliases = sqliteTable(
  'search_aliases',
  { alias: text().notNull(), name: text().notNull() },
  (table) => [primaryKey({ columns: [table.alias, table.name] })],
);

/** Documents the engine refused, one by one, with its reason; they are tried again when their version changes. */
export const searchQuarantine = sqliteTable('search_quarantine', {
  noticeId: text().primaryKey(),
  version: integer().notNull(),
  reason: text().notNull(),
  createdAt: text().notNull(),
});
