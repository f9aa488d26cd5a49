import { z } from 'zod';
import { accountUrl, linkUrl } from '#src/domain/staff/urls.ts';
import type { Account } from '#src/staff/accounts.ts';
import type { AuditRow } from '#src/staff/audit.ts';
import type { Session } from '#src/staff/sessions.ts';
import type { LinkedIdentity } from '#src/staff/sign-on/identities.ts';
import { type Asked, type Moved, seeOther } from '../asked.ts';
import { parse, readRoles } from './accounts.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { confirmed, type Visit, visiting } from './visit.ts';

export interface AccountPage {
  session: Session;
  account: Account;
  history: AuditRow[];
  form: SentForm;
  /** What single sign-on is called; null where there is none. */
  signOn: string | null;
  identities: LinkedIdentity[];
  /** After a reset: the link that its owner sets a password by, shown this once. */
  link?: string;
}

const CHANGE = z.object({
  revision: z.coerce.number().int(),
  act: z.enum(['assign', 'disable', 'enable', 'reset', 'link', 'unlink'], '请选择要做的操作'),
  reason: z.string().trim().min(2, '请写明原因').max(200, '原因不能超过 200 个字'),
});

const IDENTITY = z.object({
  issuer: z.string().max(500).default(''),
  subject: z.string().trim().min(1, '请填写身份标识').max(255, '身份标识不能超过 255 个字符'),
});

/** An account, and what can be done to it. @throws ForbiddenError, NotFoundError */
export function loadAccount(asked: Asked): Promise<AccountPage | Moved> {
  const id = asked.params.id ?? '';
  return visiting(asked, async (visit) => {
    if (asked.request.method !== 'POST') return toPage(visit, id, EMPTY_FORM);
    const result = await takeForm(asked.request, async (values) => {
      const { act, reason, revision } = parse(CHANGE, values);
      const { desk, signOn, session } = await confirmed(visit, asked.request, values);
      const seen = { id, revision };
      if (act === 'reset') return (await desk.reset(session, seen, reason)).token;
      if (act === 'assign') await desk.assign(session, seen, readRoles(values), reason);
      else if (act === 'link') await signOn.link(session, id, parse(IDENTITY, values).subject, reason);
      else if (act === 'unlink') {
        const { issuer, subject } = parse(IDENTITY, values);
        await signOn.unlink(session, id, issuer, subject, reason);
      } else if (act === 'disable') await desk.disable(session, seen, reason);
      else await desk.enable(session, seen, reason);
      return null;
    });
    if ('form' in result) return toPage(visit, id, result.form);
    return result.made === null
      ? seeOther(accountUrl(id))
      : { ...toPage(visit, id, EMPTY_FORM), link: linkUrl(result.made) };
  });
}

function toPage({ desk, signOn, session }: Visit, id: string, form: SentForm): AccountPage {
  return {
    session,
    account: desk.account(session, id),
    history: desk.accountHistory(session, id),
    form,
    signOn: signOn.name,
    identities: signOn.identities(session, id),
  };
}
