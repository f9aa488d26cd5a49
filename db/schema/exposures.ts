import { sql } from 'drizzle-orm';
import {
  type AnySQLiteColumn,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteView,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { IncompleteExposure, Supplement } from '#src/domain/exposures/incomplete.ts';
import { EXPOSURE_EVENT_KEYS } from '#src/domain/exposures/life-cycle.ts';
import { MISCONDUCT_KEYS } from '#src/domain/exposures/misconduct.ts';
import { BOARD_KEYS, SUBJECT_TYPE_KEYS } from '#src/domain/exposures/registry.ts';
import { day, flag, instant, json, jsonText, number, oneOf } from './columns.ts';
import { rawItems, sources } from './sources.ts';
import { table } from './table.ts';

const NOT_WITHHELD = sql`withheld = 0`;

/**
 * Entries of the exposure board and the blacklist: slim columns for filters and matching; what an entry says is in its version.
 * There is no state column: an entry is public while `public_from <= now < public_until`, judged when somebody asks.
 */
export const exposures = table(
  'exposures',
  {
    /** A function of board, decision number and subject. */
    id: text().primaryKey(),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    version: number(1).notNull(),
    board: oneOf(BOARD_KEYS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    subjectType: oneOf(SUBJECT_TYPE_KEYS).notNull(),
    /** `nameKey` of an organization; the masked name of a natural person, which no key ever equals. */
    subjectKey: text().notNull(),
    subjectUscc: text(),
    misconduct: oneOf(MISCONDUCT_KEYS).notNull(),
    /** `normaliseDecisionNo` of the decision's number; list and day for lists that give none. */
    decisionKey: text().notNull(),
    authority: text().notNull(),
    /** `YYYY-MM-DD`. */
    decisionDate: day().notNull(),
    publicFrom: instant().notNull(),
    /** Its period, or the repair, the revocation or `endedAt` that cut it short. Exclusive. */
    publicUntil: instant().notNull(),
    /** Since when the other portal that told the entry publishes it no longer; null while it does, and for entries of ours. */
    endedAt: instant(),
    /** Never public: a minor record without a reason to publish it. */
    withheld: flag().notNull(),
    firstSeenAt: instant().notNull(),
    updatedAt: instant().notNull(),
    lastSeenAt: instant().notNull(),
    /** Gone from the feed since. */
    goneAt: instant(),
    /** What it said was destroyed by law; it is withheld as well, and nothing is published under its id again. */
    removedAt: instant(),
  },
  (table) => [
    foreignKey({
      columns: [table.id, table.version],
      foreignColumns: [exposureRevisions.exposureId, exposureRevisions.version],
    }),
    uniqueIndex('exposures_identity').on(table.decisionKey, table.subjectKey, table.board),
    index('exposures_source').on(table.sourceKey, table.sourceItemId),
    index('exposures_board').on(table.board, table.decisionDate, table.id).where(NOT_WITHHELD),
    index('exposures_until').on(table.publicUntil).where(NOT_WITHHELD),
    index('exposures_subject').on(table.subjectKey, table.publicUntil).where(NOT_WITHHELD),
    index('exposures_uscc')
      .on(table.subjectUscc, table.publicUntil)
      .where(sql`withheld = 0 AND subject_uscc IS NOT NULL`),
  ],
  { rules: { removed: 'removed_at IS NULL OR withheld = 1' } },
);

/** Every version of an entry: that there was one, when and why. Append-only without exception, as `notice_revisions`. */
export const exposureRevisions = table(
  'exposure_revisions',
  {
    exposureId: text()
      .notNull()
      .references((): AnySQLiteColumn => exposures.id),
    version: number(1).notNull(),
    /** SHA-256 (hex) of salt and content, as `exposure_contents` had them at first. */
    seal: text().notNull(),
    recordedAt: instant().notNull(),
    reason: oneOf(['created', 'changed']).notNull(),
    rawItemId: integer().references((): AnySQLiteColumn => rawItems.id),
    /** Whoever made it, an `Actor`; `unknown` before actors were noted. */
    actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
  },
  (table) => [primaryKey({ columns: [table.exposureId, table.version] })],
);

/** What versions of entries say, while it may be kept: as `notice_contents`. */
export const exposureContents = table(
  'exposure_contents',
  {
    exposureId: text().notNull(),
    version: number(1).notNull(),
    /** Canonical JSON (RFC 8785) of an `ExposureContent`. */
    content: jsonText().notNull(),
    /** SHA-256 (hex) of `content`. */
    hash: text().notNull(),
    /** 32 random bytes in hex; destroyed together with the content. */
    salt: text().notNull(),
    /** Version of the screening rules that made the content; 0 before they were noted. */
    sanitizerVersion: number().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.exposureId, table.version] }),
    foreignKey({
      columns: [table.exposureId, table.version],
      foreignColumns: [exposureRevisions.exposureId, exposureRevisions.version],
    }),
    index('exposure_contents_sanitizer').on(table.sanitizerVersion, table.exposureId, table.version),
  ],
);

/** The versions of entries that can be shown, each with what it says: `exposure_revisions` with `exposure_contents`. */
export const exposureVersions = sqliteView('exposure_versions', {
  exposureId: text('exposure_id').notNull(),
  version: integer('version').notNull(),
  content: text('content').notNull(),
  hash: text('hash').notNull(),
  recordedAt: text('recorded_at').notNull(),
  reason: oneOf(['created', 'changed'], 'reason').notNull(),
  rawItemId: integer('raw_item_id'),
  sanitizerVersion: integer('sanitizer_version').notNull(),
  actor: text('actor').$type<Actor>().notNull(),
}).existing();

/** Objection, correction, repair, revocation: append-only. */
export const exposureEvents = table(
  'exposure_events',
  {
    exposureId: text()
      .notNull()
      .references(() => exposures.id),
    kind: oneOf(EXPOSURE_EVENT_KEYS).notNull(),
    /** When it takes effect. */
    at: instant().notNull(),
    /** Document or ground, in words; empty once what the entry said was destroyed by law. */
    basis: text().notNull(),
    recordedAt: instant().notNull(),
    /** Whoever made it, an `Actor`; `unknown` before actors were noted. */
    actor: text().$type<Actor>().notNull().default(sql`'unknown'`),
  },
  (table) => [
    primaryKey({ columns: [table.exposureId, table.kind, table.at] }),
    index('exposure_events_at').on(table.at),
  ],
);

/**
 * Records of sources that lack what an entry must say: number, day, authority, subject. Kept for staff, who may complete them.
 * Nothing joins them to anybody: an entry is made only when nothing is missing any more.
 */
export const incompleteExposures = table(
  'incomplete_exposures',
  {
    /** A function of source and item. */
    id: text().primaryKey(),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    said: json<IncompleteExposure>('object').notNull(),
    /** Fields that the source does not give. */
    missing: json<string[]>('array').notNull(),
    /** What staff added; taken into account whenever the item is judged again. */
    supplement: json<Supplement>('object'),
    /** The entry that it became. */
    exposureId: text().references(() => exposures.id),
    firstSeenAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    uniqueIndex('incomplete_exposures_item').on(table.sourceKey, table.sourceItemId),
    index('incomplete_exposures_exposure').on(table.exposureId).where(sql`exposure_id IS NOT NULL`),
  ],
);
