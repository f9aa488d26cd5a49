import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PublicError } from '../errors.ts';
import { type Answer, type AnswerHeaders, toAnswer } from './answer.ts';
import { SHARED_HEADERS, securityHeaders } from './headers.ts';
import { hostChecker } from './hosts.ts';
import type { MicroCache } from './micro-cache.ts';
import { getPolicy, type RoutePolicy, toCacheKey } from './policy.ts';
import { toRefusal } from './refusal.ts';
import { assertBodyLength, BodyTooLargeError, readBody } from './request-body.ts';
import { sendAnswer } from './send.ts';
import { type StreamedAnswer, sendStream } from './stream.ts';

/** Renders a request to this site; its address is made of the configured site, never of the Host header. */
export type Render = (request: Request) => Promise<Response>;

/** Takes a streamed request body in and answers. @throws PublicError */
export type Receive = (request: IncomingMessage) => Promise<Response>;

export interface HandlerOptions {
  siteUrl: string;
  allowedHosts: readonly string[];
  files: Map<string, Answer>;
  cache: MicroCache;
  render: Render;
  receive: Receive;
  onError(error: unknown, path: string, requestId: string): void;
}

/** Request headers that pages may see. The rest, forwarding headers above all, stays outside. */
const PASSED_HEADERS = ['accept', 'accept-language', 'authorization', 'content-type', 'cookie', 'origin'] as const;
const READS = new Set(['GET', 'HEAD']);

/** Answers requests: a static file, a kept answer, or a new rendering. */
export class Handler {
  readonly #options: HandlerOptions;
  readonly #base: Record<string, string>;
  readonly #isOurs: (host: string | undefined) => boolean;

  constructor(options: HandlerOptions) {
    this.#options = options;
    this.#base = securityHeaders(options.siteUrl);
    this.#isOurs = hostChecker(options.siteUrl, options.allowedHosts);
  }

  /** Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = await this.#answer(request);
      await ('stream' in answer ? sendStream(request, response, answer) : sendAnswer(request, response, answer));
    } catch (error) {
      if (response.headersSent || response.destroyed) {
        this.#options.onError(error, request.url ?? '', randomUUID());
        return;
      }
      const tooLarge = error instanceof BodyTooLargeError;
      const requestId = randomUUID();
      if (tooLarge) response.setHeader('connection', 'close');
      else this.#options.onError(error, request.url ?? '', requestId);
      await sendAnswer(request, response, this.#refuse(request, tooLarge ? 413 : 500, requestId));
    }
  }

  async #answer(request: IncomingMessage): Promise<Answer | StreamedAnswer> {
    const target = request.url ?? '';
    if (!this.#isOurs(request.headers.host)) return this.#refuse(request, 421);
    if (!target.startsWith('/') || target.includes('#')) return this.#refuse(request, 400);
    const [path = '', query = ''] = splitOnce(target, '?');
    const method = request.method ?? '';
    const policy = getPolicy(path);
    if (!policy.methods.includes(method)) return this.#refuse(request, 405);
    assertBodyLength(request, policy.bodyLimit);
    if (policy.pushed) return this.#receive(request, policy);
    if (policy.streamed) return this.#stream(request, policy);
    if (READS.has(method)) return this.#options.files.get(path) ?? this.#read(request, path, query);
    return this.#render(request, policy, await readBody(request, policy.bodyLimit));
  }

  /** Kept answers are for everyone: requests that say who they are from never meet them. */
  async #read(request: IncomingMessage, path: string, query: string): Promise<Answer> {
    const { cache } = this.#options;
    const policy = getPolicy(path);
    const personal = request.headers.cookie !== undefined || request.headers.authorization !== undefined;
    const key = policy.keepMs > 0 && !personal ? toCacheKey(path, query) : undefined;
    if (key === undefined) return this.#render(request, policy);
    const kept = cache.find(key, Date.now());
    return kept ?? cache.make(key, policy.keepMs, () => this.#render(request, policy), isKeepable);
  }

  /** An error is an answer like any other; a good one goes out while it is made. */
  async #stream(request: IncomingMessage, policy: RoutePolicy): Promise<Answer | StreamedAnswer> {
    const response = await this.#options.render(toRequest(request, this.#options.siteUrl, undefined));
    if (!response.ok || !response.body) return this.#toAnswer(request, policy, response);
    const headers = toHeaders(this.#base, policy, response);
    return { status: response.status, headers, stream: response.body as StreamedAnswer['stream'] };
  }

  async #render(request: IncomingMessage, policy: RoutePolicy, body?: Buffer<ArrayBuffer>): Promise<Answer> {
    return this.#toAnswer(request, policy, await this.#options.render(toRequest(request, this.#options.siteUrl, body)));
  }

  async #toAnswer(request: IncomingMessage, policy: RoutePolicy, response: Response): Promise<Answer> {
    // Astro's own errors (an address that cannot be decoded, an error page that fails) come without a body.
    if (response.status >= 400 && response.body === null) return this.#refuse(request, response.status);
    const headers = toHeaders(this.#base, policy, response);
    return toAnswer(response.status, headers, Buffer.from(await response.arrayBuffer()));
  }

  /** Hands the body of a push to its receiver. What is refused half-way is not read to its end. */
  async #receive(request: IncomingMessage, policy: RoutePolicy): Promise<Answer> {
    try {
      return await this.#toAnswer(request, policy, await this.#options.receive(request));
    } catch (error) {
      if (!(error instanceof PublicError)) throw error;
      const refusal = this.#refuse(request, error.status, randomUUID(), error);
      if (request.complete) return refusal;
      return toAnswer(refusal.status, { ...refusal.headers, connection: 'close' }, refusal.body);
    }
  }

  #refuse(request: IncomingMessage, status: number, requestId: string = randomUUID(), error?: PublicError): Answer {
    const [path = ''] = splitOnce(request.url ?? '', '?');
    const { message: detail, fields: errors } = error ?? {};
    return toRefusal(this.#options.siteUrl, this.#base, { status, path, requestId, detail, errors });
  }
}

function splitOnce(text: string, mark: string): string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function isKeepable(answer: Answer): boolean {
  return answer.status === 200 && !String(answer.headers['cache-control']).includes('no-store');
}

function toRequest(request: IncomingMessage, siteUrl: string, body: Buffer<ArrayBuffer> | undefined): Request {
  const headers = new Headers();
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  return new Request(siteUrl + request.url, { method, headers, body: body && body.length > 0 ? body : null });
}

/** The security headers, the policy's caching (only for good answers) and what the page itself says. */
function toHeaders(base: Record<string, string>, policy: RoutePolicy, response: Response): AnswerHeaders {
  const headers: AnswerHeaders = {
    ...base,
    'cache-control': response.ok ? policy.cacheControl : 'no-store',
    ...(policy.shared ? SHARED_HEADERS : {}),
  };
  for (const [name, value] of response.headers) headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) Object.assign(headers, { 'set-cookie': cookies, 'cache-control': 'no-store' });
  return headers;
}
