import canonicalize from 'canonicalize';
import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { annualReportVersions } from '#db/schema/disclosure.ts';
import type { Cells } from '#src/domain/annual-report/cells.ts';
import type { ReportContent } from '#src/domain/annual-report/content.ts';
import type { ReportForm } from '#src/domain/annual-report/forms.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { logContent } from '../log/contents.ts';
import { hashText } from './hash.ts';

/** A report of a year in one form. */
export interface ReportKey {
  year: number;
  form: ReportForm;
}

/** How the log and `/verify` call a report: `2020-2021`, the year and the form. */
export const reportId = ({ year, form }: ReportKey): string => `${year}-${form}`;

/** What a version has beside its files. */
const FACTS = {
  year: annualReportVersions.year,
  form: annualReportVersions.form,
  version: annualReportVersions.version,
  content: annualReportVersions.content,
  hash: annualReportVersions.hash,
  reason: annualReportVersions.reason,
  publishedAt: annualReportVersions.publishedAt,
};

export interface ReportVersion extends ReportKey {
  version: number;
  content: ReportContent;
  /** SHA-256 (hex) of the canonical JSON of `content`. */
  hash: string;
  reason: string;
  publishedAt: Instant;
}

const isOf = ({ year, form }: ReportKey) =>
  and(eq(annualReportVersions.year, year), eq(annualReportVersions.form, form));

/** Published versions of a report, the latest first. */
export function listReportVersions(db: Db, key: ReportKey): ReportVersion[] {
  const rows = db.select(FACTS).from(annualReportVersions).where(isOf(key)).orderBy(desc(annualReportVersions.version));
  return rows.all().map((row) => ({ ...row, content: JSON.parse(row.content) as ReportContent }));
}

/** What is published: the latest version of each year and form, the latest year first. */
export function listReports(db: Db): ReportVersion[] {
  const { year, form, version } = annualReportVersions;
  const rows = db.select(FACTS).from(annualReportVersions).orderBy(desc(year), desc(form), desc(version)).all();
  return rows
    .filter((row, at) => row.year !== rows[at - 1]?.year || row.form !== rows[at - 1]?.form)
    .map((row) => ({ ...row, content: JSON.parse(row.content) as ReportContent }));
}

/** Figures of the published report of the year before, in the same form or the other; null where there is none. */
export function cellsBefore(db: Db, { year, form }: ReportKey): Cells | null {
  const reports = listReports(db).filter((report) => report.year === year - 1);
  return (reports.find((report) => report.form === form) ?? reports[0])?.content.cells ?? null;
}

/** A file of a published version; undefined where there is none. */
export function getReportFile(
  db: Db,
  key: ReportKey & { version: number },
  format: 'pdf' | 'docx',
): Buffer | undefined {
  return db
    .select({ bytes: annualReportVersions[format] })
    .from(annualReportVersions)
    .where(and(isOf(key), eq(annualReportVersions.version, key.version)))
    .get()?.bytes;
}

/** What becomes a version. */
export interface NewReportVersion {
  content: ReportContent;
  pdf: Uint8Array;
  docx: Uint8Array;
  reason: string;
  authorId: string;
  publisherId: string;
  at: Instant;
}

/** Stores the next version of a report and tells the publication log of it. The caller holds the transaction. @returns its number */
export function publishReport(db: Db, { content, pdf, docx, at, ...rest }: NewReportVersion): number {
  const version = (listReportVersions(db, content)[0]?.version ?? 0) + 1;
  const json = canonicalize(content) as string;
  db.insert(annualReportVersions)
    .values({
      ...{ year: content.year, form: content.form, version, content: json, hash: hashText(json) },
      ...{ pdf: Buffer.from(pdf), docx: Buffer.from(docx), publishedAt: at },
      ...rest,
    })
    .run();
  logContent(db, { type: 'report', id: reportId(content), version, at }, content);
  return version;
}
