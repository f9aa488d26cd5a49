import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toReportDocument } from '#src/documents/annual-report/report.ts';
import { renderDocx } from '#src/documents/docx.ts';
import { toHtml } from '#src/documents/html.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import type { ReportContent } from '#src/domain/annual-report/content.ts';
import { REPORT_FORM_KEYS } from '#src/domain/annual-report/forms.ts';
import { LINT_RULE_KEYS, type LintRule } from '#src/domain/annual-report/lint/finding.ts';
import { lintReport } from '#src/domain/annual-report/lint/lint.ts';
import { reconcile } from '#src/domain/annual-report/reconcile.ts';
import { type Ledgers, ledgers, makeReport, textOf } from '#tests/support/annual-reports.ts';
import { numbersOf, readDocx, readHtml, readPdf } from '#tests/support/read-documents.ts';

const MODEL = '../shared/seeds/000_d9edef48b63a17cb.txt';
const rulesOf = (text: string, requestsBefore: number | null = null) =>
  lintReport(text, { requestsBefore }).map(({ rule }) => rule);

/** The same report with some figures or words changed. */
const change = (content: ReportContent, cells: Record<string, number>, words = ''): ReportContent => ({
  ...content,
  cells: { ...content.cells, ...cells },
  input: { ...content.input, texts: { problems: `下一年继续推进。\n${words}` } },
});

/** What makes each contradiction of the lint, in a report that has none. */
const PLANTS: Record<LintRule, (content: ReportContent) => ReportContent> = {
  documentNumber: (content) =>
    change(
      content,
      {},
      '《关于印发政务公开工作要点的通知》（通政办发〔2020〕31号）下发。\n按照《通明市人民政府办公室关于印发政务公开工作要点的通知》（通政办字〔2020〕31号）办理。',
    ),
  doubledNumeral: (content) => change(content, {}, '收到政协提案2两件。'),
  homophone: (content) => change(content, {}, '完善了中新政府信息公开工作制度。\n修订了中心政府信息公开工作制度。'),
  centralProcurement: (content) =>
    change(
      { ...content, form: '2020' },
      { 'two.centralProcurement.count': 0, 'publications.procurement': 1820, 'publications.land': 152 },
    ),
  normativeDocuments: (content) => change(content, { 'two.documents.made': 0 }, '及时对新出台的规范性文件进行解读。'),
  yearOnYear: (content) => ({ ...content, requestsBefore: (content.requestsBefore ?? 0) * 3 + 11 }),
  consultations: (content) => change(content, {}, '政府信息公开申请的内容主要为公共资源交易服务咨询。'),
  sum: (content) => change(content, {}, '培训企业50家次，服务事项90件，其中咨询30件，投诉50件。'),
  table: (content) =>
    change(content, {}, `本年收到政府信息公开申请${(content.cells['three.newReceived.total'] ?? 0) + 1}件。`),
  balance: (content) =>
    change(content, { 'three.carriedForward.research': (content.cells['three.carriedForward.research'] ?? 0) + 1 }),
  reviews: (content) =>
    change(
      content,
      { 'four.reconsideration.pending': 1, 'four.reconsideration.total': 1 },
      '没有发生信息公开方面的复议和诉讼。',
    ),
};

describe('an annual report', () => {
  test('reconciles in both forms, whatever happened in the year, and its text contradicts nothing', () => {
    fc.assert(
      fc.property(ledgers, (random) => {
        const content = makeReport(random);
        expect(reconcile(content.form, content.cells, null)).toEqual([]);
        expect(lintReport(textOf(content), content)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('names the cell that does not fit, whichever is changed', () => {
    fc.assert(
      fc.property(ledgers, fc.nat(), fc.integer({ min: 1, max: 9 }), (random, pick, more) => {
        const { form, cells } = makeReport(random);
        const keys = Object.keys(cells).filter((key) => /^(?:three|four)\./.test(key));
        const key = keys[pick % keys.length] ?? '';
        const faults = reconcile(form, { ...cells, [key]: (cells[key] ?? 0) + more }, null);
        expect(faults.length).toBeGreaterThan(0);
        expect(faults.every(({ severity, label }) => severity === 'error' && label.startsWith('表'))).toBe(true);
        const { [key]: _gone, ...rest } = cells;
        expect(reconcile(form, rest, null)).toContainEqual(expect.objectContaining({ cell: key, message: '没有填写' }));
      }),
      { numRuns: 60 },
    );
  });

  test.each(LINT_RULE_KEYS)('is found to contradict itself where that was planted: %s', (rule) => {
    fc.assert(
      fc.property(ledgers, (random) => {
        const content = PLANTS[rule](makeReport(random));
        const text = textOf(content);
        const before = rule === 'yearOnYear' ? (content.requestsBefore ?? 0) + 7 : content.requestsBefore;
        // Whatever the year before was, nothing of it is a fall by a hundred percent.
        if (rule !== 'yearOnYear' || (content.cells['three.newReceived.total'] ?? 0) > 0)
          expect(rulesOf(text, before)).toContain(rule);
      }),
      { numRuns: 12 },
    );
  });

  test('is warned where it does not go on from the year before', () => {
    const content = makeReport(fc.sample(ledgers, { seed: 1, numRuns: 1 })[0] as Ledgers);
    const before = { 'three.carriedForward.total': (content.cells['three.carriedOver.total'] ?? 0) + 1 };
    expect(reconcile(content.form, content.cells, before)).toEqual([
      expect.objectContaining({ severity: 'warning', cell: 'three.carriedOver.total' }),
    ]);
  });

  test.each(REPORT_FORM_KEYS)(
    'has the same words and numbers as HTML, PDF and DOCX in the form of %s',
    async (form) => {
      const random = fc.sample(ledgers, { seed: 7, numRuns: 1 })[0] as Ledgers;
      const document = toReportDocument(makeReport({ ...random, form }));
      const [html, docx, pdf] = [
        readHtml(toHtml(document), '|'),
        readDocx(await renderDocx(document), '|'),
        await readPdf(await renderPdf(document), '|'),
      ];
      expect(numbersOf(html).length).toBeGreaterThan(200);
      expect(numbersOf(docx)).toEqual(numbersOf(html));
      expect(numbersOf(pdf.words)).toEqual(numbersOf(html));
      expect(pdf).toMatchObject({ title: document.title, isTagged: true });
    },
  );

  test.runIf(existsSync(MODEL))('that was published elsewhere is found to contradict itself as people found it', () => {
    const findings = lintReport(readFileSync(MODEL, 'utf8'));
    expect(findings.map(({ rule }) => rule)).toEqual([
      ...['documentNumber', 'doubledNumeral', 'homophone', 'centralProcurement', 'normativeDocuments', 'yearOnYear'],
      'consultations',
    ]);
    expect(findings[0]?.quotes).toEqual(['济政办发〔2020〕31号', '济政办字〔2020〕31号']);
    expect(findings[5]?.message).toContain('上年为 10 件');
    expect(rulesOf(readFileSync(MODEL, 'utf8'), 10)).not.toContain('yearOnYear');
    expect(rulesOf(readFileSync(MODEL, 'utf8'), 9)).toContain('yearOnYear');
  });
});
