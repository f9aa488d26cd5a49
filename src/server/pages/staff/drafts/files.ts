import { z } from 'zod';
import { CHANGE_CHOICE_KEYS } from '#src/domain/attachments/cleaning.ts';
import { draftFilesUrl } from '#src/domain/staff/urls.ts';
import type { DraftFiles } from '#src/staff/attachments/desk.ts';
import type { Session } from '#src/staff/sessions.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { answerSealed } from '../sealed-file.ts';
import { type Visit, visiting } from '../visit.ts';

export interface DraftFilesPage extends DraftFiles {
  session: Session;
  /** Bytes of one file at most. */
  longestFile: number;
  form: SentForm;
}

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/, '没有这个附件');
const KEY = z.string().regex(/^[a-z2-7]{12}$/, '没有这处发现');
const revision = z.coerce.number('请刷新后再操作').int();
const ACT = z.discriminatedUnion('act', [
  z.object({ act: z.literal('detach'), revision, sha256: SHA256 }),
  z.object({
    act: z.literal('clean'),
    revision,
    sha256: SHA256,
    changes: z.enum(CHANGE_CHOICE_KEYS, '请选择修订怎样处理'),
  }),
  z.object({ act: z.literal('mask'), revision, key: KEY }),
  z.object({
    act: z.literal('justify'),
    key: KEY,
    reason: z.string().trim().min(4, '请写明为什么可以发布').max(1_000, '理由不能超过 1000 个字'),
  }),
]);

/** Attachments of a draft and what its screening found, with what may be done about it. @throws ForbiddenError, NotFoundError */
export function loadDraftFiles(asked: Asked): Promise<DraftFilesPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async (visit) => {
    const { attachments, session } = visit;
    const toPage = (form: SentForm): DraftFilesPage => {
      return { session, longestFile: attachments.longest(), form, ...attachments.files(session, id) };
    };
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, (values) => act(visit, id, values));
    return 'form' in result ? toPage(result.form) : seeOther(draftFilesUrl(id));
  });
}

async function act({ attachments, session }: Visit, id: string, values: Record<string, string>): Promise<void> {
  const asked = parse(ACT, values);
  if (asked.act === 'justify') return attachments.justify(session, id, asked.key, asked.reason);
  const seen = { id, revision: asked.revision };
  if (asked.act === 'mask') return attachments.mask(session, seen, asked.key);
  if (asked.act === 'detach') return attachments.detach(session, seen, asked.sha256);
  return attachments.clean(session, seen, asked.sha256, asked.changes);
}

/** An attachment that is not public: a download, as the public will get it. @throws ForbiddenError, NotFoundError */
export function loadDraftFile(asked: Asked): Promise<Response | Moved> {
  const { id = '', sha256 = '' } = asked.params;
  return visiting(asked, async ({ attachments, session }): Promise<Response | Moved> => {
    return answerSealed(asked, await attachments.open(session, id, sha256));
  });
}
