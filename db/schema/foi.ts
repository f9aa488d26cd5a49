import { blob, index, integer, text, unique } from 'drizzle-orm/sqlite-core';
import { DELIVERY_KEYS, LETTER_KEYS } from '#src/domain/foi/letter-kinds.ts';
import { REVIEW_KIND_KEYS, REVIEW_OUTCOME_KEYS } from '#src/domain/foi/reviews.ts';
import { TOPIC_DECISION_KEYS } from '#src/domain/foi/topics.ts';
import { day, flag, instant, jsonText, number, oneOf } from './columns.ts';
import { caseEvents, publicSubmissions } from './participation.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

/** Letters on requests for information, each with its number of a year. Append-only. */
export const foiLetters = table(
  'foi_letters',
  {
    id: text().primaryKey(),
    submissionId: text()
      .notNull()
      .references(() => publicSubmissions.id),
    /** The step that it tells of; null for a letter that tells of none. */
    eventSeq: integer().references(() => caseEvents.seq),
    kind: oneOf(LETTER_KEYS).notNull(),
    year: number(2000, 2100).notNull(),
    serial: number(1).notNull(),
    issuedOn: day().notNull(),
    /** JSON of a `Letter`, sealed to the staff's key, and to the person's where it is for the person. */
    sealed: blob({ mode: 'buffer' }).notNull(),
    isForPerson: flag().notNull(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
  },
  (table) => [
    unique('foi_letters_number').on(table.year, table.serial),
    index('foi_letters_submission').on(table.submissionId),
    index('foi_letters_event').on(table.eventSeq),
  ],
);

/** When and how letters reached whom they are for. Append-only. */
export const foiDeliveries = table(
  'foi_deliveries',
  {
    seq: integer().primaryKey(),
    letterId: text()
      .notNull()
      .references(() => foiLetters.id),
    submissionId: text()
      .notNull()
      .references(() => publicSubmissions.id),
    method: oneOf(DELIVERY_KEYS).notNull(),
    deliveredOn: day().notNull(),
    /** Number of the mailing, or who signed: sealed to the staff's key. */
    sealed: blob({ mode: 'buffer' }),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    at: instant().notNull(),
  },
  (table) => [
    index('foi_deliveries_letter').on(table.letterId),
    index('foi_deliveries_submission').on(table.submissionId),
  ],
);

/** Reconsiderations and lawsuits about requests for information: the ledger of table four. Append-only. */
export const foiReviews = table(
  'foi_reviews',
  {
    id: text().primaryKey(),
    kind: oneOf(REVIEW_KIND_KEYS).notNull(),
    /** The request that it is about, where that came in here. */
    submissionId: text().references(() => publicSubmissions.id),
    filedOn: day().notNull(),
    /** The authority or court. */
    body: text().notNull(),
    number: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    at: instant().notNull(),
  },
  (table) => [index('foi_reviews_filed').on(table.filedOn), index('foi_reviews_submission').on(table.submissionId)],
);

/** How they ended. Append-only. */
export const foiReviewOutcomes = table('foi_review_outcomes', {
  reviewId: text()
    .primaryKey()
    .references(() => foiReviews.id),
  outcome: oneOf(REVIEW_OUTCOME_KEYS).notNull(),
  decidedOn: day().notNull(),
  accountId: text()
    .notNull()
    .references(() => staffAccounts.id),
  at: instant().notNull(),
});

/** What requests are about, in words for the public, and whether it is published of our own accord: decided and released by two people. */
export const foiTopics = table(
  'foi_topics',
  {
    id: text().primaryKey(),
    name: text().notNull().unique(),
    createdOn: day().notNull(),
    decision: oneOf(TOPIC_DECISION_KEYS),
    reason: text(),
    decidedOn: day(),
    decidedBy: text().references(() => staffAccounts.id),
    /** Path on this site where it is published. */
    publishedPath: text(),
    publishedOn: day(),
    /** Who let the public read it. */
    releasedBy: text().references(() => staffAccounts.id),
    releasedAt: instant(),
  },
  () => [],
  { rules: { two_people: 'released_by IS NULL OR released_by <> decided_by' } },
);

/** Which topic a request is about. */
export const foiRequestTopics = table(
  'foi_request_topics',
  {
    submissionId: text()
      .primaryKey()
      .references(() => publicSubmissions.id),
    topicId: text()
      .notNull()
      .references(() => foiTopics.id),
  },
  (table) => [index('foi_request_topics_topic').on(table.topicId)],
);

/** Holiday plans that staff entered; of two for a year the later one counts. Append-only. */
export const holidayPlans = table('holiday_plans', {
  seq: integer().primaryKey(),
  year: number(2000, 2100).notNull(),
  /** The number of the document that published it. */
  document: text().notNull(),
  /** In the format of holiday-cn. */
  plan: jsonText().notNull(),
  accountId: text()
    .notNull()
    .references(() => staffAccounts.id),
  at: instant().notNull(),
});
