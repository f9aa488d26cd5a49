import canonicalize from 'canonicalize';
import { and, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { annualReportDrafts } from '#db/schema/disclosure.ts';
import { toReportDocument } from '#src/documents/annual-report/report.ts';
import { toPlainText } from '#src/documents/plain-text.ts';
import { assessReport, type ReportAssessment } from '#src/domain/annual-report/assess.ts';
import { computeCells } from '#src/domain/annual-report/compute.ts';
import { mergeCells, type ReportContent } from '#src/domain/annual-report/content.ts';
import { EMPTY_INPUT, type ReportInput, reportInputSchema } from '#src/domain/annual-report/input.ts';
import { DISCLOSING_BODY } from '#src/domain/disclosure/body.ts';
import { CATALOGUE, CATALOGUE_FIELDS } from '#src/domain/disclosure/catalogue.ts';
import { countRequests, getYearFacts } from '#src/publish/annual-report/facts.ts';
import { hashText } from '#src/publish/annual-report/hash.ts';
import { cellsBefore, type ReportKey } from '#src/publish/annual-report/store.ts';

export type ReportDraftRow = typeof annualReportDrafts.$inferSelect;

/** The draft of a report; undefined where nobody has begun one. */
export const findReportDraft = (db: Db, { year, form }: ReportKey): ReportDraftRow | undefined =>
  db
    .select()
    .from(annualReportDrafts)
    .where(and(eq(annualReportDrafts.year, year), eq(annualReportDrafts.form, form)))
    .get();

/** A report as it would be published: what is computed at this moment, with what people added. */
export interface BuiltReport {
  content: ReportContent;
  assessment: ReportAssessment;
  /** Cells that are computed, by key. */
  computed: Readonly<Record<string, number>>;
  /** SHA-256 (hex) of all but the day: a reviewer publishes what was submitted, or looks again. */
  hash: string;
}

/** Builds a report anew. `today` is `YYYY-MM-DD`. */
export function buildReport(db: Db, key: ReportKey, input: ReportInput, today: string): BuiltReport {
  const computed = computeCells(key.form, getYearFacts(db, key.year));
  const content: ReportContent = {
    ...{ year: key.year, form: key.form, issuer: DISCLOSING_BODY, input },
    cells: mergeCells(computed, input),
    requestsBefore: countRequests(db, key.year - 1),
    catalogue: { fields: CATALOGUE_FIELDS.length, items: CATALOGUE.length },
    on: today,
  };
  const text = toPlainText(toReportDocument(content));
  const { on: _on, ...lasting } = content;
  return {
    ...{ content, computed, hash: hashText(canonicalize(lasting) as string) },
    assessment: assessReport(content, cellsBefore(db, key), text),
  };
}

/** What people added to a draft. */
export const inputOf = (row: ReportDraftRow | undefined): ReportInput =>
  row ? reportInputSchema.parse(JSON.parse(row.input)) : EMPTY_INPUT;
