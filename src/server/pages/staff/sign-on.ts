import { InputError } from '#src/domain/errors.ts';
import { safeNext, signInUrl, signOnCodeUrl } from '#src/domain/staff/urls.ts';
import type { Returned } from '#src/staff/sign-on/sign-on.ts';
import {
  deviceCookie,
  FLOW_COOKIE,
  PENDING_COOKIE,
  readCookie,
  sessionCookie,
  shortCookie,
} from '../../staff/cookies.ts';
import { currentConsole, currentDesk } from '../../staff/current.ts';
import { type Asked, type Moved, seeOther } from '../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import type { SignedIn } from './sign-in.ts';
import { addressOf, clientOf, readSession } from './visit.ts';

/** Nobody was signed in. */
interface NotSignedOn {
  /** Who the provider says it is; null where it was not believed. */
  subject: string | null;
}

interface SignOnCodePage {
  form: SentForm;
  loginName: string;
}

/** Sets out for the provider. @throws NotFoundError where there is none, UnavailableError when it does not answer */
export async function beginSignOn({ url }: Asked): Promise<{ to: string; cookie: string }> {
  const next = safeNext(url.searchParams.get('next'));
  const isAgain = url.searchParams.get('again') === 'again';
  const begun = await currentConsole().signOn.begin(next, isAgain, new Date().toISOString());
  return { to: begun.url, cookie: shortCookie(FLOW_COOKIE, begun.cookie) };
}

/** Comes back from the provider. @throws NotFoundError, UnavailableError as `beginSignOn` */
export async function finishSignOn({ request, url }: Asked): Promise<SignedIn | NotSignedOn> {
  const { signOn } = currentConsole();
  const session = await readSession(request);
  const ended = await signOn.finish(url.search, readCookie(request, FLOW_COOKIE), returned(request), session);
  const over = shortCookie(FLOW_COOKIE, '');
  switch (ended.ended) {
    case 'in':
      return { cookies: [over, ...openCookies(ended)], next: safeNext(ended.next) };
    case 'code':
      return { cookies: [over, shortCookie(PENDING_COOKIE, ended.pending)], next: signOnCodeUrl() };
    case 'again':
      return { cookies: [over], next: safeNext(ended.next) };
    case 'unknown':
      return { subject: ended.subject };
    case 'refused':
      return { subject: null };
  }
}

/** The one-time password of whoever the provider has named. @throws ForbiddenError when that was too long ago */
export async function loadSignOnCode({ request }: Asked): Promise<SignOnCodePage | SignedIn | Moved> {
  const { signOn } = currentConsole();
  const sealed = readCookie(request, PENDING_COOKIE);
  const from = returned(request);
  const pending = signOn.pending(sealed, from.now);
  if (!pending) return seeOther(signInUrl());
  const { loginName, next } = pending;
  if (request.method !== 'POST') return { form: EMPTY_FORM, loginName };
  const result = await takeForm(request, async ({ code = '' }) => {
    const ended = await signOn.confirmCode(sealed, code, from);
    if (ended.ended === 'in') return ended;
    const message = ended.ended === 'wait' ? `失败次数较多，请在 ${ended.seconds} 秒后再试` : '动态口令不正确';
    throw new InputError([{ name: 'form', message }]);
  });
  if ('form' in result) return { form: result.form, loginName };
  return { cookies: [shortCookie(PENDING_COOKIE, ''), ...openCookies(result.made)], next: safeNext(next) };
}

const openCookies = ({ token, accountId }: { token: string; accountId: string }): string[] => [
  sessionCookie(token),
  deviceCookie(currentDesk().deviceMark(accountId)),
];

const returned = (request: Request): Returned => ({
  ...clientOf(request),
  now: new Date().toISOString(),
  clientAddress: addressOf(request),
});
