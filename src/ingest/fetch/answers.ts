import type { Response } from 'undici';
import { FetchError } from '#src/outbound/errors.ts';
import type { FeedRequest } from '../types.ts';

export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface FeedResponse {
  notModified: boolean;
  bytes: Uint8Array;
  contentType: string | undefined;
  headers: Record<string, string>;
  cookies: Record<string, string>;
  validators: Validators;
}

/** Headers of a request: who asks, and the validators that make it conditional. */
export function toHeaders(feed: FeedRequest, validators: Validators | undefined): Record<string, string> {
  return {
    'user-agent': 'Mozilla/5.0 (compatible; Tongming/1.0; public-resource-trading aggregator)',
    'accept-language': 'zh-CN,zh;q=0.9',
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
    ...feed.headers,
  };
}

/** Headers that may go to another host. */
export function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:cookie|authorization|x-.*token)$/i.test(name)),
  );
}

/** An answer without its body yet. */
export function toAnswer(response: Response): FeedResponse {
  const { headers } = response;
  const cookies = headers.getSetCookie().map((line) => /^\s*([^=;\s]+)\s*=\s*([^;]*)/.exec(line));
  const etag = headers.get('etag');
  const lastModified = headers.get('last-modified');
  return {
    notModified: false,
    bytes: new Uint8Array(),
    contentType: headers.get('content-type') ?? undefined,
    headers: Object.fromEntries(headers),
    cookies: Object.fromEntries(cookies.flatMap((match) => (match ? [[match[1], match[2]]] : []))),
    validators: { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) },
  };
}

/** @throws FetchError for every status that is not a success. */
export async function assertSuccess(response: Response): Promise<void> {
  if (response.status >= 200 && response.status < 300) return;
  await response.body?.cancel();
  const retryable = response.status >= 500 || response.status === 429 || response.status === 408;
  const { status } = response;
  throw new FetchError(`对方返回 ${status}`, { status, retryable, retryAfterMs: parseRetryAfter(response) });
}

function parseRetryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after');
  if (!text) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
