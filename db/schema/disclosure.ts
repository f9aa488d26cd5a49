import { blob, index, primaryKey, text } from 'drizzle-orm/sqlite-core';
import { REPORT_FORM_KEYS, REPORT_STATE_KEYS } from '#src/domain/annual-report/forms.ts';
import { FINDING_KIND_KEYS } from '#src/domain/disclosure/findings.ts';
import { day, instant, jsonText, number, oneOf } from './columns.ts';
import { staffAccounts } from './staff.ts';
import { table } from './table.ts';

const account = () => text().references(() => staffAccounts.id);

/** Annual reports 政府信息公开工作年度报告 as they are written: what people add to the figures that are computed. */
export const annualReportDrafts = table(
  'annual_report_drafts',
  {
    year: number(2000, 2100).notNull(),
    form: oneOf(REPORT_FORM_KEYS).notNull(),
    state: oneOf(REPORT_STATE_KEYS).notNull(),
    /** Rises with everything that happens to it: whoever acts says which one they saw. */
    revision: number(1).notNull(),
    /** JSON of a `ReportInput`: manual cells with their sources, and words. */
    input: jsonText().notNull(),
    /** SHA-256 (hex) of the content that was submitted: it is published only as it was seen. */
    submittedHash: text(),
    authorId: account().notNull(),
    /** Why it was returned; null when it was not. */
    returned: text(),
    updatedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.form] })],
  { rules: { submitted: "state <> 'submitted' OR submitted_hash IS NOT NULL" } },
);

/** Every published version of an annual report. Append-only. */
export const annualReportVersions = table(
  'annual_report_versions',
  {
    year: number(2000, 2100).notNull(),
    form: oneOf(REPORT_FORM_KEYS).notNull(),
    version: number(1).notNull(),
    /** Canonical JSON (RFC 8785) of a `ReportContent`. */
    content: jsonText().notNull(),
    /** SHA-256 (hex) of `content`. */
    hash: text().notNull(),
    pdf: blob({ mode: 'buffer' }).notNull(),
    docx: blob({ mode: 'buffer' }).notNull(),
    /** Why there is another version; '' of the first. */
    reason: text().notNull(),
    authorId: account().notNull(),
    publisherId: account().notNull(),
    publishedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.year, table.form, table.version] })],
  { rules: { two_people: 'publisher_id <> author_id' } },
);

/** What the self-check of disclosure found when it last looked; what is mended is gone. */
export const disclosureFindings = table(
  'disclosure_findings',
  {
    /** Of its kind and subject. */
    id: text().primaryKey(),
    kind: oneOf(FINDING_KIND_KEYS).notNull(),
    /** Key of an item of the catalogue, or address of a page of this site. */
    subject: text().notNull(),
    title: text().notNull(),
    /** What is wrong, in words. */
    detail: text().notNull(),
    since: instant().notNull(),
    checkedAt: instant().notNull(),
    /** Why it is right as it is; null where nobody has said so. */
    explanation: text(),
    explainedBy: account(),
  },
  (table) => [index('disclosure_findings_since').on(table.since, table.id)],
  { rules: { explained: '(explanation IS NULL) = (explained_by IS NULL)' } },
);

/** The list of tasks 政务公开工作任务分解表: what is to be done, by whom, by when. */
export const disclosureTasks = table(
  'disclosure_tasks',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** The department that answers for it. */
    owner: text().notNull(),
    dueOn: day().notNull(),
    /** The document that demands it. */
    basis: text().notNull(),
    doneOn: day(),
    /** What was done. */
    result: text(),
    authorId: account().notNull(),
    updatedAt: instant().notNull(),
  },
  (table) => [index('disclosure_tasks_due').on(table.dueOn, table.id)],
  { rules: { done: '(done_on IS NULL) = (result IS NULL)' } },
);
