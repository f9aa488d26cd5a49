import { InputError } from '#src/domain/errors.ts';
import { signInUrl } from '#src/domain/staff/urls.ts';
import { currentDesk } from '../../staff/current.ts';
import { type Asked, type Moved, seeOther } from '../asked.ts';
import { EMPTY_FORM, type SentForm, takeForm } from './form.ts';
import { clientOf } from './visit.ts';

export interface LinkPage {
  token: string;
  loginName: string;
  displayName: string;
  form: SentForm;
}

/** The page on which the owner of an account sets a password by a link. @throws NotFoundError for a link that is used, too old or none */
export async function loadLink({ request, url }: Asked): Promise<LinkPage | Moved> {
  const desk = currentDesk();
  const token = url.searchParams.get('token') ?? '';
  const now = new Date().toISOString();
  const owner = desk.readLink(token, now);
  if (request.method !== 'POST') return { token, ...owner, form: EMPTY_FORM };
  const result = await takeForm(request, async ({ password = '', again = '' }) => {
    if (password !== again) throw new InputError([{ name: 'again', message: '两次输入的密码不一样' }]);
    await desk.usePasswordLink(token, password, clientOf(request), now);
  });
  return 'form' in result ? { token, ...owner, form: result.form } : seeOther(signInUrl());
}
