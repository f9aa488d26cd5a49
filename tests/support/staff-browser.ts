import { DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { CONSOLE_SITE } from './test-portal.ts';

/** A browser as far as tests of the console without one need it: it keeps cookies and says where it posts from. */
export class StaffBrowser {
  readonly cookies = new Map<string, string>();
  readonly #url: string;

  /** `url` is where the console listens. */
  constructor(url: string) {
    this.#url = url;
  }

  async ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const answer = await fetch(this.#url + path, { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  send(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const body = new URLSearchParams(fields);
    return this.ask(path, { method: 'POST', body, headers: { origin: CONSOLE_SITE, ...headers } });
  }

  /** Signs in with the password of the demonstration. */
  signIn(loginName: string, password = DEMO_PASSWORD): Promise<Response> {
    return this.send('/staff/sign-in', { loginName, password, code: '' });
  }
}
