import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import type { AmountKind } from '#src/domain/site/views.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { MomentPrecision } from '#src/domain/time/moment.ts';
import type { TimePrecision } from '#src/domain/time/time.ts';
import { sources } from './sources.ts';

const PUBLIC = sql`is_public = 1`;
/** `endOf` in SQL: a day lasts until the next midnight in Shanghai. */
const CLOSES_AT = sql`CASE deadline_precision WHEN 'day' THEN strftime('%Y-%m-%dT%H:%M:%fZ', deadline_at, '+1 day') ELSE deadline_at END`;

/** Names are written out: Drizzle does not find those of a view's columns by itself. */
const noticeColumns = () => ({
  id: text('id').primaryKey(),
  sourceKey: text('source_key')
    .notNull()
    .references(() => sources.key),
  sourceItemId: text('source_item_id').notNull(),
  version: integer('version').notNull(),
  title: text('title').notNull(),
  category: text('category').$type<Category>().notNull(),
  stage: text('stage').$type<Stage>().notNull(),
  county: text('county').$type<County>().notNull(),
  publishedBy: text('published_by').$type<County>().notNull(),
  projectId: text('project_id').notNull(),
  projectCode: text('project_code'),
  lotCode: text('lot_code'),
  buyer: text('buyer'),
  agency: text('agency'),
  suppliers: text('suppliers', { mode: 'json' }).$type<string[]>().notNull().default([]),
  amountFen: integer('amount_fen'),
  amountKind: text('amount_kind').$type<AmountKind>(),
  /** A `Moment`: the instant, and beside it how exact the notice is; both null together. */
  deadlineAt: text('deadline_at'),
  deadlinePrecision: text('deadline_precision').$type<MomentPrecision>(),
  openingAt: text('opening_at'),
  openingPrecision: text('opening_precision').$type<MomentPrecision>(),
  /** When the deadline has passed: what is open, and what closes first, is asked of this column and its index alone. */
  closesAt: text('closes_at').generatedAlwaysAs(CLOSES_AT, { mode: 'virtual' }),
  publishedAt: text('published_at').notNull(),
  publishedPrecision: text('published_precision').$type<TimePrecision>().notNull(),
  facts: text('facts', { mode: 'json' }).$type<Facts>().notNull().default({}),
  sourceUrl: text('source_url'),
  /** SHA-256 of category, stage, normalised title and day: finds the same notice at county and city. */
  twinKey: text('twin_key').notNull(),
  /** Text fingerprint for "possible duplicate" hints. */
  fingerprint: text('fingerprint').notNull(),
  firstSeenAt: text('first_seen_at').notNull(),
  updatedAt: text('updated_at').notNull(),
  lastSeenAt: text('last_seen_at').notNull(),
  /** Gone from the feed since; the notice stays public. */
  goneAt: text('gone_at'),
  /** Withdrawn by the publisher or by law. */
  withdrawnAt: text('withdrawn_at'),
  /** The canonical notice when this row is the same notice from another site. */
  canonicalId: text('canonical_id'),
  isPublic: integer('is_public')
    .notNull()
    .generatedAlwaysAs(sql`(withdrawn_at IS NULL AND canonical_id IS NULL)`, { mode: 'stored' }),
  /** Number of the rules that read codes, parties, amounts, times and facts out of the current version. */
  readingRules: integer('reading_rules').notNull().default(0),
});

/** The current published version of each notice: slim columns for every filter, sort and list; the body is in the version. */
export const notices = sqliteTable('notices', noticeColumns(), (table) => [
  // The three indexes that end in `isPublic` also serve facet counts without touching the table.
  index('notices_source_item').on(table.sourceKey, table.sourceItemId),
  index('notices_source_seen').on(table.sourceKey, table.lastSeenAt),
  index('notices_twin').on(table.twinKey),
  index('notices_fingerprint').on(table.fingerprint),
  index('notices_canonical').on(table.canonicalId).where(sql`canonical_id IS NOT NULL`),
  index('notices_project').on(table.projectId, table.publishedAt),
  index('notices_published')
    .on(table.publishedAt, table.id, table.category, table.stage, table.county, table.isPublic)
    .where(PUBLIC),
  index('notices_category').on(table.category, table.publishedAt, table.id).where(PUBLIC),
  index('notices_category_stage').on(table.category, table.stage, table.publishedAt, table.id).where(PUBLIC),
  index('notices_stage').on(table.stage, table.publishedAt, table.id).where(PUBLIC),
  index('notices_county').on(table.county, table.publishedAt, table.id).where(PUBLIC),
  index('notices_county_category').on(table.county, table.category, table.publishedAt, table.id).where(PUBLIC),
  index('notices_deadline')
    .on(table.closesAt, table.id, table.category, table.stage, table.county, table.isPublic)
    .where(sql`is_public = 1 AND closes_at IS NOT NULL`),
  /** Deadlines that calendars have to cancel. */
  index('notices_withdrawn').on(table.closesAt).where(sql`withdrawn_at IS NOT NULL`),
  index('notices_amount')
    .on(table.amountFen, table.id, table.category, table.stage, table.county, table.isPublic)
    .where(sql`is_public = 1 AND amount_fen IS NOT NULL`),
]);

/**
 * What the public may see: the web role reads notices only through this view (`SELECT * FROM notices WHERE is_public = 1`,
 * created in migration 0001).
 */
export const publishedNotices = sqliteView('published_notices', noticeColumns()).existing();

/** Every published version, append-only (triggers refuse DELETE, and every UPDATE but that of a redaction). */
export const noticeVersions = sqliteTable(
  'notice_versions',
  {
    noticeId: text().notNull(),
    version: integer().notNull(),
    /** Canonical JSON (RFC 8785) of the version's public content, with the sanitized, screened body. */
    content: text().notNull(),
    /** SHA-256 (hex) of `content`. */
    hash: text().notNull(),
    publishedAt: text().notNull(),
    reason: text({ enum: ['created', 'changed', 'withdrawn', 'restored'] }).notNull(),
    rawItemId: integer(),
    /** Version of the sanitizing and screening rules that made the content. */
    policy: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.noticeId, table.version] }),
    index('notice_versions_policy').on(table.policy, table.noticeId, table.version),
  ],
);

/** Plain text of the current version's body, for snippets and the full-text index. */
export const noticeTexts = sqliteTable('notice_texts', {
  noticeId: text().primaryKey(),
  body: text().notNull(),
});

/** Numbers of public notices by category, stage, county and Shanghai year; kept by triggers, checked by `verify`. */
export const noticeCounts = sqliteTable(
  'notice_counts',
  {
    category: text().$type<Category>().notNull(),
    stage: text().$type<Stage>().notNull(),
    county: text().$type<County>().notNull(),
    year: integer().notNull(),
    total: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.category, table.stage, table.county, table.year] })],
);

/** One procurement or disposal process: joins the notices of one project code. */
export const projects = sqliteTable(
  'projects',
  {
    id: text().primaryKey(),
    /** Normalised code; null when the project is a single notice without one. */
    code: text(),
    title: text().notNull(),
    category: text().$type<Category>().notNull(),
    county: text().$type<County>().notNull(),
    buyer: text(),
    createdAt: text().notNull(),
    updatedAt: text().notNull(),
  },
  (table) => [index('projects_code').on(table.code)],
);

/** Attachment facts. Files stay at their source; a failing attachment never rejects its notice. */
export const attachments = sqliteTable(
  'attachments',
  {
    noticeId: text().notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    mediaType: text(),
    size: integer(),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.position] })],
);

/** Codes of a notice in compact form and every suffix of four or more characters: exact "contains" by prefix look-up. */
export const codeKeys = sqliteTable(
  'code_keys',
  {
    key: text().notNull(),
    noticeId: text().notNull(),
    /** True when `key` is the whole code. */
    whole: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.noticeId] }), index('code_keys_notice').on(table.noticeId)],
);

/** Work for the index (later: notifications and log), written in the same transaction as the change it follows. */
export const outbox = sqliteTable('outbox', {
  seq: integer().primaryKey({ autoIncrement: true }),
  kind: text({ enum: ['notice.upsert', 'notice.remove'] }).notNull(),
  noticeId: text().notNull(),
  version: integer().notNull(),
  createdAt: text().notNull(),
});

/** Positions of readers of the outbox and other small durable facts, e.g. `index.cursor`. */
export const states = sqliteTable('states', {
  key: text().primaryKey(),
  value: text().notNull(),
  updatedAt: text().notNull(),
});
