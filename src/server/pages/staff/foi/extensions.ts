import { z } from 'zod';
import { foiApprovalsUrl } from '#src/domain/staff/urls.ts';
import type { Proposal } from '#src/staff/foi/extensions.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface ApprovalsPage {
  session: Session;
  proposals: Proposal[];
  form: SentForm;
}

const seen = { id: z.string(), seq: z.coerce.number('请刷新后再操作').int() };
const ACT = z.discriminatedUnion('act', [
  z.object({ ...seen, act: z.literal('approve') }),
  z.object({
    ...{ ...seen, act: z.literal('refuse') },
    words: z.string().trim().min(2, '请写明为什么不同意').max(300, '最多 300 个字'),
  }),
]);

/** Extensions that wait for approval. @throws ForbiddenError */
export function loadApprovals(asked: Asked): Promise<ApprovalsPage | Moved> {
  return visiting(asked, async ({ extensions, session }) => {
    const toPage = async (form: SentForm) => ({ session, form, proposals: await extensions.proposals(session) });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const act = parse(ACT, values);
      await extensions.settle(session, act, act.act === 'approve', act.act === 'refuse' ? act.words : '');
    });
    return 'form' in result ? toPage(result.form) : seeOther(foiApprovalsUrl());
  });
}
