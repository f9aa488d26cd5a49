import { ForbiddenError, InputError } from '#src/domain/errors.ts';
import {
  draftsUrl,
  exposureDeskUrl,
  feedsUrl,
  ownAccountUrl,
  signInUrl,
  workListUrl,
  workUrl,
} from '#src/domain/staff/urls.ts';
import { WORK_LISTS } from '#src/domain/work/lists.ts';
import type { Console } from '#src/staff/console.ts';
import type { Client, Frame, Session } from '#src/staff/sessions.ts';
import { CLIENT_HEADER } from '../../http/client-header.ts';
import { toClient } from '../../staff/client.ts';
import { readCookie, SESSION_COOKIE } from '../../staff/cookies.ts';
import { currentConsole, currentDesk } from '../../staff/current.ts';
import type { Asked, Moved } from '../asked.ts';
import { seeOther } from '../asked.ts';

/** A signed-in person on a page of the console. */
export interface Visit extends Console {
  session: Session;
}

/** Where a request comes from, as far as it is kept. */
export const clientOf = ({ headers }: Request): Client =>
  toClient(headers.get(CLIENT_HEADER) ?? '', headers.get('user-agent') ?? '');

/** The whole client address; '' for one at the machine itself. */
export const addressOf = (request: Request): string => request.headers.get(CLIENT_HEADER) ?? '';

/** Whoever is signed in; null when nobody is. */
export function readSession(request: Request, now = new Date().toISOString()): Promise<Session | null> {
  const token = readCookie(request, SESSION_COOKIE);
  return token === '' ? Promise.resolve(null) : currentDesk().session(token, clientOf(request), now);
}

/**
 * A page for those who are signed in; others are sent to sign in, and come back. Without the second factor that is demanded, to where it
 * is set up. @throws ForbiddenError for what the person may not
 */
export async function visiting<Page>(
  { request, url }: Asked,
  load: (visit: Visit) => Page | Moved | Promise<Page | Moved>,
): Promise<Page | Moved> {
  const console = currentConsole();
  const session = await readSession(request);
  if (!session) return seeOther(signInUrl(`${url.pathname}${url.search}`));
  try {
    return await load({ ...console, session: { ...session, frame: frameOf(console, session) } });
  } catch (error) {
    if (error instanceof ForbiddenError && error.reason === 'secondFactor') return seeOther(ownAccountUrl());
    throw error;
  }
}

/** What the frame of a page shows of what waits. */
function frameOf({ work, drafts, feeds, exposures }: Console, session: Session): Frame {
  const lists = work.waiting(session).map(({ list, total, isOverdue }) => {
    return { label: WORK_LISTS[list].label, href: workListUrl(list), total, isOverdue };
  });
  const total = lists.reduce((sum, list) => sum + list.total, 0);
  const queues = [
    { label: '等我办理的稿件', href: draftsUrl(), ...drafts.waiting(session) },
    { label: '等待审核的来源内容', href: feedsUrl(), ...feeds.count(session) },
    { label: '等待放行或办结的曝光事项', href: exposureDeskUrl(), ...exposures.waiting(session) },
    { label: '待办清单', href: workUrl(), total, isOverdue: lists.some(({ isOverdue }) => isOverdue) },
  ].filter((queue) => queue.total > 0);
  return { queues, lists, filters: work.filters(session).map(({ name, href }) => ({ name, href })) };
}

/**
 * The visit after the password was given again in a form, where that has to be. @throws InputError, at the field `password`, when it is
 * wrong or missing
 */
export async function confirmed(
  visit: Visit,
  request: Request,
  values: Readonly<Record<string, string>>,
): Promise<Visit> {
  const { desk, session } = visit;
  if (session.officer.isSteppedUp) return visit;
  if (!(await desk.stepUp(session, values.password ?? '')))
    throw new InputError([{ name: 'password', message: '请输入您登录用的密码，确认是您本人操作' }]);
  return { ...visit, session: (await readSession(request)) ?? session };
}
