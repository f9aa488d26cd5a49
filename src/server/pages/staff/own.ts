import { InputError } from '#src/domain/errors.ts';
import { ownAccountUrl } from '#src/domain/staff/urls.ts';
import type { OwnSession, Session } from '#src/staff/sessions.ts';
import { sessionCookie } from '../../staff/cookies.ts';
import { type Asked, type Moved, seeOther } from '../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { confirmed, type Visit, visiting } from './visit.ts';

/** One's own account. */
export interface OwnPage {
  session: Session;
  sessions: OwnSession[];
  /** A secret to set up one-time passwords with, and what apps read out of it. */
  offer: { secret: string; uri: string };
  form: SentForm;
  /** What single sign-on is called; null where there is none. */
  signOn: string | null;
  /** Shown this once, with the cookie that goes on. */
  setUp?: { recoveryCodes: string[]; cookie: string };
}

/** One's own account: sessions that can be ended, one-time passwords that can be set up. */
export function loadOwn(asked: Asked): Promise<OwnPage | Moved> {
  return visiting(asked, async (visit) => {
    const { request } = asked;
    if (request.method !== 'POST') return toPage(visit, EMPTY_FORM);
    const result = await takeForm(request, (values) => act(visit, request, values));
    if ('form' in result) return toPage(visit, result.form);
    if (!result.made) return seeOther(ownAccountUrl());
    const { token, recoveryCodes } = result.made;
    return { ...toPage(visit, EMPTY_FORM), setUp: { recoveryCodes, cookie: sessionCookie(token) } };
  });
}

async function act(visit: Visit, request: Request, values: Record<string, string>) {
  const { desk, session } = visit;
  if (values.end !== undefined) {
    await desk.endSession(session, values.end);
    return null;
  }
  const { session: sure } = await confirmed(visit, request, values);
  const made = await desk.setSecondFactor(sure, values.secret ?? '', values.code ?? '');
  if (!made) throw new InputError([{ name: 'code', message: '动态口令不对：请看手机上此刻显示的六位数字' }]);
  return made;
}

function toPage({ desk, signOn, session }: Visit, form: SentForm): OwnPage {
  const offer = desk.offerSecondFactor(session, form.values.secret);
  return { session, sessions: desk.sessions(session), offer, form, signOn: signOn.name };
}
