import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Response, fetch as request } from 'undici';
import { assertExpected, readCapped } from './fetch/body.ts';
import { FetchError, ForbiddenAddressError } from './fetch/errors.ts';
import { readFeedFile } from './fetch/files.ts';
import { Politeness } from './fetch/politeness.ts';
import { assertAllowedUrl, createGuardedConnector, PrivateHosts } from './ssrf-guard.ts';
import type { FeedRequest } from './types.ts';

const MAXIMUM_REDIRECTS = 3;
const ATTEMPTS = 3;
const LONGEST_WAIT_MS = 60_000;

export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface FetchOptions {
  /** Makes the request conditional: an unchanged resource is answered with `notModified`. */
  validators?: Validators | undefined;
  signal?: AbortSignal | undefined;
}

export interface FeedAnswer {
  notModified: boolean;
  bytes: Uint8Array;
  contentType: string | undefined;
  headers: Record<string, string>;
  cookies: Record<string, string>;
  validators: Validators;
}

export interface Fetcher {
  /** @throws FetchError when the feed cannot be read; the reason is Chinese. */
  get(feed: FeedRequest, options?: FetchOptions): Promise<FeedAnswer>;
  close(): Promise<void>;
}

export interface FetcherOptions {
  /** `host:port` pairs of private feeds that are let through. */
  allowPrivate: readonly string[];
  /** Folder of file feeds. */
  filesDir?: string | undefined;
  /** Limit of one attempt from connect to last byte. */
  timeoutMs?: number;
  /** Limit of the decoded body. */
  maximumBytes?: number;
  /** First pause between attempts; doubled each time. */
  backoffMs?: number;
}

/** The one way out to the network: guarded addresses, polite pace, limits on time and decoded size, retries. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const { timeoutMs = 60_000, maximumBytes = 20 * 1024 * 1024, backoffMs = 1_000 } = options;
  const allowed = new PrivateHosts(options.allowPrivate);
  const agent = new Agent({ connect: createGuardedConnector(allowed), connections: 4, bodyTimeout: timeoutMs });
  const politeness = new Politeness();

  async function attempt(feed: FeedRequest, url: URL, { validators, signal }: FetchOptions): Promise<FeedAnswer> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const limit = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const response = await follow(feed, url, toHeaders(feed, validators), limit);
    const answer = toAnswer(response);
    if (response.status === 304 && validators) return { ...answer, notModified: true, validators };
    await assertSuccess(response);
    answer.bytes = await readCapped(response.body, maximumBytes);
    assertExpected(answer.bytes, answer.contentType, feed.expect);
    return answer;
  }

  /** Follows redirects by hand, each checked like a first address; other hosts get no cookies and no credentials. */
  async function follow(feed: FeedRequest, url: URL, headers: Record<string, string>, signal: AbortSignal) {
    let target = url;
    let method = feed.method ?? 'GET';
    let sent = headers;
    for (let hop = 0; hop <= MAXIMUM_REDIRECTS; hop++) {
      assertAllowedUrl(target, allowed);
      const body = method === 'POST' ? { body: feed.body ?? '' } : {};
      const response = await request(target, {
        method,
        headers: sent,
        ...body,
        redirect: 'manual',
        signal,
        dispatcher: agent,
      });
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || !location) return response;
      await response.body?.cancel();
      const next = new URL(location, target);
      if (next.origin !== target.origin) sent = withoutSecrets(sent);
      if (response.status < 307) method = 'GET';
      target = next;
    }
    throw new FetchError('重定向次数过多');
  }

  async function get(feed: FeedRequest, limits: FetchOptions = {}): Promise<FeedAnswer> {
    const url = parseUrl(feed.url);
    if (url.protocol === 'file:') return getFile(url, feed, limits);
    assertAllowedUrl(url, allowed);
    for (let tried = 1; ; tried++) {
      try {
        return await politeness.run(url.host, allowed.hasUrl(url), limits.signal, () => attempt(feed, url, limits));
      } catch (error) {
        limits.signal?.throwIfAborted();
        const fault = toFetchError(error);
        const wait = Math.max(fault.retryAfterMs ?? 0, backoffMs * 2 ** (tried - 1) * (0.5 + Math.random()));
        if (!fault.retryable || tried >= ATTEMPTS || wait > LONGEST_WAIT_MS) throw fault;
        await sleep(wait, undefined, { signal: limits.signal });
      }
    }
  }

  async function getFile(url: URL, feed: FeedRequest, { validators }: FetchOptions): Promise<FeedAnswer> {
    const { bytes, etag } = await readFeedFile(url, options.filesDir, maximumBytes);
    const notModified = validators?.etag === etag;
    if (!notModified) assertExpected(bytes, undefined, feed.expect);
    return { notModified, bytes, contentType: undefined, headers: {}, cookies: {}, validators: { etag } };
  }

  return { get, close: () => agent.destroy() };
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new FetchError(`地址无效：${text.slice(0, 200)}`);
  return new URL(text);
}

function toHeaders(feed: FeedRequest, validators: Validators | undefined): Record<string, string> {
  return {
    'user-agent': 'Mozilla/5.0 (compatible; Tongming/1.0; public-resource-trading aggregator)',
    'accept-language': 'zh-CN,zh;q=0.9',
    ...(validators?.etag ? { 'if-none-match': validators.etag } : {}),
    ...(validators?.lastModified ? { 'if-modified-since': validators.lastModified } : {}),
    ...feed.headers,
  };
}

function withoutSecrets(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:cookie|authorization|x-.*token)$/i.test(name)),
  );
}

function toAnswer(response: Response): FeedAnswer {
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
async function assertSuccess(response: Response): Promise<void> {
  if (response.status >= 200 && response.status < 300) return;
  await response.body?.cancel();
  const retryable = response.status >= 500 || response.status === 429 || response.status === 408;
  throw new FetchError(`对方返回 ${response.status}`, { retryable, retryAfterMs: parseRetryAfter(response) });
}

function parseRetryAfter(response: Response): number | undefined {
  const text = response.headers.get('retry-after');
  if (!text) return undefined;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Network errors hide behind `fetch failed`: the cause says what happened. */
function toFetchError(error: unknown): FetchError {
  if (error instanceof FetchError) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof ForbiddenAddressError) return cause;
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  const detail = cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error);
  return new FetchError(isTimeout ? '对方响应超时' : `网络错误：${detail.slice(0, 200)}`, {
    retryable: true,
    cause: error,
  });
}
