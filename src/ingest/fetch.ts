import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type Response, fetch as request } from 'undici';
import { FetchError, ForbiddenAddressError } from '#src/outbound/errors.ts';
import { assertAllowedUrl, createGuardedConnector, PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import {
  assertSuccess,
  type FeedResponse,
  toAnswer,
  toHeaders,
  type Validators,
  withoutSecrets,
} from './fetch/answers.ts';
import { assertExpected, readCapped } from './fetch/body.ts';
import { readFeedFile } from './fetch/files.ts';
import { HostThrottle } from './fetch/host-throttle.ts';
import type { FeedRequest } from './types.ts';

const MAXIMUM_REDIRECTS = 3;
/** A large file over a slow line. */
const FILE_TIMEOUT_MS = 600_000;
const ATTEMPTS = 3;
const LONGEST_WAIT_MS = 60_000;

export type { FeedResponse as FeedAnswer, Validators } from './fetch/answers.ts';

export interface FetchOptions {
  /** Makes the request conditional: an unchanged resource is answered with `notModified`. */
  validators?: Validators | undefined;
  signal?: AbortSignal | undefined;
}

export interface Fetcher {
  /** @throws FetchError when the feed cannot be read; the reason is Chinese. */
  get(feed: FeedRequest, options?: FetchOptions): Promise<FeedResponse>;
  /**
   * Hands the body of an answer on while it comes, in one attempt: for what is too large to lie in memory.
   * @throws FetchError when it cannot be had; what `take` throws
   */
  take<Taken>(
    url: string,
    take: (body: AsyncIterable<Uint8Array>) => Promise<Taken>,
    signal?: AbortSignal,
  ): Promise<Taken>;
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
  return new GuardedFetcher(options);
}

class GuardedFetcher implements Fetcher {
  readonly #options: Required<Pick<FetcherOptions, 'timeoutMs' | 'maximumBytes' | 'backoffMs'>> & FetcherOptions;
  readonly #allowed: PrivateHosts;
  readonly #agent: Agent;
  readonly #politeness = new HostThrottle();

  constructor(options: FetcherOptions) {
    this.#options = { timeoutMs: 60_000, maximumBytes: 20 * 1024 * 1024, backoffMs: 1_000, ...options };
    this.#allowed = new PrivateHosts(options.allowPrivate);
    const connect = createGuardedConnector(this.#allowed);
    this.#agent = new Agent({ connect, connections: 4, bodyTimeout: this.#options.timeoutMs });
  }

  async get(feed: FeedRequest, options: FetchOptions = {}): Promise<FeedResponse> {
    const url = parseUrl(feed.url);
    if (url.protocol === 'file:') return this.#readFile(url, feed, options);
    assertAllowedUrl(url, this.#allowed);
    for (let tried = 1; ; tried++) {
      try {
        const attempt = () => this.#attempt(feed, url, options);
        return await this.#politeness.run(url.host, this.#allowed.hasUrl(url), options.signal, attempt);
      } catch (error) {
        options.signal?.throwIfAborted();
        const fault = toFetchError(error);
        const pause = this.#options.backoffMs * 2 ** (tried - 1) * (0.5 + Math.random());
        const wait = Math.max(fault.retryAfterMs ?? 0, pause);
        if (!fault.retryable || tried >= ATTEMPTS || wait > LONGEST_WAIT_MS) throw fault;
        await sleep(wait, undefined, { signal: options.signal });
      }
    }
  }

  async take<Taken>(
    address: string,
    take: (body: AsyncIterable<Uint8Array>) => Promise<Taken>,
    signal?: AbortSignal,
  ): Promise<Taken> {
    const url = parseUrl(address);
    assertAllowedUrl(url, this.#allowed);
    const feed: FeedRequest = { url: address, expect: 'file' };
    const limit = AbortSignal.any([AbortSignal.timeout(FILE_TIMEOUT_MS), ...(signal ? [signal] : [])]);
    return this.#politeness.run(url.host, this.#allowed.hasUrl(url), limit, async () => {
      const response = await this.#follow(feed, url, toHeaders(feed, undefined), limit).catch((error: unknown) => {
        throw toFetchError(error);
      });
      await assertSuccess(response);
      if (response.body === null) throw new FetchError('内容为空', { retryable: true });
      return take(response.body);
    });
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #attempt(feed: FeedRequest, url: URL, { validators, signal }: FetchOptions): Promise<FeedResponse> {
    const timeout = AbortSignal.timeout(this.#options.timeoutMs);
    const limit = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const response = await this.#follow(feed, url, toHeaders(feed, validators), limit);
    const answer = toAnswer(response);
    if (response.status === 304 && validators) return { ...answer, notModified: true, validators };
    await assertSuccess(response);
    answer.bytes = await readCapped(response.body, this.#options.maximumBytes);
    assertExpected(answer.bytes, answer.contentType, feed.expect);
    return answer;
  }

  /** Follows redirects by hand, each checked like a first address; other hosts get no cookies and no credentials. */
  async #follow(feed: FeedRequest, url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    let target = url;
    let method = feed.method ?? 'GET';
    let sent = headers;
    for (let hop = 0; hop <= MAXIMUM_REDIRECTS; hop++) {
      assertAllowedUrl(target, this.#allowed);
      const body = method === 'POST' ? { body: feed.body ?? '' } : {};
      const asked = { method, headers: sent, ...body, redirect: 'manual' as const, signal, dispatcher: this.#agent };
      const response = await request(target, asked);
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

  async #readFile(url: URL, feed: FeedRequest, { validators }: FetchOptions): Promise<FeedResponse> {
    const { filesDir, maximumBytes } = this.#options;
    const { bytes, etag } = await readFeedFile(url, filesDir, maximumBytes);
    const notModified = validators?.etag === etag;
    if (!notModified) assertExpected(bytes, undefined, feed.expect);
    return { notModified, bytes, contentType: undefined, headers: {}, cookies: {}, validators: { etag } };
  }
}

function parseUrl(text: string): URL {
  if (!URL.canParse(text)) throw new FetchError(`地址无效：${text.slice(0, 200)}`);
  return new URL(text);
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
