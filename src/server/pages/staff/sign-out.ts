import { signInUrl } from '#src/domain/staff/urls.ts';
import { noSessionCookie } from '../../staff/cookies.ts';
import { currentDesk } from '../../staff/current.ts';
import type { Asked } from '../asked.ts';
import { readSession } from './visit.ts';

/** Ends the session, if there is one, and the cookie in any case. */
export async function loadSignOut({ request }: Asked): Promise<{ to: string; cookie: string }> {
  const desk = currentDesk();
  const session = await readSession(request);
  if (session) await desk.signOut(session);
  return { to: signInUrl(), cookie: noSessionCookie() };
}
