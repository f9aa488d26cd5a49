import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, blob, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { flag, instant, json, number, oneOf } from './columns.ts';
import { exposures } from './exposures.ts';
import { notices } from './notices.ts';
import { table } from './table.ts';

/** A feed: where it is, how it is read, how it is doing. */
export const sources = table('sources', {
  key: text().primaryKey(),
  name: text().notNull(),
  /** Site that publishes the feed (`publishedBy` of its notices). */
  county: oneOf(COUNTY_SLUGS).notNull(),
  adapter: text().notNull(),
  /** JSON; parsed by the adapter's own schema. */
  settings: json<Record<string, unknown>>('object').notNull(),
  /** Cron pattern, Asia/Shanghai. */
  schedule: text().notNull(),
  enabled: flag().notNull().default(true),
  /** Whether what it brings is published after automatic screening, or waits until somebody has looked at it. */
  release: oneOf(['automatic', 'review']).notNull().default('automatic'),
  /** A finished run with fewer items than this is held, not applied. */
  minimumItems: number().notNull().default(1),
  homepage: text(),
  /** Whether files that its notices are attached are kept here too. */
  keepsFiles: flag().notNull().default(true),
  /** Conditional-request validators and the like, by request address (JSON). */
  validators: json<Record<string, { etag?: string; lastModified?: string }>>('object').notNull().default({}),
  lastAttemptAt: instant(),
  lastSuccessAt: instant(),
  /** Newest publication time seen, the base of the next incremental window. */
  lastPublishedAt: instant(),
  lastItemCount: number(),
  consecutiveFailures: number().notNull().default(0),
  lastError: text(),
  /** Why the source is held (mass disappearance, below minimum, many re-issued ids); null when it is not. */
  heldReason: text(),
  /** Entered in the console, or given by the configuration. */
  origin: oneOf(['configuration', 'console']).notNull().default('configuration'),
  /** Whatever it brings is of its own county: entered by staff who act for that one alone. */
  speaksForItself: flag().notNull().default(false),
  /** Staff stopped the reading, with the reason; null while it is read. Unlike `enabled` no configuration changes it. */
  pausedAt: instant(),
  pauseReason: text(),
});

/** One run over one source. */
export const ingestRuns = table(
  'ingest_runs',
  {
    id: text().primaryKey(),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    startedAt: instant().notNull(),
    finishedAt: instant(),
    state: oneOf(['running', 'succeeded', 'failed', 'held', 'interrupted']).notNull(),
    fetched: number().notNull().default(0),
    created: number().notNull().default(0),
    changed: number().notNull().default(0),
    unchanged: number().notNull().default(0),
    rejected: number().notNull().default(0),
    error: text(),
  },
  (table) => [index('ingest_runs_source_started').on(table.sourceKey, table.startedAt)],
);

/** What was received, byte for byte, whether accepted or not. Private: it may hold personal data. */
export const rawItems = table(
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
    /** The list entry as JSON; as it was received when it could not be read. */
    listItem: text().notNull(),
    /** The detail answers, each preceded by its length in four bytes, deflated; null when the list entry is the whole item. */
    body: blob({ mode: 'buffer' }),
    bodyUrl: text(),
    receivedAt: instant().notNull(),
    runId: text()
      .notNull()
      .references(() => ingestRuns.id),
    /** `dismissed`: staff decided that nothing is to become of it. */
    state: oneOf(['accepted', 'rejected', 'dismissed']).notNull(),
    /** Reasons in Chinese for the sync board, with the field where there is one. */
    reasons: json<{ code: string; message: string; field?: string }[]>('array').notNull().default([]),
    attempts: number().notNull().default(1),
    noticeId: text().references((): AnySQLiteColumn => notices.id),
    noticeVersion: number(),
    /** The entry of the exposure board or blacklist that the item became. */
    exposureId: text().references((): AnySQLiteColumn => exposures.id),
    /** Whoever had it taken in last, an `Actor`; `unknown` before actors were noted here. */
    actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
  },
  (table) => [
    uniqueIndex('raw_items_identity').on(table.sourceKey, table.sourceItemId, table.contentHash),
    index('raw_items_rejected').on(table.sourceKey, table.id).where(sql`state = 'rejected'`),
    index('raw_items_waiting').on(table.receivedAt, table.id, table.sourceKey).where(sql`state = 'rejected'`),
    // A raw item is written before what it becomes: without these, each new notice would look through all of them.
    index('raw_items_notice').on(table.noticeId).where(sql`notice_id IS NOT NULL`),
    index('raw_items_exposure').on(table.exposureId).where(sql`exposure_id IS NOT NULL`),
  ],
);

/** Ids and addresses under which a source item is also known: old ids, re-posts, the same notice on another site. */
export const noticeAliases = table(
  'notice_aliases',
  {
    sourceKey: text().notNull(),
    sourceItemId: text().notNull(),
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    url: text(),
    seenAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceKey, table.sourceItemId] }),
    index('notice_aliases_notice').on(table.noticeId),
  ],
);

/** Category, stage, county and unit values that no mapping knows; shown for mapping, never guessed. */
export const unknownCodes = table(
  'unknown_codes',
  {
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    kind: oneOf(['column', 'category', 'stage', 'county', 'unit']).notNull(),
    value: text().notNull(),
    example: text().notNull(),
    count: number().notNull().default(1),
    firstSeenAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sourceKey, table.kind, table.value] })],
);

/** Named locks with an expiry and a fencing token, so that two workers never run the same job. */
export const leases = table('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  token: number().notNull(),
  expiresAt: instant().notNull(),
});
