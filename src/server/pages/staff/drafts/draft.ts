import { z } from 'zod';
import { PERSON_EVENTS, type PersonEvent } from '#src/domain/drafts/transitions.ts';
import { ID_PATTERN } from '#src/domain/identifiers/ids.ts';
import { draftUrl } from '#src/domain/staff/urls.ts';
import type { Original } from '#src/staff/drafts/originals.ts';
import type { WholeDraft } from '#src/staff/drafts/view.ts';
import type { Session } from '#src/staff/sessions.ts';
import { getConfig } from '../../../config.ts';
import { type Asked, type Moved, seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from '../form.ts';
import { visiting } from '../visit.ts';

export interface DraftPage {
  session: Session;
  draft: WholeDraft;
  /** What was searched for an original, and what was found; null when nothing was. */
  found: { words: string; originals: Original[] } | null;
  form: SentForm;
  /** Address of the public site. */
  publicSite: string;
}

type Button = Exclude<PersonEvent, 'edit'>;
const BUTTONS = PERSON_EVENTS.filter((event): event is Button => event !== 'edit') as [Button, ...Button[]];

const ACT = z.object({
  revision: z.coerce.number('请刷新后再操作').int(),
  event: z.enum(BUTTONS, '请选择要做的操作'),
  reason: z.string().trim().max(1_000, '意见不能超过 1000 个字').default(''),
});
const REMARK = z.object({
  place: z.string().regex(/^[A-Za-z0-9.]{1,80}$/, '请选择批注的位置'),
  quote: z.string().trim().max(500, '引用的原文太长').default(''),
  text: z.string().trim().min(2, '请写批注').max(1_000, '批注不能超过 1000 个字'),
});
const LINK = z.object({
  revision: z.coerce.number('请刷新后再操作').int(),
  original: z.string().regex(ID_PATTERN, '请选择原公告'),
});
const SETTLE = z.object({ settle: z.coerce.number('没有这条批注').int() });

/** A draft, and what may be done with it: a button, a remark, a remark dealt with. @throws ForbiddenError, NotFoundError */
export function loadDraft(asked: Asked): Promise<DraftPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async ({ drafts, session }) => {
    const words = (asked.url.searchParams.get('original') ?? '').trim().slice(0, 100);
    const toPage = (form: SentForm): DraftPage => ({
      ...{ session, draft: drafts.draft(session, id), form, publicSite: getConfig().SITE_URL },
      found: words === '' ? null : { words, originals: drafts.originals(session, id, words) },
    });
    if (asked.request.method !== 'POST') return toPage(EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      if ('settle' in values) return drafts.settleRemark(session, id, parse(SETTLE, values).settle);
      if ('place' in values) return drafts.remark(session, id, parse(REMARK, values));
      if (values.follow !== undefined) return (await drafts.follow(session, id, values.follow)).id;
      if (values.original !== undefined) {
        const { revision, original } = parse(LINK, values);
        return (await drafts.link(session, { id, revision }, original)).id;
      }
      const { revision, event, reason } = parse(ACT, values);
      await drafts.act(session, { id, revision }, { event, reason });
    });
    return 'form' in result ? toPage(result.form) : seeOther(draftUrl(result.made ?? id));
  });
}
