import { z } from 'zod';
import { toHtml } from '#src/documents/html.ts';
import { cellsOf } from '#src/domain/annual-report/cells.ts';
import { REPORT_FORM_KEYS } from '#src/domain/annual-report/forms.ts';
import { type ReportInput, TEXT_PART_KEYS } from '#src/domain/annual-report/input.ts';
import { InputError, NotFoundError } from '#src/domain/errors.ts';
import { staffReportUrl } from '#src/domain/staff/urls.ts';
import type { ReportKey } from '#src/publish/annual-report/store.ts';
import type { OpenReport } from '#src/staff/reports/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { confirmed, type Visit, visiting } from '../visit.ts';

export interface StaffReportPage extends OpenReport {
  id: string;
  session: Session;
  form: SentForm;
  html: string;
}

/** `2020-2021` as year and form. @throws NotFoundError */
function keyOf({ params }: Asked): ReportKey {
  const [, year = '', form = ''] = /^(\d{4})-(\d{4})$/.exec(params.id ?? '') ?? [];
  const known = REPORT_FORM_KEYS.find((key) => key === form);
  if (!known || Number(year) < 2019 || Number(year) > 2100) throw new NotFoundError('没有这份年度报告');
  return { year: Number(year), form: known };
}

const ACT = z.object({
  act: z.enum(['save', 'submit', 'return', 'publish'], '请选择要做的操作'),
  revision: z.coerce.number().int().min(0),
  reason: z.string().trim().max(300, '最多 300 个字').default(''),
});

/** A report: what is computed, what has to be filled in, what stands against it, and what it would look like. @throws ForbiddenError, NotFoundError */
export function loadStaffReport(asked: Asked): Promise<StaffReportPage | Moved> {
  return visiting(asked, async (visit) => {
    const key = keyOf(asked);
    const id = `${key.year}-${key.form}`;
    const toPage = (form: SentForm): StaffReportPage => {
      const open = visit.reports.open(visit.session, key);
      return { ...open, ...{ id, session: visit.session, form, html: toHtml(open.document, { titleLevel: 2 }) } };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, (values) => act(visit, asked, key, values));
    return 'form' in result ? toPage(result.form) : seeOther(staffReportUrl(id));
  });
}

async function act(visit: Visit, { request }: Asked, key: ReportKey, values: Record<string, string>): Promise<void> {
  const { act: what, revision, reason } = parse(ACT, values);
  const seen = { ...key, revision };
  const { reports, session } = visit;
  switch (what) {
    case 'save':
      return reports.save(session, seen, readInput(key, values));
    case 'submit':
      return reports.submit(session, seen);
    case 'return':
      if (reason === '') throw new InputError([{ name: 'reason', message: '请写明为什么退回' }]);
      return reports.giveBack(session, seen, reason);
    case 'publish':
      return reports.publish((await confirmed(visit, request, values)).session, seen, reason);
  }
}

/** Cells and words of the form. A cell without a value is left to the computer; one with a value needs its source. @throws InputError */
function readInput({ form }: ReportKey, values: Readonly<Record<string, string>>): ReportInput {
  const faults: { name: string; message: string }[] = [];
  const cells: ReportInput['cells'] = {};
  for (const { key, label, isAmount, isSigned } of cellsOf(form)) {
    const typed = (values[`value.${key}`] ?? '').trim();
    const source = (values[`source.${key}`] ?? '').trim();
    if (typed === '') continue;
    const value = isAmount ? Math.round(Number(typed) * 1_000_000) : Number(typed);
    if (!Number.isSafeInteger(value) || (value < 0 && !isSigned))
      faults.push({ name: `value.${key}`, message: `${label}：请填写${isAmount ? '万元数' : '整数'}` });
    else if (source === '') faults.push({ name: `source.${key}`, message: `${label}：请写明数字的来源` });
    else if (source.length > 200) faults.push({ name: `source.${key}`, message: `${label}：来源最多 200 个字` });
    else cells[key] = { value, source };
  }
  if (faults.length > 0) throw new InputError(faults);
  const texts = TEXT_PART_KEYS.flatMap((part) => {
    const text = (values[`text.${part}`] ?? '').trim();
    return text === '' ? [] : [[part, text] as const];
  });
  return { cells, texts: Object.fromEntries(texts) };
}

const TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** A report as a file, as it stands. @throws ForbiddenError, NotFoundError */
export function giveReportFile(asked: Asked): Promise<Response | Moved> {
  return visiting<Response>(asked, async ({ reports, session }) => {
    const key = keyOf(asked);
    const format = asked.params.format === 'docx' ? 'docx' : 'pdf';
    const bytes = await reports.file(session, key, format);
    const disposition = `attachment; filename="report-${key.year}-${key.form}.${format}"`;
    return new Response(bytes, { headers: { 'content-type': TYPES[format], 'content-disposition': disposition } });
  });
}
