import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { County } from '#src/domain/counties/counties.ts';
import type { IncompleteExposure, Supplement } from '#src/domain/exposures/incomplete.ts';
import type { ExposureEventKind } from '#src/domain/exposures/life-cycle.ts';
import type { MisconductType } from '#src/domain/exposures/misconduct.ts';
import type { Board, SubjectType } from '#src/domain/exposures/registry.ts';
import { sources } from './sources.ts';

const NOT_WITHHELD = sql`withheld = 0`;

/**
 * Entries of the exposure board and the blacklist: slim columns for filters and matching; what an entry says is in its version.
 * There is no state column: an entry is public while `public_from <= now < public_until`, judged when somebody asks.
 */
export const exposures = sqliteTable(
  'exposures',
  {
    /** A function of board, decision number and subject. */
    id: text().primaryKey(),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    version: integer().notNull(),
    board: text().$type<Board>().notNull(),
    county: text().$type<County>().notNull(),
    subjectType: text().$type<SubjectType>().notNull(),
    /** `nameKey` of an organization; the masked name of a natural person, which no key ever equals. */
    subjectKey: text().notNull(),
    subjectUscc: text(),
    misconduct: text().$type<MisconductType>().notNull(),
    /** `normaliseDecisionNo` of the decision's number; list and day for lists that give none. */
    decisionKey: text().notNull(),
    authority: text().notNull(),
    /** `YYYY-MM-DD`. */
    decisionDate: text().notNull(),
    publicFrom: text().notNull(),
    /** Its period, or the repair, the revocation or `endedAt` that cut it short. Exclusive. */
    publicUntil: text().notNull(),
    /** Since when the other portal that told the entry publishes it no longer; null while it does, and for entries of ours. */
    endedAt: text(),
    /** Never public: a minor record without a reason to publish it. */
    withheld: integer({ mode: 'boolean' }).notNull(),
    firstSeenAt: text().notNull(),
    updatedAt: text().notNull(),
    lastSeenAt: text().notNull(),
    /** Gone from the feed since. */
    goneAt: text(),
  },
  (table) => [
    uniqueIndex('exposures_identity').on(table.decisionKey, table.subjectKey, table.board),
    index('exposures_source').on(table.sourceKey, table.sourceItemId),
    index('exposures_board').on(table.board, table.decisionDate, table.id).where(NOT_WITHHELD),
    index('exposures_until').on(table.publicUntil).where(NOT_WITHHELD),
    index('exposures_subject').on(table.subjectKey, table.publicUntil).where(NOT_WITHHELD),
    index('exposures_uscc')
      .on(table.subjectUscc, table.publicUntil)
      .where(sql`withheld = 0 AND subject_uscc IS NOT NULL`),
  ],
);

/** Every version of an entry, append-only (triggers refuse DELETE, and every UPDATE but that of a redaction). Kept after publication has ended; not public then. */
export const exposureVersions = sqliteTable(
  'exposure_versions',
  {
    exposureId: text().notNull(),
    version: integer().notNull(),
    /** Canonical JSON (RFC 8785) of an `ExposureContent`. */
    content: text().notNull(),
    /** SHA-256 (hex) of `content`. */
    hash: text().notNull(),
    recordedAt: text().notNull(),
    reason: text({ enum: ['created', 'changed'] }).notNull(),
    rawItemId: integer(),
    /** Version of the screening rules that made the content; 0 before they were noted. */
    policy: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.exposureId, table.version] }),
    index('exposure_versions_policy').on(table.policy, table.exposureId, table.version),
  ],
);

/** Objection, correction, repair, revocation: append-only. */
export const exposureEvents = sqliteTable(
  'exposure_events',
  {
    exposureId: text().notNull(),
    kind: text().$type<ExposureEventKind>().notNull(),
    /** When it takes effect. */
    at: text().notNull(),
    /** Document or ground, in words. */
    basis: text().notNull(),
    recordedAt: text().notNull(),
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
export const incompleteExposures = sqliteTable(
  'incomplete_exposures',
  {
    /** A function of source and item. */
    id: text().primaryKey(),
    sourceKey: text()
      .notNull()
      .references(() => sources.key),
    sourceItemId: text().notNull(),
    said: text({ mode: 'json' }).$type<IncompleteExposure>().notNull(),
    /** Fields that the source does not give. */
    missing: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** What staff added; taken into account whenever the item is judged again. */
    supplement: text({ mode: 'json' }).$type<Supplement>(),
    /** The entry that it became. */
    exposureId: text(),
    firstSeenAt: text().notNull(),
    updatedAt: text().notNull(),
  },
  (table) => [uniqueIndex('incomplete_exposures_item').on(table.sourceKey, table.sourceItemId)],
);
