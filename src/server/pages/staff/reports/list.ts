import { z } from 'zod';
import { formOf } from '#src/domain/annual-report/forms.ts';
import { LINT_RULES, type LintFinding } from '#src/domain/annual-report/lint/finding.ts';
import { lintReport } from '#src/domain/annual-report/lint/lint.ts';
import { formatDate } from '#src/domain/time/time.ts';
import type { ReportDraftRow } from '#src/staff/reports/drafts.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { Asked, Moved } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface StaffReportsPage {
  session: Session;
  drafts: ReportDraftRow[];
  /** Years that can be reported, with the form that is prescribed for each. */
  years: { year: number; form: ReturnType<typeof formOf> }[];
}

/** The first year of which the portal knows anything. */
const FIRST_YEAR = 2020;

/** Reports that are written, and those that can be. @throws ForbiddenError */
export function loadStaffReports(asked: Asked): Promise<StaffReportsPage | Moved> {
  return visiting(asked, ({ reports, session }) => {
    const present = Number(formatDate(session.doer.now).slice(0, 4));
    const years = Array.from({ length: present - FIRST_YEAR + 1 }, (_, at) => present - at);
    return { session, drafts: reports.drafts(session), years: years.map((year) => ({ year, form: formOf(year) })) };
  });
}

export interface LintPage {
  session: Session;
  /** Null before a text was sent. */
  findings: (LintFinding & { label: string })[] | null;
  form: SentForm;
}

const TEXT = z.object({
  text: z.string().trim().min(10, '请粘贴报告的全文').max(100_000, '文字太长'),
  before: z.union([z.literal(''), z.coerce.number('请填写数字').int('请填写整数').min(0, '不能是负数')]).default(''),
});

/** Looks for contradictions in any text. @throws ForbiddenError */
export function loadLint(asked: Asked): Promise<LintPage | Moved> {
  return visiting(asked, async ({ reports, session }) => {
    reports.drafts(session);
    if (asked.request.method !== 'POST') return { session, findings: null, form: EMPTY_FORM };
    let typed: Record<string, string> = {};
    const result = await takeForm(asked.request, async (values) => {
      typed = values;
      const { text, before } = parse(TEXT, values);
      return lintReport(text, { requestsBefore: before === '' ? null : before });
    });
    if ('form' in result) return { session, findings: null, form: result.form };
    const findings = result.made.map((finding) => ({ ...finding, label: LINT_RULES[finding.rule] }));
    return { session, findings, form: { ...EMPTY_FORM, values: typed } };
  });
}
