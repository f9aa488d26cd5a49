import { z } from 'zod';
import { staffSourceUrl } from '#src/domain/staff/urls.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { StaffSourcePage } from '#src/staff/sources/desk.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface OneSourcePage {
  session: Session;
  source: StaffSourcePage;
  form: SentForm;
}

const FORM = z.object({
  act: z.enum(['pause', 'resume'], '请选择要做的操作'),
  reason: z.string('请写明原因').trim().min(2, '请写明原因').max(200, '原因不能超过 200 个字'),
});

/** A source with its runs and errors; it can be paused and resumed. @throws ForbiddenError, NotFoundError */
export function loadStaffSource(asked: Asked): Promise<OneSourcePage | Moved> {
  const key = asked.params.key ?? '';
  return visiting(asked, async ({ sources, session }) => {
    const toPage = (form: SentForm): OneSourcePage => ({ session, source: sources.source(session, key), form });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const { act, reason } = parse(FORM, values);
      await (act === 'pause' ? sources.pause(session, key, reason) : sources.resume(session, key, reason));
    });
    return 'form' in result ? toPage(result.form) : seeOther(staffSourceUrl(key));
  });
}
