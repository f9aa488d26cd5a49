import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteView,
  text,
} from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { SUPERSESSIONS } from '#src/domain/deals/deal.ts';
import { AMOUNT_KINDS } from '#src/domain/facts/fact-text.ts';
import type { Facts } from '#src/domain/facts/facts.ts';
import { CORRECTIONS } from '#src/domain/notices/correction.ts';
import { VERSION_REASONS } from '#src/domain/notices/notice-content.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { MOMENT_PRECISIONS } from '#src/domain/time/moment.ts';
import { TIME_PRECISIONS } from '#src/domain/time/time.ts';
import { fen, flag, instant, json, jsonText, number, oneOf } from './columns.ts';
import { rawItems, sources } from './sources.ts';
import { table } from './table.ts';

const PUBLIC = sql`is_public = 1`;

/**
 * What work lists look for: the same words in the partial indexes and in the queries, or SQLite does not see that they fit. A doubt that
 * staff have confirmed is preceded by `isSeen` (`correctFacts`).
 */
export const WORK_CONDITIONS = {
  doubtful: (of = '') => sql.raw(`${of}is_public = 1 AND ${DOUBT.replace('facts', `${of}facts`)}`),
  correcting: (of = '') => sql.raw(`${of}is_public = 1 AND ${of}stage IN (${CORRECTING})`),
};
const DOUBT = `instr(replace(facts, '"isSeen":true,"doubt":', ''), '"doubt":') > 0`;
const CORRECTING = [...CORRECTIONS].map((stage) => `'${stage}'`).join(', ');

/** Names are written out: Drizzle does not find those of a view's columns by itself. */
const noticeColumns = () => ({
  id: text('id').primaryKey(),
  sourceKey: text('source_key')
    .notNull()
    .references(() => sources.key),
  sourceItemId: text('source_item_id').notNull(),
  version: number(1, undefined, 'version').notNull(),
  title: text('title').notNull(),
  category: oneOf(CATEGORY_SLUGS, 'category').notNull(),
  stage: oneOf(STAGE_SLUGS, 'stage').notNull(),
  county: oneOf(COUNTY_SLUGS, 'county').notNull(),
  publishedBy: oneOf(COUNTY_SLUGS, 'published_by').notNull(),
  projectId: text('project_id')
    .notNull()
    .references((): AnySQLiteColumn => projects.id),
  projectCode: text('project_code'),
  lotCode: text('lot_code'),
  buyer: text('buyer'),
  agency: text('agency'),
  suppliers: json<string[]>('array', 'suppliers').notNull().default([]),
  amountFen: fen('amount_fen'),
  amountKind: oneOf(AMOUNT_KINDS, 'amount_kind'),
  /** A `Moment`: the instant, and beside it how exact the notice is; both null together. */
  deadlineAt: instant('deadline_at'),
  deadlinePrecision: oneOf(MOMENT_PRECISIONS, 'deadline_precision'),
  openingAt: instant('opening_at'),
  openingPrecision: oneOf(MOMENT_PRECISIONS, 'opening_precision'),
  /**
   * When the bidding ends that this notice stands for in its deal, after all corrections: of notices whose project is open one alone,
   * its call, has an instant that lies ahead (`markNotices`). Null for a notice that stands for none, and where it was suspended or
   * ended before. What is open, and what closes first, is asked of this column and its index alone.
   */
  closesAt: instant('closes_at'),
  /** The notice of its deal that counts in its stead: one that moved the deadline, or the call of the next round. */
  supersededBy: text('superseded_by'),
  supersededHow: oneOf(SUPERSESSIONS, 'superseded_how'),
  publishedAt: instant('published_at').notNull(),
  publishedPrecision: oneOf(TIME_PRECISIONS, 'published_precision').notNull(),
  facts: json<Facts>('object', 'facts').notNull().default({}),
  sourceUrl: text('source_url'),
  /** SHA-256 of category, stage, normalised title and day: finds the same notice at county and city. */
  deduplicationKey: text('deduplication_key').notNull(),
  /** Text fingerprint for "possible duplicate" hints. */
  fingerprint: text('fingerprint').notNull(),
  firstSeenAt: instant('first_seen_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  /** Gone from the feed since; the notice stays public. */
  goneAt: instant('gone_at'),
  /** Withdrawn by the publisher or by law. */
  withdrawnAt: instant('withdrawn_at'),
  /** What it said was destroyed by law; it is withdrawn as well, and nothing is published under its id again. */
  removedAt: instant('removed_at'),
  /** The canonical notice when this row is the same notice from another site. */
  canonicalId: text('canonical_id').references((): AnySQLiteColumn => notices.id),
  isPublic: integer('is_public')
    .notNull()
    .generatedAlwaysAs(sql`(withdrawn_at IS NULL AND canonical_id IS NULL)`, { mode: 'stored' }),
  /** Number of the rules that read codes, parties, amounts, times and facts out of the current version. */
  readingRules: number(0, undefined, 'reading_rules').notNull().default(0),
  /** Who bid or was ranked, of openings and candidates; `suppliers` are those who were awarded. */
  tenderers: json<string[]>('array', 'tenderers').notNull().default([]),
});

/** The current published version of each notice: slim columns for every filter, sort and list; the body is in the version. */
export const notices = table(
  'notices',
  noticeColumns(),
  (table) => [
    foreignKey({
      columns: [table.id, table.version],
      foreignColumns: [noticeRevisions.noticeId, noticeRevisions.version],
    }),
    // The three indexes that end in `isPublic` also serve facet counts without touching the table.
    index('notices_source_item').on(table.sourceKey, table.sourceItemId),
    index('notices_source_seen').on(table.sourceKey, table.lastSeenAt),
    index('notices_deduplication').on(table.deduplicationKey),
    index('notices_fingerprint').on(table.fingerprint),
    index('notices_canonical').on(table.canonicalId).where(sql`canonical_id IS NOT NULL`),
    index('notices_project').on(table.projectId, table.publishedAt),
    index('notices_published')
      .on(table.publishedAt, table.id, table.category, table.stage, table.county, table.isPublic)
      .where(PUBLIC),
    /** Feeds: what came last stands first, whenever it was published. */
    index('notices_arrived').on(table.firstSeenAt, table.id).where(PUBLIC),
    index('notices_category').on(table.category, table.publishedAt, table.id).where(PUBLIC),
    index('notices_category_stage').on(table.category, table.stage, table.publishedAt, table.id).where(PUBLIC),
    index('notices_stage').on(table.stage, table.publishedAt, table.id).where(PUBLIC),
    index('notices_county').on(table.county, table.publishedAt, table.id).where(PUBLIC),
    index('notices_county_category').on(table.county, table.category, table.publishedAt, table.id).where(PUBLIC),
    index('notices_deadline')
      .on(table.closesAt, table.id, table.category, table.stage, table.county, table.isPublic)
      .where(sql`is_public = 1 AND closes_at IS NOT NULL`),
    /** Deadlines that were announced and do not count: what calendars have to move or cancel. */
    index('notices_void_deadline')
      .on(table.deadlineAt)
      .where(sql`deadline_at IS NOT NULL AND closes_at IS NULL AND canonical_id IS NULL`),
    /** Work lists, oldest first. */
    index('notices_doubtful').on(table.firstSeenAt, table.id, table.county).where(WORK_CONDITIONS.doubtful()),
    index('notices_doubtful_county').on(table.county, table.firstSeenAt, table.id).where(WORK_CONDITIONS.doubtful()),
    index('notices_correcting').on(table.firstSeenAt, table.id, table.county).where(WORK_CONDITIONS.correcting()),
    index('notices_correcting_county')
      .on(table.county, table.firstSeenAt, table.id)
      .where(WORK_CONDITIONS.correcting()),
    index('notices_amount')
      .on(table.amountFen, table.id, table.category, table.stage, table.county, table.isPublic)
      .where(sql`is_public = 1 AND amount_fen IS NOT NULL`),
  ],
  {
    rules: {
      deadline: '(deadline_at IS NULL) = (deadline_precision IS NULL)',
      opening: '(opening_at IS NULL) = (opening_precision IS NULL)',
      amount: '(amount_fen IS NULL) = (amount_kind IS NULL)',
      superseded: '(superseded_by IS NULL) = (superseded_how IS NULL)',
      removed: 'removed_at IS NULL OR withdrawn_at IS NOT NULL',
    },
  },
);

/**
 * What the public may see: the web role reads notices only through this view (`SELECT * FROM notices WHERE is_public = 1`,
 * created in migration 0001).
 */
export const publishedNotices = sqliteView('published_notices', noticeColumns()).existing();

/**
 * Every version of a notice: that there was one, when and why. Append-only without exception: it stays when the content is masked or
 * destroyed. The seal tells whether content that somebody shows is the one that was published, and without the salt nothing else.
 */
export const noticeRevisions = table(
  'notice_revisions',
  {
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    version: number(1).notNull(),
    /** The version whose content it has: its own, or an earlier one of a withdrawal, which changes nothing else. */
    contentVersion: number(1).notNull(),
    /** SHA-256 (hex) of salt and content, as `notice_contents` had them at first; null where it has an earlier version's. */
    seal: text(),
    publishedAt: instant().notNull(),
    reason: oneOf(VERSION_REASONS).notNull(),
    rawItemId: integer().references((): AnySQLiteColumn => rawItems.id),
    /** Whoever made it, an `Actor`; `unknown` before actors were noted. */
    actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.version] })],
  {
    rules: {
      content: "content_version = version OR reason = 'withdrawn' AND content_version < version",
      sealed: '(seal IS NOT NULL) = (content_version = version)',
    },
  },
);

/** What versions of notices say, while it may be kept: masked or destroyed only together with a row of `redactions` (triggers). */
export const noticeContents = table(
  'notice_contents',
  {
    noticeId: text().notNull(),
    version: number(1).notNull(),
    /** Canonical JSON (RFC 8785) of the version's public content, with the sanitized, screened body. */
    content: jsonText().notNull(),
    /** SHA-256 (hex) of `content`: what pages, API and mirrors show. */
    hash: text().notNull(),
    /** 32 random bytes in hex. Destroyed together with the content, out of whose seal nothing can then be computed. */
    salt: text().notNull(),
    /** Version of the sanitizing and screening rules that made the content. */
    sanitizerVersion: number().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.noticeId, table.version] }),
    foreignKey({
      columns: [table.noticeId, table.version],
      foreignColumns: [noticeRevisions.noticeId, noticeRevisions.version],
    }),
    index('notice_contents_sanitizer').on(table.sanitizerVersion, table.noticeId, table.version),
  ],
);

/**
 * The versions of notices that can be shown, each with what it says: `notice_revisions` with `notice_contents`. A withdrawal has the
 * content of what was withdrawn.
 */
export const noticeVersions = sqliteView('notice_versions', {
  noticeId: text('notice_id').notNull(),
  version: integer('version').notNull(),
  content: text('content').notNull(),
  hash: text('hash').notNull(),
  publishedAt: text('published_at').notNull(),
  reason: oneOf(VERSION_REASONS, 'reason').notNull(),
  rawItemId: integer('raw_item_id'),
  sanitizerVersion: integer('sanitizer_version').notNull(),
  actor: text('actor').$type<Actor>().notNull(),
}).existing();

/** Plain text of the current version's body, for snippets and the full-text index. */
export const noticeTexts = table('notice_texts', {
  noticeId: text()
    .primaryKey()
    .references(() => notices.id),
  body: text().notNull(),
});

/** Numbers of public notices by category, stage, county and Shanghai year; kept by triggers, checked by `verify`. */
export const noticeCounts = table(
  'notice_counts',
  {
    category: oneOf(CATEGORY_SLUGS).notNull(),
    stage: oneOf(STAGE_SLUGS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    year: number(1900, 9999).notNull(),
    total: number().notNull(),
  },
  (table) => [primaryKey({ columns: [table.category, table.stage, table.county, table.year] })],
  { withoutRowid: true },
);

/** One procurement or disposal process: joins the notices of one project code. */
export const projects = table(
  'projects',
  {
    id: text().primaryKey(),
    /** Normalised code; null when the project is a single notice without one. */
    code: text(),
    title: text().notNull(),
    category: oneOf(CATEGORY_SLUGS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    buyer: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [index('projects_code').on(table.code)],
);

/** Attachment facts. Files stay at their source; a failing attachment never rejects its notice. */
export const attachments = table(
  'attachments',
  {
    noticeId: text()
      .notNull()
      .references(() => notices.id),
    position: number().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    mediaType: text(),
    size: number(),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.position] })],
);

/** Codes of a notice in compact form and every suffix of four or more characters: exact "contains" by prefix look-up. */
export const codeKeys = table(
  'code_keys',
  {
    key: text().notNull(),
    noticeId: text()
      .notNull()
      .references(() => notices.id),
    /** True when `key` is the whole code. */
    whole: flag().notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.noticeId] }), index('code_keys_notice').on(table.noticeId)],
  { withoutRowid: true },
);
