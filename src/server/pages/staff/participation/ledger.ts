import { z } from 'zod';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import { LEDGER_ENTRY_KEYS, toLedgerSentence } from '#src/domain/participation/figures.ts';
import { ledgerUrl } from '#src/domain/staff/urls.ts';
import { formatDate } from '#src/domain/time/time.ts';
import type { CaseDesk } from '#src/staff/participation/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface LedgerPage {
  session: Session;
  year: number;
  sentence: string;
  entered: ReturnType<CaseDesk['ledger']>['entered'];
  form: SentForm;
}

const QUERY = z.object({ year: z.coerce.number('年份有误').int('年份有误').min(2000).max(2100).optional() });
const ENTRY = z.object({
  kind: z.enum(LEDGER_ENTRY_KEYS, '请选择来源'),
  on: z.iso.date('请填写日期'),
  county: z.enum(COUNTY_SLUGS, '请选择县区'),
  count: z.coerce.number('请填写数量').int('请填写整数').min(1, '至少为 1').max(999, '最多 999'),
  department: z.string().trim().min(2, '请写明部门').max(60, '最多 60 个字'),
  outcome: z.string().trim().min(2, '请写明结果').max(300, '最多 300 个字'),
});

/** The transfer ledger of a year, and the form for what did not come in here. @throws ForbiddenError */
export function loadLedger(asked: Asked): Promise<LedgerPage | Moved> {
  return visiting(asked, async ({ cases, session }) => {
    const today = formatDate(session.doer.now);
    const { year = Number(today.slice(0, 4)) } = parse(QUERY, Object.fromEntries(asked.url.searchParams));
    const toPage = (form: SentForm): LedgerPage => {
      const { entries, entered } = cases.ledger(session, { from: `${year}-01-01`, to: `${year}-12-31` });
      return { session, year, entered, form, sentence: toLedgerSentence(entries) };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => cases.enter(session, parse(ENTRY, values)));
    return 'form' in result ? toPage(result.form) : seeOther(ledgerUrl());
  });
}
