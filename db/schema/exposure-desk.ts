import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { EXCHANGE_CHANNEL_KEYS, EXCHANGE_DIRECTION_KEYS, EXCHANGE_RESULT_KEYS } from '#src/domain/exchange/exchange.ts';
import { ENDING_OUTCOMES, EXPOSURE_CASE_KEYS } from '#src/domain/exposures/cases/cases.ts';
import { EXPOSURE_DRAFT_STATE_KEYS } from '#src/domain/exposures/drafts/states.ts';
import { EXPOSURE_DRAFT_EVENTS } from '#src/domain/exposures/drafts/transitions.ts';
import { day, flag, instant, json, jsonText, number, oneOf } from './columns.ts';
import { exposures } from './exposures.ts';
import { files } from './files.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

const account = () => text().references((): AnySQLiteColumn => staffAccounts.id);

/** Entries of the exposure board that staff write: where each stands, and what it says. Names of natural persons stand masked here already. */
export const exposureDrafts = table(
  'exposure_drafts',
  {
    id: text().primaryKey(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    state: oneOf(EXPOSURE_DRAFT_STATE_KEYS).notNull(),
    /** Rises with everything that happens to the draft: whoever acts says which one they saw. */
    revision: number(1).notNull(),
    /** Canonical JSON (RFC 8785) of an `ExposureForm`. */
    content: jsonText().notNull(),
    /** SHA-256 (hex) of `content`. */
    hash: text().notNull(),
    // Of the content, for lists.
    partyName: text().notNull(),
    decisionNo: text().notNull(),
    /** `normaliseDecisionNo` of it: duplicates are found by it. '' for none, and of drafts that nobody has touched since it is kept. */
    decisionKey: text().notNull().default(''),
    /** Who wrote what it says at the moment. */
    authorId: account().notNull(),
    releaserId: account(),
    /** Hash of what was released. */
    releasedHash: text(),
    /** The entry that it became. */
    exposureId: text().references((): AnySQLiteColumn => exposures.id),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('exposure_drafts_queue').on(table.state, table.county, table.updatedAt),
    index('exposure_drafts_exposure').on(table.exposureId),
    index('exposure_drafts_decision').on(table.decisionKey).where(sql`decision_key <> ''`),
  ],
  {
    rules: {
      two: 'releaser_id IS NULL OR releaser_id <> author_id',
      released:
        "(state = 'released') = (releaser_id IS NOT NULL) AND (state = 'released') = (exposure_id IS NOT NULL) AND (releaser_id IS NULL OR released_hash IS hash)",
    },
  },
);

/** What the decision is proved by, as staff attached it for whoever releases the entry. Sealed: nothing of it is published. */
export const exposureEvidence = table(
  'exposure_evidence',
  {
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => exposureDrafts.id),
    sha256: text()
      .notNull()
      .references((): AnySQLiteColumn => files.sha256),
    name: text().notNull(),
    accountId: account().notNull(),
    at: instant().notNull(),
    /** When it was taken off again; null while it counts. */
    removedAt: instant(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.sha256] }), index('exposure_evidence_file').on(table.sha256)],
);

/** Everything that happened to such a draft: one row for each revision. Append-only. */
export const exposureDraftEvents = table(
  'exposure_draft_events',
  {
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => exposureDrafts.id),
    /** The revision that it led to. */
    revision: number(1).notNull(),
    at: instant().notNull(),
    accountId: account().notNull(),
    event: oneOf(['create', ...EXPOSURE_DRAFT_EVENTS]).notNull(),
    toState: oneOf(EXPOSURE_DRAFT_STATE_KEYS).notNull(),
    hash: text().notNull(),
    /** Opinion or ground; '' for none. */
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.revision] })],
);

/** Objections to entries, repairs, and decisions that were revoked, each with its clock. */
export const exposureCases = table(
  'exposure_cases',
  {
    id: text().primaryKey(),
    exposureId: text()
      .notNull()
      .references((): AnySQLiteColumn => exposures.id),
    county: oneOf(COUNTY_SLUGS).notNull(),
    kind: oneOf(EXPOSURE_CASE_KEYS).notNull(),
    revision: number(1).notNull(),
    /** The day on which it came in. */
    receivedOn: day().notNull(),
    /** What it says, and what it is based on. */
    ground: text().notNull(),
    dueAt: instant().notNull(),
    /** Whether the holiday plan of a year that the clock crosses was on record. */
    isDueCertain: flag().notNull(),
    /** Others have to help: the longer limit counts. */
    isExtended: flag().notNull().default(false),
    openedBy: account().notNull(),
    openedAt: instant().notNull(),
    /** What came of it, a key of the kind's outcomes; null while it is open. */
    outcome: text(),
    /** Document or ground of the outcome. */
    basis: text(),
    decidedBy: account(),
    decidedAt: instant(),
  },
  (table) => [
    index('exposure_cases_open').on(table.outcome, table.dueAt),
    index('exposure_cases_exposure').on(table.exposureId, table.openedAt),
  ],
  {
    rules: {
      decided:
        '(outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (basis IS NULL)',
      two: `outcome IS NULL OR outcome NOT IN (${ENDING_OUTCOMES.map((outcome) => `'${outcome}'`).join(', ')}) OR decided_by <> opened_by`,
    },
  },
);

/** What went between the centre and supervising departments, one row for each record. Append-only. */
export const exchangeRecords = table(
  'exchange_records',
  {
    seq: integer().primaryKey(),
    at: instant().notNull(),
    direction: oneOf(EXCHANGE_DIRECTION_KEYS).notNull(),
    channel: oneOf(EXCHANGE_CHANNEL_KEYS).notNull(),
    /** The department or county at the other end. */
    partner: text().notNull(),
    county: oneOf(COUNTY_SLUGS),
    /** Number of the decision as it was given; '' where it gave none. */
    decisionNo: text().notNull(),
    /** `normaliseDecisionNo` of it: duplicates are found by it. */
    decisionKey: text().notNull(),
    /** SHA-256 (hex) of what was handed over. */
    hash: text().notNull(),
    result: oneOf(EXCHANGE_RESULT_KEYS).notNull(),
    /** Why it was not taken; empty where it was. */
    reasons: json<string[]>('array').notNull(),
    /** The entry that it is about, or the draft that it became, where there is one. */
    exposureId: text(),
    draftId: text(),
    actor: text().$type<Actor>().notNull(),
  },
  (table) => [
    index('exchange_records_decision').on(table.decisionKey, table.seq),
    index('exchange_records_partner').on(table.partner, table.seq),
  ],
);
