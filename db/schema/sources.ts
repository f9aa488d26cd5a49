import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { County } from '#src/domain/counties/counties.ts';

/** A feed: where it is, how it is read, how it is doing. */
export const sources = sqliteTable('sources', {
  key: text().primaryKey(),
  name: text().notNull(),
  /** Site that publishes the feed (`publishedBy` of its notices). */
  county: text().$type<County>().notNull(),
  adapter: text().notNull(),
  /** JSON; parsed by the adapter's own schema. */
  settings: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  /** Cron pattern, Asia/Shanghai. */
  schedule: text().notNull(),
  enabled: integer({ mode: 'boolean' }).notNull().default(true),
  /** A finished run with fewer items than this is held, not applied. */
  minimumItems: integer().notNull().default(1),
  homepage: text(),
  /** Conditional-request validators and the like, by request address (JSON). */
  validators: text({ mode: 'json' })
    .$type<Record<string, { etag?: string; lastModified?: string }>>()
    .notNull()
    .default({}),
  lastAttemptAt: text(),
  lastSuccessAt: text(),
  /** Newest publication time seen, the base of the next incremental window. */
  lastPublishedAt: text(),
  lastItemCount: integer(),
  consecutiveFailures: integer().notNull().default(0),
  lastError: text(),
  /** Why the source is held (mass disappearance, below minimum, many re-issued ids); null when it is not. */
  heldReason: text(),
});

/** One run over one source. */
export const ingestRuns = sqliteTable(
  'ingest_runs',
  {
    id: text().primaryKey(),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    startedAt: text().notNull(),
    finishedAt: text(),
    state: text({ enum: ['running', 'succeeded', 'failed', 'held', 'interrupted'] }).notNull(),
    fetched: integer().notNull().default(0),
    created: integer().notNull().default(0),
    changed: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    error: text(),
  },
  (table) => [index('ingest_runs_source_started').on(table.sourceKey, table.startedAt)],
);

/** What was received, byte for byte, whether accepted or not. Private: it may hold personal data. */
export const rawItems = sqliteTable(
  'raw_items',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    /**
     * Two SHA-256 hashes cut to 32 hex digits each, of the list entry and of the completed item, counters and badges left
     * out: the first half tells whether the details must be read again.
     */
    contentHash: text().notNull(),
    /** The list entry as JSON. */
    listItem: text().notNull(),
    /** The detail answers, each preceded by its length in four bytes, deflated; null when the list entry is the whole item. */
    body: blob({ mode: 'buffer' }),
    bodyUrl: text(),
    receivedAt: text().notNull(),
    runId: text().notNull(),
    state: text({ enum: ['accepted', 'rejected'] }).notNull(),
    /** Reasons in Chinese for the sync board, with the field where there is one. */
    reasons: text({ mode: 'json' }).$type<{ code: string; message: string; field?: string }[]>().notNull().default([]),
    attempts: integer().notNull().default(1),
    noticeId: text(),
    noticeVersion: integer(),
    /** The entry of the exposure board or blacklist that the item became. */
    exposureId: text(),
  },
  (table) => [
    uniqueIndex('raw_items_identity').on(table.sourceKey, table.sourceItemId, table.contentHash),
    index('raw_items_rejected').on(table.sourceKey, table.id).where(sql`state = 'rejected'`),
  ],
);

/** Ids and addresses under which a source item is also known: old ids, re-posts, the same notice on another site. */
export const noticeAliases = sqliteTable(
  'notice_aliases',
  {
    sourceKey: text().notNull(),
    sourceItemId: text().notNull(),
    noticeId: text().notNull(),
    url: text(),
    seenAt: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceKey, table.sourceItemId] }),
    index('notice_aliases_notice').on(table.noticeId),
  ],
);

/** Category, stage, county and unit values that no mapping knows; shown for mapping, never guessed. */
export const unknownCodes = sqliteTable(
  'unknown_codes',
  {
    sourceKey: text().notNull(),
    kind: text({ enum: ['column', 'category', 'stage', 'county', 'unit'] }).notNull(),
    value: text().notNull(),
    example: text().notNull(),
    count: integer().notNull().default(1),
    firstSeenAt: text().notNull(),
    lastSeenAt: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sourceKey, table.kind, table.value] })],
);

/** Named locks with an expiry and a fencing token, so that two workers never run the same job. */
export const leases = sqliteTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  token: integer().notNull(),
  expiresAt: text().notNull(),
});
