import { DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { signInUrl } from '#src/domain/staff/urls.ts';
import type { Workspace } from '../workspace.ts';

/** The address that the console believes to have; it is reached at 127.0.0.1. */
const SITE = 'http://staff.example';

/** A running console. */
export interface Staff {
  url: string;
  pid: number;
  /** Signs somebody in. Returns the headers of their requests. */
  signIn(loginName: string): Promise<Record<string, string>>;
}

/** Starts the console on a data directory. */
export async function startStaff(
  workspace: Workspace,
  environment: NodeJS.ProcessEnv,
  publicUrl: string,
): Promise<Staff> {
  const { child, report } = await workspace.startScript('scripts/staff.ts', [], {
    ...environment,
    ...{ NODE_ENV: 'production', STAFF_PORT: '0', STAFF_URL: SITE, SITE_URL: publicUrl },
    ...{ ALLOWED_HOSTS: '127.0.0.1', STAFF_SECOND_FACTOR: 'false' },
  });
  const url = `http://127.0.0.1:${report}`;
  const signIn = async (loginName: string) => {
    const body = new URLSearchParams({ loginName, password: DEMO_PASSWORD, code: '' });
    const headers = { origin: SITE };
    const answer = await fetch(url + signInUrl(), { method: 'POST', redirect: 'manual', body, headers });
    const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
    if (cookies.length === 0) throw new Error(`signing in answered ${answer.status}`);
    return { ...headers, cookie: cookies.join('; ') };
  };
  return { url, pid: child.pid ?? 0, signIn };
}
