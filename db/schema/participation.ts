import { blob, index, integer, text } from 'drizzle-orm/sqlite-core';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { APPLICANT_TYPE_KEYS, DISCLOSURE_DECISION_KEYS } from '#src/domain/disclosure/decisions.ts';
import { CASE_EVENT_KEYS } from '#src/domain/participation/case.ts';
import { PAUSE_CAUSE_KEYS } from '#src/domain/participation/clock.ts';
import { LEDGER_ENTRY_KEYS } from '#src/domain/participation/figures.ts';
import { SUBMISSION_KIND_KEYS } from '#src/domain/participation/kinds.ts';
import { day, fen, flag, instant, number, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

/**
 * What people sent in, sealed: nobody reads it without the identity that the staff role alone has. No address, no name, no time finer than
 * a day; rows lie in the order of random ids, so that their order tells no time either. Append-only.
 */
export const publicSubmissions = table(
  'public_submissions',
  {
    id: text().primaryKey(),
    /** As what it is handled: what was filed as a request for information may be moved to where it belongs. */
    kind: oneOf(SUBMISSION_KIND_KEYS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    /** The notice that it is about. */
    noticeId: text().references(() => notices.id),
    receivedOn: day().notNull(),
    /** HMAC-SHA-256 (hex) of the receipt code, keyed with a pepper that is not in the database. */
    receiptHash: text().notNull().unique(),
    /** The fields as JSON, sealed with age to the staff's key. */
    sealed: blob({ mode: 'buffer' }).notNull(),
    /** SHA-256 (hex) of a salt that only the receipt has, and of what was sent: proves having sent it. */
    commitment: text().notNull(),
    /** HMAC-SHA-256 (hex) of the words, to find the same again; null for tip-offs, whose words nobody may try out. */
    fingerprint: text(),
    /** Whom answers are sealed to, and what opens them, itself sealed with the receipt code. */
    replyRecipient: text().notNull(),
    replyIdentity: blob({ mode: 'buffer' }).notNull(),
    /** Whether the browser did the asked work. */
    wasWorkedFor: flag().notNull(),
    /** Of what was filed as a request for information: the column of table three that it counts in. */
    applicantType: oneOf(APPLICANT_TYPE_KEYS),
  },
  (table) => [
    index('public_submissions_received').on(table.receivedOn),
    index('public_submissions_fingerprint').on(table.fingerprint),
    index('public_submissions_notice').on(table.noticeId),
  ],
  { withoutRowid: true },
);

/** Files that came with a submission or an addition to it, or that staff gave with an answer, sealed with their names. Append-only. */
export const publicSubmissionFiles = table(
  'public_submission_files',
  {
    id: text().primaryKey(),
    submissionId: text()
      .notNull()
      .references(() => publicSubmissions.id),
    /** Bytes before sealing. */
    size: number().notNull(),
    /** The addition that it came with; null where it came with the submission. */
    additionId: text().references(() => publicAdditions.id),
    /** The answer that staff gave it with: then it is sealed to the person too; null for what came in. */
    eventSeq: integer().references(() => caseEvents.seq),
    sealedName: blob({ mode: 'buffer' }).notNull(),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [
    index('public_submission_files_submission').on(table.submissionId),
    index('public_submission_files_addition').on(table.additionId),
    index('public_submission_files_event').on(table.eventSeq),
  ],
);

/** What people added to a submission with its receipt code, sealed. Append-only. */
export const publicAdditions = table(
  'public_additions',
  {
    id: text().primaryKey(),
    submissionId: text()
      .notNull()
      .references(() => publicSubmissions.id),
    receivedOn: day().notNull(),
    /** The last event of the case that the person had seen: the addition follows it. */
    afterEvent: number().notNull(),
    sealed: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [index('public_additions_submission').on(table.submissionId)],
);

/** Tokens of forms that were used: none counts twice. Kept until the end of the day on which they would be over. */
export const usedFormTokens = table(
  'used_form_tokens',
  {
    /** SHA-256 (hex) of the token. */
    hash: text().primaryKey(),
    expiresOn: day().notNull(),
  },
  (table) => [index('used_form_tokens_expires').on(table.expiresOn)],
  { withoutRowid: true },
);

/** What staff did with submissions. Append-only: state, owner and due day follow from it. */
export const caseEvents = table(
  'case_events',
  {
    seq: integer().primaryKey(),
    submissionId: text()
      .notNull()
      .references(() => publicSubmissions.id),
    kind: oneOf(CASE_EVENT_KEYS).notNull(),
    occurredOn: day().notNull(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    ownerId: text().references(() => staffAccounts.id),
    department: text(),
    days: number(1),
    cause: oneOf(PAUSE_CAUSE_KEYS),
    /** Of an answer to a request for information. */
    decision: oneOf(DISCLOSURE_DECISION_KEYS),
    /** Of a pause for a fee: how much is asked. */
    fee: fen(),
    /** Words, sealed to the staff's key, and to the person's where they are for the person. */
    sealed: blob({ mode: 'buffer' }),
    isForPerson: flag().notNull(),
  },
  (table) => [index('case_events_submission').on(table.submissionId, table.seq)],
);

/** Questions with their answers, written for the public: released by another person than who wrote them. */
export const publicAnswers = table(
  'public_answers',
  {
    id: text().primaryKey(),
    submissionId: text()
      .notNull()
      .unique()
      .references(() => publicSubmissions.id),
    kind: oneOf(SUBMISSION_KIND_KEYS).notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    noticeId: text().references(() => notices.id),
    askedOn: day().notNull(),
    answeredOn: day().notNull(),
    question: text().notNull(),
    answer: text().notNull(),
    /** Folded words of both, for searching. */
    searchText: text().notNull(),
    writtenBy: text()
      .notNull()
      .references(() => staffAccounts.id),
    writtenAt: instant().notNull(),
    releasedBy: text().references(() => staffAccounts.id),
    releasedAt: instant(),
    withdrawnAt: instant(),
  },
  (table) => [index('public_answers_notice').on(table.noticeId), index('public_answers_released').on(table.releasedAt)],
  { rules: { two_people: 'released_by IS NULL OR released_by <> written_by' } },
);

/** Entries of the transfer ledger 转办台账 that did not come in as submissions. Append-only. */
export const ledgerEntries = table(
  'ledger_entries',
  {
    seq: integer().primaryKey(),
    kind: oneOf(LEDGER_ENTRY_KEYS).notNull(),
    occurredOn: day().notNull(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    /** Calls, complaints or bidders. */
    count: number(1).notNull(),
    department: text().notNull(),
    outcome: text().notNull(),
    accountId: text()
      .notNull()
      .references(() => staffAccounts.id),
    at: instant().notNull(),
  },
  (table) => [index('ledger_entries_occurred').on(table.occurredOn)],
);

/** Mails that say that there is something new, without what: the address is in the submission, sealed. A row for each event told of. */
export const caseMails = table(
  'case_notices',
  {
    eventSeq: integer()
      .primaryKey()
      .references(() => caseEvents.seq),
    attempts: number().notNull().default(0),
    dueAt: instant().notNull(),
    state: oneOf(['pending', 'sent', 'dead']).notNull(),
  },
  (table) => [index('case_notices_due').on(table.state, table.dueAt)],
);

/** Submissions whose content was destroyed when its time was over; what figures count stays. Append-only. */
export const caseErasures = table('case_erasures', {
  submissionId: text()
    .primaryKey()
    .references(() => publicSubmissions.id),
  erasedOn: day().notNull(),
  /** How many years it had been kept since its end. */
  years: number(1).notNull(),
});
