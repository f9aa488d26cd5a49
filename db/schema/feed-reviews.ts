import { type AnySQLiteColumn, index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { instant, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { sources } from './sources.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

/** What a source brought and somebody has to look at before it is published: one row for each form of an item. */
export const feedReviews = table(
  'feed_reviews',
  {
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    /** As `raw_items.content_hash`: a form of the item that differs waits anew. */
    contentHash: text().notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    title: text().notNull(),
    /** Null of an entry of the exposure board. */
    category: oneOf(CATEGORY_SLUGS),
    stage: oneOf(STAGE_SLUGS),
    /** The notice that it would change; null where it would be a new one. */
    noticeId: text().references((): AnySQLiteColumn => notices.id),
    heldAt: instant().notNull(),
    state: oneOf(['waiting', 'released', 'refused']).notNull().default('waiting'),
    decidedBy: text().references((): AnySQLiteColumn => staffAccounts.id),
    decidedAt: instant(),
    reason: text().notNull().default(''),
    /** When the worker published what was released. */
    publishedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceKey, table.sourceItemId, table.contentHash] }),
    index('feed_reviews_notice').on(table.noticeId),
    index('feed_reviews_queue').on(table.state, table.publishedAt, table.heldAt),
  ],
  { rules: { decided: "(state = 'waiting') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)" } },
);

/** Sources, or parts of them, that are published without being looked at, until a day. */
export const trustRules = table(
  'trust_rules',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    /** Null: of every category. */
    category: oneOf(CATEGORY_SLUGS),
    /** Null: of every stage. */
    stage: oneOf(STAGE_SLUGS),
    expiresAt: instant().notNull(),
    reason: text().notNull(),
    accountId: text()
      .notNull()
      .references((): AnySQLiteColumn => staffAccounts.id),
    at: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [index('trust_rules_source').on(table.sourceKey, table.expiresAt)],
);
