import { defineMiddleware } from 'astro:middleware';
import { randomUUID } from 'node:crypto';
import { NotFoundError, type PublicError, UnavailableError } from '#src/domain/errors.ts';
import { PROBLEM_TYPE, toProblem } from './server/api/problem.ts';
import { listClarifications } from './server/articles/errata.ts';
import { getConfig } from './server/config.ts';
import { webDb } from './server/db.ts';
import { isDemo } from './server/demo.ts';
import { toPublicError } from './server/http/failure.ts';
import { pageLog } from './server/log.ts';
import { answersToPrograms } from './server/routes/match.ts';

interface Failure {
  status: number;
  title: string;
  message: string;
  requestId: string;
  fields: PublicError['fields'];
  retryAfter: PublicError['retryAfter'];
}

const UNKNOWN = {
  status: 500,
  title: '页面暂时打不开',
  message: '系统出了差错，原因已经记录，请稍后再试。',
  fields: [],
  retryAfter: undefined,
};

/** The one place that turns errors into answers: problems for programs, error pages for people. */
export const onRequest = defineMiddleware(async ({ locals, routePattern, url }, next) => {
  const { pathname } = url;
  const forPrograms = answersToPrograms(pathname);
  try {
    if (forPrograms && routePattern === '/404') throw new NotFoundError('没有这个接口');
    locals.demo = !forPrograms && isDemo(webDb());
    locals.clarifications = forPrograms ? [] : listClarifications(webDb(), pathname);
    return await next();
  } catch (error) {
    const failure = toFailure(error, pathname);
    if (forPrograms) return toProblemResponse(failure, pathname);
    locals.demo ??= false;
    locals.problem = { ...failure, asked: url };
    const page = await next(failure.status >= 500 ? '/500' : '/404');
    const headers = new Headers(page.headers);
    if (failure.retryAfter !== undefined) headers.set('retry-after', String(failure.retryAfter));
    return new Response(page.body, { status: failure.status, headers });
  }
});

/** What the reader is told; the log gets the rest under the same number. */
function toFailure(error: unknown, path: string): Failure {
  const requestId = randomUUID();
  const { status, title, message, fields, retryAfter } = toPublicError(error) ?? UNKNOWN;
  const entry = { requestId, status, path };
  if (status < 500 || isRefusal(error)) pageLog().info(entry, message);
  else pageLog().error({ ...entry, err: error }, 'request failed');
  return { status, title, message, requestId, fields, retryAfter };
}

/** Too much to do is no fault of the server's: nothing caused it but its callers. */
const isRefusal = (error: unknown) =>
  error instanceof UnavailableError && error.cause === undefined && error.fields.length === 0;

function toProblemResponse({ status, message, requestId, fields, retryAfter }: Failure, path: string): Response {
  const problem = toProblem(getConfig().SITE_URL, { status, detail: message, path, requestId, errors: fields });
  const headers = new Headers({ 'content-type': PROBLEM_TYPE });
  if (retryAfter !== undefined) headers.set('retry-after', String(retryAfter));
  return new Response(JSON.stringify(problem), { status, headers });
}
