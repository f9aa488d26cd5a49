import fc from 'fast-check';
import { toReportDocument } from '#src/documents/annual-report/report.ts';
import { toPlainText } from '#src/documents/plain-text.ts';
import { cellsOf, TEXT_CELLS } from '#src/domain/annual-report/cells.ts';
import { computeCells } from '#src/domain/annual-report/compute.ts';
import { mergeCells, type ReportContent } from '#src/domain/annual-report/content.ts';
import { REPORT_FORM_KEYS } from '#src/domain/annual-report/forms.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { APPLICANT_TYPE_KEYS, DISCLOSURE_DECISION_KEYS, toTableThree } from '#src/domain/disclosure/decisions.ts';
import { REVIEW_KIND_KEYS, REVIEW_OUTCOME_KEYS, toTableFour } from '#src/domain/foi/reviews.ts';

const day = (from: number, to: number) =>
  fc
    .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
    .map(([year, month, date]) => `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`);

/** A day and, after it or not at all, another. */
const course = fc
  .tuple(day(2019, 2023), fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }))
  .map(([from, years]) => {
    return { from, to: years === null ? null : `${Number(from.slice(0, 4)) + years}-12-30` };
  });

const request = fc.record({
  course,
  applicant: fc.constantFrom(...APPLICANT_TYPE_KEYS),
  decision: fc.constantFrom(...DISCLOSURE_DECISION_KEYS),
});
const review = fc.record({
  course,
  kind: fc.constantFrom(...REVIEW_KIND_KEYS),
  outcome: fc.constantFrom(...REVIEW_OUTCOME_KEYS),
});

/** Everything random that a report is made of. */
export const ledgers = fc.record({
  requests: fc.array(request, { maxLength: 40 }),
  reviews: fc.array(review, { maxLength: 10 }),
  publications: fc.array(fc.nat(5000), { minLength: CATEGORY_SLUGS.length, maxLength: CATEGORY_SLUGS.length }),
  texts: fc.array(fc.nat(300), { minLength: 20, maxLength: 20 }),
  year: fc.integer({ min: 2020, max: 2024 }),
  form: fc.constantFrom(...REPORT_FORM_KEYS),
});
export type Ledgers = typeof ledgers extends fc.Arbitrary<infer Value> ? Value : never;

/** The report of what happened, with every cell of table two from a register. */
export function makeReport({ requests, reviews, publications, texts, year, form }: Ledgers): ReportContent {
  const counted = requests.map(({ course: { from, to }, applicant, decision }) => {
    return { applicant, receivedOn: from, decision: to === null ? null : decision, decidedOn: to };
  });
  const cases = reviews.map(({ course: { from, to }, kind, outcome }) => {
    return { kind, filedOn: from, outcome: to === null ? null : outcome, decidedOn: to };
  });
  const computed = computeCells(form, {
    publications: Object.fromEntries(CATEGORY_SLUGS.map((slug, at) => [slug, publications[at] ?? 0])) as never,
    tableThree: toTableThree(counted, year),
    tableFour: toTableFour(cases, year),
    tableTwo: { '2020': {}, '2021': {} },
    text: Object.fromEntries(Object.keys(TEXT_CELLS).map((key, at) => [key, texts[at] ?? 0])),
  });
  const manual = cellsOf(form)
    .filter(({ key }) => key.startsWith('two.'))
    .map(({ key, isAmount }, at) => [
      key,
      { value: (texts[at % texts.length] ?? 0) * (isAmount ? 10_000 : 1) + 1, source: '登记簿' },
    ]);
  const input = {
    cells: Object.fromEntries(manual),
    texts: { problems: '信用信息共享的范围还需拓展，下一年继续推进。' },
  };
  return {
    ...{ year, form, issuer: '通明市公共资源交易服务中心', cells: mergeCells(computed, input), input },
    requestsBefore: toTableThree(counted, year - 1).total.newReceived,
    ...{ catalogue: { fields: 5, items: 40 }, on: `${year + 1}-01-20` },
  };
}

/** The report as the lint reads it. */
export const textOf = (content: ReportContent): string => toPlainText(toReportDocument(content));
