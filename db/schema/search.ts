import { index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { fen, instant, number, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { table } from './table.ts';

/**
 * One row a notice in the built-in index: gives the full-text table its row number and answers filters and orders
 * without touching `notices`. Derived: `reindex` makes it again.
 */
export const searchDocuments = table('search_documents', {
  id: integer().primaryKey(),
  noticeId: text()
    .notNull()
    .unique()
    .references(() => notices.id),
  version: number(1).notNull(),
  category: oneOf(CATEGORY_SLUGS).notNull(),
  stage: oneOf(STAGE_SLUGS).notNull(),
  county: oneOf(COUNTY_SLUGS).notNull(),
  publishedAt: instant().notNull(),
  /** When the deadline has passed: `notices.closes_at`. */
  deadlineAt: instant(),
  amountFen: fen(),
});

/** Words of titles and names of parties, with their sound: for pinyin, initials and same-sounding mistakes. */
export const searchTerms = table(
  'search_terms',
  {
    term: text().primaryKey(),
    kind: oneOf(['word', 'party']).notNull(),
    pinyin: text().notNull(),
    initials: text().notNull(),
    /** Documents that brought the term in; never lowered, an order only. */
    frequency: number().notNull(),
  },
  (table) => [index('search_terms_pinyin').on(table.pinyin), index('search_terms_initials').on(table.initials)],
);

/** Short forms of party names: 兖州人民医院 → 济宁市兖州区人民医院. */
export const searchAliases = table('search_aliases', { alias: text().notNull(), name: text().notNull() }, (table) => [
  primaryKey({ columns: [table.alias, table.name] }),
]);

/** Documents the engine refused, one by one, with its reason; they are tried again when their version changes. */
export const searchQuarantine = table('search_quarantine', {
  noticeId: text()
    .primaryKey()
    .references(() => notices.id),
  version: number(1).notNull(),
  reason: text().notNull(),
  createdAt: instant().notNull(),
});
