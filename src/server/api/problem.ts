import type { Problem } from './problem-schema.ts';

interface ProblemKind {
  /** Name of the answer in the API document, where its `type` address leads. */
  name: string;
  title: string;
  description: string;
}

/** The kinds of error answers by status. */
export const PROBLEMS = {
  400: { name: 'BadRequest', title: '请求参数有误', description: '有未知、重复或不合格式的参数，errors 逐一指出。' },
  401: { name: 'Unauthorized', title: '签名无效', description: '没有签名，或签名、时间、密钥不符。' },
  404: { name: 'NotFound', title: '没有找到', description: '没有这项内容，或没有这个接口。' },
  405: { name: 'MethodNotAllowed', title: '不支持这种请求方法', description: '支持的方法见 Allow。' },
  409: { name: 'Conflict', title: '请求冲突', description: '签名已经用过，或同一来源正在处理另一请求。' },
  410: {
    name: 'Gone',
    title: '内容已撤回',
    description: '内容已由发布单位撤回或依法下线，不再提供；对变更接口，是游标已随数据库的恢复失效。',
  },
  413: { name: 'ContentTooLarge', title: '提交的内容过大', description: '提交的内容超过这个接口的限度。' },
  415: { name: 'UnsupportedMediaType', title: '内容类型不支持', description: 'Content-Type 不是这个接口接受的类型。' },
  421: { name: 'MisdirectedRequest', title: '域名不符', description: '本站不以这个域名提供服务。' },
  422: {
    name: 'UnprocessableContent',
    title: '内容与此前不一致',
    description: '同一 Idempotency-Key 此前用于另一内容。',
  },
  429: { name: 'TooManyRequests', title: '请求过于频繁', description: '超过每分钟的份额，Retry-After 秒后再试。' },
  500: { name: 'InternalError', title: '服务器出错', description: '系统出错，原因已记入日志。' },
  503: {
    name: 'Unavailable',
    title: '服务暂不可用',
    description: '所需的部分尚未就绪，或此刻要做的太多，Retry-After 秒后再试。',
  },
  507: {
    name: 'InsufficientStorage',
    title: '存储空间不足',
    description: '没有地方保存，所交的内容没有问题；Retry-After 秒后再试。',
  },
} as const satisfies Record<number, ProblemKind>;

export type ProblemStatus = keyof typeof PROBLEMS;

/** Address path of the API document. */
export const DOCUMENT_PATH = '/api/v1/openapi.json';
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** One error as it happened. */
export interface Occurrence {
  status: number;
  detail: string;
  /** Path of the request, without query. */
  path: string;
  requestId: string;
  errors?: { name: string; message: string }[];
}

/** The error as an RFC 9457 problem of the given site. A status without a kind of its own counts as 500's or 400's. */
export function toProblem(siteUrl: string, occurrence: Occurrence): Problem {
  const { status, detail, path, requestId, errors = [] } = occurrence;
  const { name, title } = isKnown(status) ? PROBLEMS[status] : PROBLEMS[status >= 500 ? 500 : 400];
  return {
    type: `${siteUrl}${DOCUMENT_PATH}#/components/responses/${name}`,
    title,
    status,
    detail,
    instance: path,
    requestId,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

function isKnown(status: number): status is ProblemStatus {
  return Object.hasOwn(PROBLEMS, status);
}
