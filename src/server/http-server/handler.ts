import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type PublicError, TooManyRequestsError } from '#src/domain/errors.ts';
import { CLIENT_HEADER } from '../http/client-header.ts';
import { toPublicError } from '../http/failure.ts';
import type { Side } from '../http/route.ts';
import { type HttpResponse, type ResponseHeaders, toAnswer } from './answer.ts';
import { clientOf } from './client.ts';
import { SHARED_HEADERS, securityHeaders } from './headers.ts';
import { hostChecker } from './hosts.ts';
import type { MicroCache } from './micro-cache.ts';
import type { RateLimit } from './rate-limit.ts';
import { toRedirect, toRefusal } from './refusal.ts';
import { assertBodyLength, BodyTooLargeError, readBody } from './request-body.ts';
import { getRoutePolicy, isInternal, type RoutePolicy, sideOf, toCacheKey } from './route-policy.ts';
import { sendAnswer } from './send.ts';
import { type StreamedResponse, sendStream } from './stream.ts';
import { readTarget, splitAuthority, splitTarget } from './target.ts';
import type { Turns } from './turns.ts';
import { UnderWay } from './under-way.ts';

/** Renders a request to this site; its address is made of the configured site, never of the Host header. */
export type Render = (request: Request) => Promise<Response>;

/** Takes a streamed request body in and answers; `client` is who asks, '' this machine. @throws PublicError */
export type Receive = (request: IncomingMessage, client: string) => Promise<Response>;

export interface HandlerOptions {
  side: Side;
  siteUrl: string;
  allowedHosts: readonly string[];
  files: Map<string, HttpResponse>;
  cache: MicroCache;
  rateLimit: RateLimit;
  /** Share of forms that make the site write to somebody. */
  formLimit: RateLimit;
  /** Turns of requests that take long. */
  turns: Turns;
  /** Proxies on other machines whose X-Forwarded-For is believed: addresses or CIDR ranges. */
  trustedProxies: readonly string[];
  render: Render;
  receive?: Receive | undefined;
  onError(error: unknown, path: string, requestId: string): void;
}

/** Request headers that pages may see. The rest, forwarding headers above all, stays outside. */
const PASSED_HEADERS = [
  'accept',
  'accept-language',
  'authorization',
  'content-type',
  'cookie',
  'if-range',
  'origin',
  'range',
] as const;
/** What is told of a refusal beyond its status. */
type Why = Partial<Pick<PublicError, 'message' | 'fields' | 'retryAfter'>>;
const READS = new Set(['GET', 'HEAD']);
/** Requests of one client that are answered at a time: an office's readers, each with a page or two. */
const MOST_UNDER_WAY = 100;
/** A whole list as a file costs as much as so many pages. */
const FILE_COST = 20;
const STAFF_ENTRANCE = '/staff';

/** Answers requests: a static file, a kept answer, or a new rendering. */
export class Handler {
  readonly #options: HandlerOptions;
  readonly #base: Record<string, string>;
  readonly #underWay = new UnderWay(MOST_UNDER_WAY);
  readonly #isOurs: (host: string | undefined) => boolean;

  constructor(options: HandlerOptions) {
    this.#options = options;
    this.#base = securityHeaders(options.siteUrl);
    this.#isOurs = hostChecker(options.siteUrl, options.allowedHosts);
  }

  /** Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = this.#findExcess(request, response) ?? (await this.#answer(request, response));
      await ('stream' in answer ? sendStream(request, response, answer) : sendAnswer(request, response, answer));
    } catch (error) {
      const requestId = randomUUID();
      const refused = toPublicError(error);
      // A client that left, or was given up, is no failure of ours.
      if (refused !== error && request.errored !== error)
        this.#options.onError(error, splitTarget(request).path, requestId);
      if (response.headersSent || response.destroyed) return;
      if (refused instanceof BodyTooLargeError) response.setHeader('connection', 'close');
      await sendAnswer(request, response, this.#refuse(request, refused?.status ?? 500, refused, requestId));
    }
  }

  /** Answers what asks us for more than HTTP requires before it sends its body. */
  async refuseExpectation(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('connection', 'close');
    await sendAnswer(request, response, this.#refuse(request, 417));
  }

  /** The refusal of a request beyond those that one client may have under way. */
  #findExcess(request: IncomingMessage, response: ServerResponse): HttpResponse | undefined {
    const client = clientOf(request, this.#options.trustedProxies);
    if (client === undefined || this.#underWay.begin(client, response)) return undefined;
    response.setHeader('connection', 'close');
    response.setHeader('retry-after', '1');
    return this.#refuse(request, 429, { message: `同时最多处理 ${MOST_UNDER_WAY} 个请求，请等前面的完成后再试` });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<HttpResponse | StreamedResponse> {
    const elsewhere = this.#enter(request);
    if (elsewhere) return elsewhere;
    const { path, query } = splitTarget(request);
    const method = request.method ?? '';
    const file = READS.has(method) ? this.#options.files.get(path) : undefined;
    if (isInternal(path)) return this.#refuse(request, 404);
    if (!file && sideOf(path) !== this.#options.side) return this.#leave(request, path);
    if (this.#isForged(request)) return this.#refuse(request, 403, { message: '请求不是从本站的页面发出的，没有执行' });
    const routePolicy = getRoutePolicy(path);
    if (!routePolicy.methods.includes(method)) return this.#refuse(request, 405);
    assertBodyLength(request, routePolicy.bodyLimit);
    if (routePolicy.pushed) return this.#receive(request, routePolicy);
    const key =
      READS.has(method) && !isPersonal(request) && routePolicy.ttlMs > 0 ? toCacheKey(path, query) : undefined;
    const kept = file ?? (key === undefined ? undefined : this.#options.cache.find(key, performance.now()));
    if (kept) return kept;
    await this.#admit(request, response, this.#options.rateLimit, routePolicy.streamed ? FILE_COST : 1);
    if (routePolicy.writesToOthers && method === 'POST')
      await this.#admit(request, response, this.#options.formLimit, 1);
    if (routePolicy.streamed) return this.#stream(request, routePolicy);
    if (key !== undefined) return this.#make(request, routePolicy, key);
    const body = READS.has(method) ? undefined : await readBody(request, routePolicy.bodyLimit);
    const render = () => this.#render(request, routePolicy, body);
    if (!routePolicy.takesTurns || !body) return render();
    const { turns, trustedProxies } = this.#options;
    return turns.take(clientOf(request, trustedProxies), render);
  }

  /**
   * Lets in what is meant for this site, with its target in normal form from here on. Returns the answer to what is not: a
   * refusal, or for reads the way to the normal form.
   */
  #enter(request: IncomingMessage): HttpResponse | undefined {
    const { authority, rest } = splitAuthority(request.url ?? '');
    const hosts = request.headersDistinct.host ?? [];
    // Who reads the first of two hosts, and who the last, would see different sites.
    if (hosts.length > 1) return this.#refuse(request, 400, { message: '请求中有多个 Host' });
    if (hosts.length === 0 && request.httpVersion === '1.1')
      return this.#refuse(request, 400, { message: '请求中没有 Host' });
    if (!this.#isOurs(authority ?? hosts[0])) return this.#refuse(request, 421);
    const target = readTarget(rest);
    if (target.kind === 'none') return this.#refuse(request, target.status, { message: target.reason });
    if (target.kind === 'other') {
      if (READS.has(request.method ?? '')) return toRedirect(this.#base, target.to);
      return this.#refuse(request, 400, { message: `地址须写成 ${target.to}` });
    }
    request.url = target.query === '' ? target.path : `${target.path}?${target.query}`;
    return undefined;
  }

  /** The answer to what belongs to the other site: there is no such thing here, whatever there is there. */
  #leave(request: IncomingMessage, path: string): HttpResponse {
    const isEntrance = this.#options.side === 'staff' && path === '/' && READS.has(request.method ?? '');
    return isEntrance ? toRedirect(this.#base, STAFF_ENTRANCE) : this.#refuse(request, 404);
  }

  /**
   * Whether something that changes the console's data does not come from a page of the console: one rule for every method and content
   * type. Programs that are no browsers have to say where they come from too.
   */
  #isForged({ method = '', headers }: IncomingMessage): boolean {
    if (this.#options.side !== 'staff' || READS.has(method)) return false;
    const site = headers['sec-fetch-site'] ?? 'same-origin';
    return headers.origin !== new URL(this.#options.siteUrl).origin || site !== 'same-origin';
  }

  /** Takes a new answer off the share of whoever asks, and says what is left. @throws TooManyRequestsError */
  async #admit(request: IncomingMessage, response: ServerResponse, limit: RateLimit, cost: number): Promise<void> {
    const client = clientOf(request, this.#options.trustedProxies);
    if (client === undefined) return;
    const { isOver, seconds, headers } = await limit.take(client, cost);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (isOver) throw new TooManyRequestsError(seconds);
  }

  /** A new answer, kept for the next who ask. */
  #make(request: IncomingMessage, routePolicy: RoutePolicy, key: string): Promise<HttpResponse> {
    return this.#options.cache.make(key, routePolicy.ttlMs, () => this.#render(request, routePolicy), isKeepable);
  }

  /** Pages of the console are told who asks, so that people know their own sessions; and forms that count what networks send. */
  #toRequest(request: IncomingMessage, body: Buffer<ArrayBuffer> | undefined): Request {
    const { side, siteUrl, trustedProxies } = this.#options;
    const asked = toRequest(request, siteUrl, body);
    if (side === 'staff' || getRoutePolicy(splitTarget(request).path).countsNetworks)
      asked.headers.set(CLIENT_HEADER, clientOf(request, trustedProxies) ?? '');
    if (side === 'staff') {
      asked.headers.set('user-agent', request.headers['user-agent'] ?? '');
    }
    return asked;
  }

  /** An error is an answer like any other; a good one goes out while it is made. */
  async #stream(request: IncomingMessage, routePolicy: RoutePolicy): Promise<HttpResponse | StreamedResponse> {
    const response = await this.#options.render(this.#toRequest(request, undefined));
    if (!response.ok || !response.body) return this.#toAnswer(request, routePolicy, response);
    const headers = toHeaders(this.#base, routePolicy, response);
    return { status: response.status, headers, stream: response.body as StreamedResponse['stream'] };
  }

  async #render(request: IncomingMessage, routePolicy: RoutePolicy, body?: Buffer<ArrayBuffer>): Promise<HttpResponse> {
    const asked = this.#toRequest(request, body);
    // Pages take forms of their own origin only.
    if (routePolicy.byToken) asked.headers.set('origin', new URL(this.#options.siteUrl).origin);
    return this.#toAnswer(request, routePolicy, await this.#options.render(asked));
  }

  async #toAnswer(request: IncomingMessage, routePolicy: RoutePolicy, response: Response): Promise<HttpResponse> {
    // Astro's own errors (an address that cannot be decoded, an error page that fails) come without a body.
    if (response.status >= 400 && response.body === null) return this.#refuse(request, response.status);
    const headers = toHeaders(this.#base, routePolicy, response);
    return toAnswer(response.status, headers, Buffer.from(await response.arrayBuffer()));
  }

  /** Hands the body of a push to its receiver. What is refused half-way is not read to its end. */
  async #receive(request: IncomingMessage, routePolicy: RoutePolicy): Promise<HttpResponse> {
    try {
      if (!this.#options.receive) return this.#refuse(request, 404);
      return await this.#toAnswer(
        request,
        routePolicy,
        await this.#options.receive(request, clientOf(request, this.#options.trustedProxies) ?? ''),
      );
    } catch (error) {
      const refused = toPublicError(error);
      if (!refused) throw error;
      const requestId = randomUUID();
      if (refused !== error) this.#options.onError(error, splitTarget(request).path, requestId);
      const refusal = this.#refuse(request, refused.status, refused, requestId);
      if (request.complete) return refusal;
      return toAnswer(refusal.status, { ...refusal.headers, connection: 'close' }, refusal.body);
    }
  }

  #refuse(request: IncomingMessage, status: number, why: Why = {}, requestId: string = randomUUID()): HttpResponse {
    const { path } = splitTarget(request);
    const { message: detail, fields: errors, retryAfter } = why;
    return toRefusal(this.#options.siteUrl, this.#base, { status, path, requestId, detail, errors, retryAfter });
  }
}

/** Kept answers are for everyone: requests that say who they are from never meet them. */
function isPersonal({ headers }: IncomingMessage): boolean {
  return headers.cookie !== undefined || headers.authorization !== undefined;
}

function isKeepable(answer: HttpResponse): boolean {
  return answer.status === 200 && !String(answer.headers['cache-control']).includes('no-store');
}

function toRequest(request: IncomingMessage, siteUrl: string, body: Buffer<ArrayBuffer> | undefined): Request {
  const headers = new Headers();
  for (const name of PASSED_HEADERS) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, String(value));
  }
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  return new Request(siteUrl + request.url, { method, headers, body: body && body.length > 0 ? body : null });
}

/** The security headers, the policy's caching (only for good answers) and what the page itself says. */
function toHeaders(base: Record<string, string>, routePolicy: RoutePolicy, response: Response): ResponseHeaders {
  const headers: ResponseHeaders = {
    ...base,
    'cache-control': response.ok ? routePolicy.cacheControl : 'no-store',
    ...(routePolicy.shared ? SHARED_HEADERS : {}),
  };
  for (const [name, value] of response.headers) headers[name] = value;
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) Object.assign(headers, { 'set-cookie': cookies, 'cache-control': 'no-store' });
  return headers;
}
