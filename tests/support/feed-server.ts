import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';

/** What a healthy site answers. */
export interface SiteAnswer {
  type: string;
  body: string;
  status?: number;
  headers?: Record<string, string | string[]>;
}

/** A site: pure answers to requests. Faults are put over it by the server. */
export type Site = (request: {
  method: string;
  url: URL;
  body: string;
  headers: IncomingMessage['headers'];
}) => SiteAnswer;

/** Writes something in place of the healthy answer. */
export type WriteAnswer = (response: ServerResponse, answer: SiteAnswer, url: URL) => void | Promise<void>;

const LOGIN =
  '<!DOCTYPE html><html><head><title>登录</title></head><body><form>用户名 <input name="u"></form></body></html>';
const BOMB_BYTES = 200 * 1024 * 1024;
const BLOCK = Buffer.alloc(1024 * 1024, ' ');

/** How a site can misbehave. Each takes the healthy answer and writes something else. */
const FAULTS = {
  'status-500': (response: ServerResponse) => {
    response.writeHead(500).end('error');
  },
  'status-404': (response: ServerResponse) => {
    response.writeHead(404).end('not found');
  },
  'retry-after': (response: ServerResponse) => {
    response.writeHead(429, { 'retry-after': '3600' }).end('slow down');
  },
  'login-page': (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN);
  },
  'empty-body': (response: ServerResponse, answer: SiteAnswer) => {
    response.writeHead(200, { 'content-type': answer.type }).end();
  },
  truncated: (response: ServerResponse, answer: SiteAnswer) => {
    const bytes = Buffer.from(answer.body);
    response.writeHead(200, { 'content-type': answer.type }).end(bytes.subarray(0, bytes.length >> 1));
  },
  reset: (response: ServerResponse, answer: SiteAnswer) => {
    response.writeHead(200, { 'content-type': answer.type, 'content-length': '100000' });
    response.write('{"data":[', () => response.destroy());
  },
  drip: async (response: ServerResponse, answer: SiteAnswer) => {
    response.writeHead(200, { 'content-type': answer.type });
    for (const byte of answer.body) {
      if (response.destroyed) return;
      response.write(byte);
      await sleep(200);
    }
  },
  'wrong-encoding': (response: ServerResponse, answer: SiteAnswer) => {
    // UTF-16 that does not say so.
    const broken = Buffer.from(answer.body, 'utf16le');
    response.writeHead(200, { 'content-type': answer.type }).end(broken);
  },
  huge: (response: ServerResponse, answer: SiteAnswer) => {
    response.writeHead(200, { 'content-type': answer.type });
    let left = BOMB_BYTES;
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        left -= BLOCK.length;
        if (!response.write(BLOCK)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  },
  'gzip-bomb': (response: ServerResponse, answer: SiteAnswer) => {
    response.writeHead(200, { 'content-type': answer.type, 'content-encoding': 'gzip' });
    const gzip = createGzip({ level: 1 });
    gzip.pipe(response);
    response.on('close', () => gzip.destroy());
    let left = BOMB_BYTES;
    const more = (): void => {
      while (left > 0 && !gzip.destroyed) {
        left -= BLOCK.length;
        if (!gzip.write(BLOCK)) return void gzip.once('drain', more);
      }
      if (!gzip.destroyed) gzip.end();
    };
    more();
  },
  'redirect-loopback': (response: ServerResponse) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/canary' }).end();
  },
  'redirect-metadata': (response: ServerResponse) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
  },
  'redirect-loop': (response: ServerResponse, _answer: SiteAnswer, url: URL) => {
    response.writeHead(302, { location: url.href }).end();
  },
} satisfies Record<string, WriteAnswer>;

export type FeedFault = keyof typeof FAULTS;
export const FEED_FAULTS = Object.keys(FAULTS) as FeedFault[];

export interface FeedServer {
  /** `http://127.0.0.1:port`. */
  url: string;
  /** `127.0.0.1:port`, for FEED_ALLOW_PRIVATE. */
  host: string;
  /** Every request's method and path, in order. */
  requests: string[];
  /** Chooses the fault of a request, or one of its own making; undefined answers healthily. */
  faultOf: (path: string) => FeedFault | WriteAnswer | undefined;
  /** Puts one fault over everything, or none. */
  break(fault: FeedFault | undefined): void;
  close(): Promise<void>;
}

/** Serves a site over real HTTP on a free loopback port, with faults put over it at will. */
export async function startFeedServer(site: Site): Promise<FeedServer> {
  const server: Server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    feed.requests.push(`${request.method} ${url.pathname}${url.search}`);
    const answer = site({
      method: request.method ?? 'GET',
      url,
      body: await readBody(request),
      headers: request.headers,
    });
    const fault = feed.faultOf(url.pathname + url.search);
    if (fault) return (typeof fault === 'function' ? fault : FAULTS[fault])(response, answer, url);
    response.writeHead(answer.status ?? 200, { 'content-type': answer.type, ...answer.headers }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const feed: FeedServer = {
    url: `http://${host}`,
    host,
    requests: [],
    faultOf: () => undefined,
    break: (fault) => {
      feed.faultOf = () => fault;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return feed;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}
