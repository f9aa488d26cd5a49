import { z } from 'zod';
import { releaseAnswersUrl } from '#src/domain/staff/urls.ts';
import type { CaseDesk } from '#src/staff/participation/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface ReleasePage {
  session: Session;
  answers: ReturnType<CaseDesk['answers']>;
  form: SentForm;
}

const ACT = z.discriminatedUnion('act', [
  z.object({ act: z.literal('release'), id: z.string(), seen: z.string() }),
  z.object({
    act: z.literal('withdraw'),
    id: z.string(),
    reason: z.string().trim().min(2, '请写明为什么').max(200, '原因不能超过 200 个字'),
  }),
]);

/** Answers that wait to be released, and those that are public. @throws ForbiddenError */
export function loadReleases(asked: Asked): Promise<ReleasePage | Moved> {
  return visiting(asked, async ({ cases, session }) => {
    const toPage = (form: SentForm): ReleasePage => ({ session, answers: cases.answers(session), form });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const act = parse(ACT, values);
      if (act.act === 'release') await cases.release(session, act.id, act.seen);
      else await cases.withdraw(session, act.id, act.reason);
    });
    return 'form' in result ? toPage(result.form) : seeOther(releaseAnswersUrl());
  });
}
