import type { FieldFault } from '#src/domain/errors.ts';
import { PROBLEM_TYPE, toProblem } from '../api/problem.ts';
import { answersToPrograms } from '../routes/match.ts';
import { type HttpResponse, type ResponseHeaders, toAnswer } from './answer.ts';
import { SHARED_HEADERS } from './headers.ts';
import { getRoutePolicy } from './route-policy.ts';
import { splitTarget } from './target.ts';

const MESSAGES: Record<number, string> = {
  400: '请求无效',
  404: '没有这个页面',
  405: '不支持这种请求方法',
  408: '请求没有及时发完',
  413: '提交的内容过大',
  414: '地址过长',
  417: '不支持 Expect 的这种要求',
  421: '本站不以这个域名提供服务',
  429: '请求过于频繁，请稍后再试',
  431: '请求头过大',
  500: '服务器出错，请稍后再试',
  503: '连接过多，请稍后再试',
};

/** What a status means, in Chinese, where there is no more to say. */
export const messageOf = (status: number): string => MESSAGES[status] ?? '请求未能完成';

export interface Refusal {
  status: number;
  /** Path of the request, without query. */
  path: string;
  requestId: string;
  /** What exactly is wrong, in Chinese, where the status does not say it. */
  detail?: string | undefined;
  errors?: FieldFault[] | undefined;
  /** Seconds after which it makes sense to ask again. */
  retryAfter?: number | undefined;
}

/**
 * What the HTTP server itself answers when it cannot pass a request on: a problem for programs, a line of text for others.
 * `base` is the site's security headers.
 */
export function toRefusal(
  siteUrl: string,
  base: ResponseHeaders,
  { status, path, requestId, detail, errors = [], retryAfter }: Refusal,
): HttpResponse {
  const message = detail ?? messageOf(status);
  const routePolicy = getRoutePolicy(path);
  const forPrograms = answersToPrograms(path);
  const headers: ResponseHeaders = {
    ...base,
    'content-type': forPrograms ? PROBLEM_TYPE : 'text/plain',
    'cache-control': 'no-store',
    ...(routePolicy.shared ? SHARED_HEADERS : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    ...(status === 405 ? { allow: routePolicy.methods.join(', ') } : {}),
  };
  if (!forPrograms) return toAnswer(status, headers, Buffer.from(`${status} ${message}\n`));
  const problem = toProblem(siteUrl, { status, detail: message, path, requestId, errors });
  return toAnswer(status, headers, Buffer.from(JSON.stringify(problem)));
}

/** Sends a reader on to the normal form of an address. */
export function toRedirect(base: ResponseHeaders, location: string): HttpResponse {
  const { shared } = getRoutePolicy(splitTarget({ url: location }).path);
  const headers: ResponseHeaders = {
    ...base,
    ...(shared ? SHARED_HEADERS : {}),
    location,
    'content-type': 'text/plain',
    'cache-control': 'no-store',
  };
  return toAnswer(308, headers, Buffer.from(`308 这个地址的规范写法是 ${location}\n`));
}
