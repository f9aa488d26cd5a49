import { type AnySQLiteColumn, index, integer, primaryKey, text } from 'drizzle-orm/sqlite-core';
import type { Actor } from '#src/domain/actors.ts';
import { ARTICLE_KIND_KEYS } from '#src/domain/articles/kinds.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { DRAFT_STATE_KEYS } from '#src/domain/drafts/states.ts';
import { DRAFT_EVENTS } from '#src/domain/drafts/transitions.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { articles } from './articles.ts';
import { flag, instant, jsonText, number, oneOf } from './columns.ts';
import { notices } from './notices.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

const account = () => text().references((): AnySQLiteColumn => staffAccounts.id);

/** States that a draft reaches only with both approvals of what it says. */
const APPROVED = "state NOT IN ('scheduled', 'published', 'corrected', 'clarified', 'withdrawn', 'archived')";

/** What the console writes, from its first word to the archive: where each draft stands, and what it says at the moment. */
export const drafts = table(
  'drafts',
  {
    id: text().primaryKey(),
    county: oneOf(COUNTY_SLUGS).notNull(),
    state: oneOf(DRAFT_STATE_KEYS).notNull(),
    /** Rises with everything that happens to the draft: whoever acts says which one they saw. */
    revision: number(1).notNull(),
    /** Number of the version that `content` is. */
    version: number(1).notNull(),
    /** Canonical JSON (RFC 8785) of an `AnyContent`. */
    content: jsonText().notNull(),
    /** SHA-256 (hex) of `content`. */
    hash: text().notNull(),
    // Of the content, for lists.
    title: text().notNull(),
    category: oneOf(CATEGORY_SLUGS),
    /** Of a notice. */
    stage: oneOf(STAGE_SLUGS),
    /** Of an article. */
    articleKind: oneOf(ARTICLE_KIND_KEYS),
    /** The notice that it corrects, explains, suspends, resumes, ends or takes back. */
    originalNoticeId: text().references((): AnySQLiteColumn => notices.id),
    /** The article that it corrects or takes back. */
    originalArticleId: text().references((): AnySQLiteColumn => articles.id),
    authorId: account().notNull(),
    firstReviewerId: account(),
    /** Hash of what the reviewer approved. */
    firstHash: text(),
    finalReviewerId: account(),
    finalHash: text(),
    /** When it is released; there from the last approval on. */
    scheduledAt: instant(),
    urgent: flag().notNull().default(false),
    /** When the present step has to be done, by working days; null where nobody has to do anything. */
    dueAt: instant(),
    /** The notice that it became. */
    noticeId: text().references((): AnySQLiteColumn => notices.id),
    noticeVersion: number(1),
    /** The article that it became. */
    articleId: text().references((): AnySQLiteColumn => articles.id),
    articleVersion: number(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [
    index('drafts_queue').on(table.state, table.county, table.dueAt),
    index('drafts_county').on(table.county, table.updatedAt),
    index('drafts_author').on(table.authorId, table.state),
    index('drafts_scheduled').on(table.state, table.scheduledAt),
    index('drafts_notice').on(table.noticeId),
    index('drafts_original').on(table.originalNoticeId),
    index('drafts_article').on(table.articleId),
    index('drafts_original_article').on(table.originalArticleId),
  ],
  {
    rules: {
      first: 'first_reviewer_id IS NULL OR first_reviewer_id <> author_id',
      final:
        'final_reviewer_id IS NULL OR (final_reviewer_id <> author_id AND first_reviewer_id IS NOT NULL AND final_reviewer_id <> first_reviewer_id)',
      first_hash: '(first_reviewer_id IS NULL) = (first_hash IS NULL)',
      final_hash: '(final_reviewer_id IS NULL) = (final_hash IS NULL)',
      approved: `${APPROVED} OR (first_hash IS hash AND final_hash IS hash AND scheduled_at IS NOT NULL)`,
      released: '(notice_id IS NULL) = (notice_version IS NULL) AND (article_id IS NULL) = (article_version IS NULL)',
      subject: '(article_kind IS NULL) = (stage IS NOT NULL) AND (article_kind IS NOT NULL OR category IS NOT NULL)',
    },
  },
);

/** What a draft said, each time it was saved. Append-only. */
export const draftVersions = table(
  'draft_versions',
  {
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => drafts.id),
    version: number(1).notNull(),
    content: jsonText().notNull(),
    hash: text().notNull(),
    authorId: account().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.version] })],
);

/** Everything that happened to a draft: one row for each revision. Append-only. */
export const draftEvents = table(
  'draft_events',
  {
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => drafts.id),
    /** The revision that it led to. */
    revision: number(1).notNull(),
    at: instant().notNull(),
    actor: text().$type<Actor>().notNull(),
    event: oneOf(['create', ...DRAFT_EVENTS]).notNull(),
    /** Null of the first. */
    fromState: oneOf(DRAFT_STATE_KEYS),
    toState: oneOf(DRAFT_STATE_KEYS).notNull(),
    /** The version that the draft had then, and its hash: what an opinion is about. */
    version: number(1).notNull(),
    hash: text().notNull(),
    /** Opinion or ground; '' for none. */
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.revision] })],
);

/** Remarks at a place in the text, which a draft is returned with. */
export const draftRemarks = table(
  'draft_remarks',
  {
    id: integer().primaryKey(),
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => drafts.id),
    /** The version in which the place is. */
    version: number(1).notNull(),
    /** Where: `title`, `body`, `fields.deadline`, `attachments.0`. */
    place: text().notNull(),
    /** The words that it is about; '' for the whole place. */
    quote: text().notNull(),
    text: text().notNull(),
    authorId: account().notNull(),
    at: instant().notNull(),
    settledAt: instant(),
    settledBy: account(),
  },
  (table) => [index('draft_remarks_draft').on(table.draftId, table.id)],
  { rules: { settled: '(settled_at IS NULL) = (settled_by IS NULL)' } },
);

/** What somebody is typing and has not saved: kept every few seconds, seen by nobody else, and gone when it is saved. */
export const draftWorkingCopies = table(
  'draft_working_copies',
  {
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => drafts.id),
    accountId: account().notNull(),
    /** The revision of the draft that it was begun on: saved only onto that. */
    revision: number(1).notNull(),
    /** JSON of a `DraftContent`. */
    content: jsonText().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.draftId, table.accountId] })],
);
