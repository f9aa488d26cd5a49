import { InputError } from '#src/domain/errors.ts';
import { safeNext } from '#src/domain/staff/urls.ts';
import { DEVICE_COOKIE, deviceCookie, readCookie, sessionCookie } from '../../staff/cookies.ts';
import { currentConsole, currentDesk } from '../../staff/current.ts';
import type { Asked } from '../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { addressOf, clientOf, readSession } from './visit.ts';

/** The page where staff sign in. */
export interface SignInPage {
  form: SentForm;
  next: string;
  /** What single sign-on is called; null where there is none. */
  signOn: string | null;
}

/** Signed in: cookies to set, and where to go. */
export interface SignedIn {
  cookies: string[];
  next: string;
}

/** The form, which is taken in when it is sent. What was wrong of it is never told. @throws NotFoundError outside the staff role */
export async function loadSignIn({ request, url }: Asked): Promise<SignInPage | SignedIn> {
  const desk = currentDesk();
  const next = safeNext(url.searchParams.get('next'));
  if (request.method !== 'POST')
    return (await readSession(request))
      ? { cookies: [], next }
      : { form: EMPTY_FORM, next, signOn: currentConsole().signOn.name };
  const result = await takeForm(request, async ({ loginName = '', password = '', code = '' }) => {
    const ended = await desk.signIn(
      { loginName, password, code },
      {
        ...clientOf(request),
        now: new Date().toISOString(),
        clientAddress: addressOf(request),
        knownAccountId: desk.knownAccount(readCookie(request, DEVICE_COOKIE)),
      },
    );
    if (ended.ended === 'wait') throw fault(`失败次数较多，请在 ${ended.seconds} 秒后再试`);
    if (ended.ended === 'wrong') throw fault('账号、密码或动态口令不正确');
    return ended;
  });
  if ('form' in result) return { form: result.form, next, signOn: currentConsole().signOn.name };
  const { token, accountId } = result.made;
  return { cookies: [sessionCookie(token), deviceCookie(desk.deviceMark(accountId))], next };
}

const fault = (message: string) => new InputError([{ name: 'form', message }]);
