import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CONNECTION_LIMITS, type ConnectionLimits, Connections } from './connections.ts';
import { Handler, type Receive, type Render } from './handler.ts';
import { securityHeaders } from './headers.ts';
import { hostChecker } from './hosts.ts';
import { MicroCache } from './micro-cache.ts';
import { RateLimit } from './rate-limit.ts';
import { messageOf } from './refusal.ts';
import { loadStaticFiles } from './static-files.ts';
import { splitTarget } from './target.ts';
import { Turns } from './turns.ts';
import { answerRaw, answerUnreadable } from './unreadable.ts';

export interface HttpServerOptions {
  siteUrl: string;
  /** Host names accepted besides the site's own. */
  allowedHosts: readonly string[];
  /** Folder of the client build. */
  clientDirectory: string;
  /** New answers that one client may have made in a minute. */
  ratePerMinute: number;
  /** Proxies on other machines whose X-Forwarded-For is believed: addresses or CIDR ranges. */
  trustedProxies: readonly string[];
  connections?: ConnectionLimits;
  /** Milliseconds for the head of a request, and for a whole one. */
  timeouts?: { headMs: number; requestMs: number };
  render: Render;
  /** Takes pushes in. */
  receive: Receive;
  /** A value that changes whenever another process commits to the database. */
  readDataVersion(): unknown;
  /**
   * An error that nothing turned into an answer; the number is the one that the reader is told. The path comes without
   * the query, which may say whom a reader looked for.
   */
  onError(error: unknown, path: string, requestId: string): void;
  /** Method, path, status and milliseconds of a request; nothing about who made it. */
  onRequest?(entry: { method: string; path: string; status: number; ms: number }): void;
}

export interface HttpServer {
  server: Server;
  /** Lets requests under way finish, refuses new ones. Resolves when all connections are closed. */
  close(): Promise<void>;
}

const DATA_POLL_MS = 200;
const CACHE_LIMITS = { entries: 5_000, bytes: 128 * 1024 * 1024 };
/**
 * What clients are told of how long an idle connection stays open, and how much longer it really does. One that is late, because its
 * machine is busy, must not ask over a connection that has just been closed: to it that is a failed request.
 */
const KEPT_ALIVE = { keepAliveTimeout: 5_000, keepAliveTimeoutBuffer: 25_000 };
const TIMEOUTS = { headMs: 10_000, requestMs: 30_000 };
/** Forms that make the site write to somebody, from one client in an hour. */
const FORMS_AN_HOUR = 20;
/** Pasted items looked at at once, of all clients and of each. */
const MOST_TURNS = 4;
const MOST_TURNS_OF_ONE = 2;
const DRAIN_LIMIT_MS = 5_000;
const DRAIN_SWEEP_MS = 50;

/** The HTTP server around the pages: kept answers, compression, validators, security headers, limits. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const cache = new MicroCache(CACHE_LIMITS);
  const stopWatching = watchData(options.readDataVersion, () => cache.raiseGeneration());
  const headers = securityHeaders(options.siteUrl);
  const files = loadStaticFiles(options.clientDirectory, headers);
  const rateLimit = new RateLimit(options.ratePerMinute);
  const formLimit = new RateLimit(FORMS_AN_HOUR, { name: 'forms', windowSeconds: 3600 });
  const turns = new Turns(MOST_TURNS, MOST_TURNS_OF_ONE);
  const handler = new Handler({ ...options, files, cache, rateLimit, formLimit, turns });
  const { headMs, requestMs } = options.timeouts ?? TIMEOUTS;
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: headMs,
      ...KEPT_ALIVE,
      connectionsCheckingInterval: Math.min(2_000, headMs / 2),
      // A request without one is refused like the others, not by Node.
      requireHostHeader: false,
    },
    (request, response) => {
      const startedAt = performance.now();
      response.on('close', () =>
        options.onRequest?.({
          method: request.method ?? '',
          path: splitTarget(request).path,
          status: response.statusCode,
          ms: performance.now() - startedAt,
        }),
      );
      if (!server.listening) response.setHeader('connection', 'close');
      void handler.handle(request, response);
    },
  );
  const isOurs = hostChecker(options.siteUrl, options.allowedHosts);
  const refuseRaw = (status: number, socket: Socket) =>
    answerRaw(socket, headers, { status, message: messageOf(status) });
  const connections = new Connections(options.connections ?? CONNECTION_LIMITS, options.trustedProxies, refuseRaw);
  connections.watch(server);
  server.on('clientError', (error, socket) =>
    answerUnreadable(error, socket as Socket, { headers, connections, isOurs }),
  );
  server.on('connect', (_request, socket) => refuseRaw(405, socket as Socket));
  server.on('checkExpectation', (request, response) => void handler.refuseExpectation(request, response));
  return {
    server,
    async close() {
      stopWatching();
      await drain(server);
    },
  };
}

/** Calls `onChange` soon after the value has changed. */
function watchData(read: () => unknown, onChange: () => void): () => void {
  let last = read();
  const timer = setInterval(() => {
    const value = readOrNothing(read);
    if (value !== last || value === undefined) onChange();
    last = value;
  }, DATA_POLL_MS);
  return () => clearInterval(timer);
}

/** A database that cannot be read at the moment says nothing: then no answer is kept. */
function readOrNothing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

async function drain(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  // Connections whose last answer goes out while draining are idle only afterwards.
  const sweep = setInterval(() => server.closeIdleConnections(), DRAIN_SWEEP_MS);
  await Promise.race([closed, delay(DRAIN_LIMIT_MS, undefined, { ref: false })]);
  clearInterval(sweep);
  server.closeAllConnections();
}
