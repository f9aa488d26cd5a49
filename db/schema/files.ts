import { type AnySQLiteColumn, index, integer, primaryKey, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { CHANGE_CHOICE_KEYS } from '#src/domain/attachments/cleaning.ts';
import type { Finding } from '#src/domain/attachments/findings.ts';
import { SCAN_KEYS } from '#src/domain/attachments/scans.ts';
import { FILE_TYPE_KEYS } from '#src/domain/attachments/types.ts';
import { articles } from './articles.ts';
import { instant, json, number, oneOf } from './columns.ts';
import { drafts } from './drafts.ts';
import { notices } from './notices.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

/** Files that are kept in the data directory, each by its content: what they are, and what was found in them. */
export const files = table(
  'files',
  {
    /** SHA-256 (hex) of the content, and so where it lies. */
    sha256: text().primaryKey(),
    size: number().notNull(),
    type: oneOf(FILE_TYPE_KEYS).notNull(),
    scan: oneOf(SCAN_KEYS).notNull(),
    /** What the virus scanner said. */
    scanDetail: text().notNull(),
    findings: json<Finding[]>('array').notNull(),
    /** All words in it, what cannot be seen included: what is screened. Never public. */
    text: text().notNull(),
    storedAt: instant().notNull(),
  },
  () => [],
  { rules: { sha256: "length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'" } },
);

const file = () => text().references((): AnySQLiteColumn => files.sha256);

/** What staff sent for a draft, whatever became of it. The row is there before the first byte. */
export const uploads = table(
  'uploads',
  {
    id: text().primaryKey(),
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => drafts.id),
    name: text().notNull(),
    state: oneOf(['receiving', 'kept', 'refused']).notNull(),
    sha256: file(),
    /** Why it was not taken; '' otherwise. */
    reason: text().notNull().default(''),
    /** The file that this one was made of by cleaning: it stays sealed. */
    cleanedFrom: file(),
    /** What became of tracked changes then. */
    changes: oneOf(CHANGE_CHOICE_KEYS),
    accountId: text()
      .notNull()
      .references((): AnySQLiteColumn => staffAccounts.id),
    startedAt: instant().notNull(),
    finishedAt: instant(),
  },
  (table) => [
    index('uploads_draft').on(table.draftId, table.startedAt),
    index('uploads_file').on(table.sha256),
    index('uploads_cleaned').on(table.cleanedFrom),
  ],
  {
    rules: {
      kept: "(state = 'kept') = (sha256 IS NOT NULL)",
      finished: "(state = 'receiving') = (finished_at IS NULL)",
      cleaned: '(cleaned_from IS NULL) = (changes IS NULL)',
    },
  },
);

/** Why something that the screening of a draft found may be published all the same. Append-only. */
export const draftJustifications = table(
  'draft_justifications',
  {
    id: integer().primaryKey(),
    draftId: text()
      .notNull()
      .references((): AnySQLiteColumn => drafts.id),
    /** Key of the find. */
    find: text().notNull(),
    reason: text().notNull(),
    accountId: text()
      .notNull()
      .references((): AnySQLiteColumn => staffAccounts.id),
    at: instant().notNull(),
  },
  (table) => [uniqueIndex('draft_justifications_find').on(table.draftId, table.find)],
);

/** Attachments of public notices that are kept here as well, so that they outlive the site that they came from. */
export const attachmentCopies = table(
  'attachment_copies',
  {
    noticeId: text()
      .notNull()
      .references((): AnySQLiteColumn => notices.id),
    /** Address at the source, or here for what the console published. */
    url: text().notNull(),
    state: oneOf(['waiting', 'kept', 'refused', 'failed']).notNull(),
    sha256: file(),
    /** Why it is not kept; '' otherwise. */
    reason: text().notNull().default(''),
    attempts: number().notNull().default(0),
    /** When it is tried next; null when it is not. */
    nextAt: instant(),
    fetchedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.noticeId, table.url] }),
    index('attachment_copies_due').on(table.state, table.nextAt),
    index('attachment_copies_file').on(table.sha256),
  ],
  {
    rules: {
      kept: "(state = 'kept') = (sha256 IS NOT NULL)",
      waiting: "(state = 'waiting') = (next_at IS NOT NULL)",
      fetched: "state <> 'kept' OR fetched_at IS NOT NULL",
    },
  },
);

/** Files of articles. Public while the article is and its present version names them. */
export const articleFiles = table(
  'article_files',
  {
    articleId: text()
      .notNull()
      .references((): AnySQLiteColumn => articles.id),
    sha256: text()
      .notNull()
      .references((): AnySQLiteColumn => files.sha256),
    name: text().notNull(),
    /** The last version that names it. */
    version: number(1).notNull(),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.sha256] }), index('article_files_file').on(table.sha256)],
);
