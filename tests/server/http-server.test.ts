import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer } from '#src/server/http-server/server.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';

const LONG = '通明'.repeat(400);
const VARIED = Array.from({ length: 2_000 }, (_, row) => `<p>第${(row * 7_919) % 1_009}号 ${(row * 31) % 97}</p>`).join(
  '',
);
const folder = mkdtempSync(join(tmpdir(), 'tongming-http-server-'));
let httpServer: HttpServer;
let port: number;
let renderings = 0;
let dataVersion = 1;
let slowly: Promise<void> | undefined;

const html = (body: string, more: ResponseInit = {}) =>
  new Response(body, { headers: { 'content-type': 'text/html' }, ...more });

let pulled = 0;
let cancelled = 0;

/** Chunks of 64 KiB without end, or until it fails. */
function streamed({ searchParams }: URL): Response {
  const failsAt = searchParams.has('q') ? 3 : Number.POSITIVE_INFINITY;
  if (searchParams.has('county')) return html('no such county', { status: 400 });
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled++;
      if (sent++ === failsAt) controller.error(new Error('secret detail'));
      else controller.enqueue(new Uint8Array(65_536).fill(97));
    },
    cancel: () => void cancelled++,
  });
  return new Response(body, { headers: { 'content-type': 'text/csv' } });
}

/** Pages of the test: each shows what it was asked and how many renderings there have been. */
async function render(request: Request): Promise<Response> {
  renderings++;
  const url = new URL(request.url);
  await slowly;
  if (url.pathname === '/broken') throw new Error('secret detail');
  if (request.method === 'POST') return html(`got ${(await request.text()).length}`);
  if (url.pathname === '/county/varied') return html(VARIED);
  if (url.pathname === '/api/v1/notices.csv') return streamed(url);
  if (url.pathname === '/missing') return html('missing', { status: 404 });
  if (url.pathname === '/counties') return html('<p>counties</p>', { headers: { 'set-cookie': 'a=1' } });
  return html(`<p>${renderings}</p><p>${url.href} ${request.headers.get('x-forwarded-host') ?? 'direct'}</p>${LONG}`);
}

beforeAll(async () => {
  mkdirSync(join(folder, '_astro'));
  writeFileSync(join(folder, '_astro/site.css'), 'p{color:red}'.repeat(100));
  writeFileSync(join(folder, 'secret.db'), 'not for the public');
  httpServer = createHttpServer({
    siteUrl: 'https://city.example',
    allowedHosts: ['127.0.0.1'],
    clientDirectory: folder,
    ratePerMinute: 40,
    trustedProxies: ['10.0.0.0/8'],
    render,
    receive: async () => new Response('{}'),
    readDataVersion: () => dataVersion,
    onError: () => undefined,
  });
  httpServer.server.listen(0, '127.0.0.1');
  await once(httpServer.server, 'listening');
  port = (httpServer.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await httpServer.close();
  removeFolder(folder);
});

interface Got {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

async function get(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Got> {
  const sent = httpRequest({ port, host: '127.0.0.1', path, method, headers });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { status: answer.statusCode, headers: answer.headers, body: Buffer.concat(chunks) };
}

/** What comes back for bytes that no client library would send. */
async function sendRaw(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('keeps a page until the data changes, whoever asks and in whatever order of parameters', async () => {
  const first = await get('/notices?county=qufu&category=land');
  const again = await get('/notices?category=land&county=qufu');
  expect(again.body.equals(first.body)).toBe(true);
  dataVersion++;
  await sleep(500);
  const later = await get('/notices?category=land&county=qufu');
  expect(later.body.equals(first.body)).toBe(false);
});

it('renders once for many who ask at the same time', async () => {
  const before = renderings;
  const gate = Promise.withResolvers<void>();
  slowly = gate.promise;
  const asked = Array.from({ length: 10 }, () => get('/notices?county=sishui'));
  await expect.poll(() => renderings).toBeGreaterThan(before);
  await sleep(50);
  gate.resolve();
  slowly = undefined;
  expect(new Set((await Promise.all(asked)).map(({ body }) => body.toString())).size).toBe(1);
  expect(renderings).toBe(before + 1);
});

it('never shares what was made for one person', async () => {
  const before = renderings;
  await get('/notices', { cookie: 'session=1' });
  await get('/notices', { cookie: 'session=1' });
  await get('/counties');
  const { headers } = await get('/counties');
  expect(renderings).toBe(before + 4);
  expect(headers['cache-control']).toBe('no-store');
});

it('never keeps addresses with unknown parameters', async () => {
  const before = renderings;
  await get('/notices?utm=1');
  await get('/notices?utm=1');
  expect(renderings).toBe(before + 2);
});

it('sends the form that the client accepts, and the same text in each', async () => {
  const plain = await get('/notices');
  const gzip = await get('/notices', { 'accept-encoding': 'gzip' });
  const brotli = await get('/notices', { 'accept-encoding': 'gzip, br' });
  const refused = await get('/notices', { 'accept-encoding': 'br;q=0, gzip;q=0' });
  expect(gzip.headers['content-encoding']).toBe('gzip');
  expect(brotli.headers['content-encoding']).toBe('br');
  expect(refused.headers['content-encoding']).toBeUndefined();
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
  expect(plain.headers['content-type']).toBe('text/html; charset=utf-8');
});

it('answers a validator with 304 and no body', async () => {
  const { headers } = await get('/notices');
  const strong = String(headers.etag).replace('W/', '');
  for (const known of [`"x", ${headers.etag}`, strong, `W/"a,b",${strong} , "y"`, '*', ' * ']) {
    const again = await get('/notices', { 'if-none-match': known });
    expect([known, again.status]).toEqual([known, 304]);
    expect(again.body).toHaveLength(0);
  }
  for (const other of [`"x${strong}"`, `"a, ${strong.slice(1)}`, strong.slice(1, -1), '"*"', '']) {
    expect([other, (await get('/notices', { 'if-none-match': other })).status]).toEqual([other, 200]);
  }
  const head = await get('/notices', {}, 'HEAD');
  expect(head.headers['content-length']).toBe(headers['content-length']);
  expect(head.body).toHaveLength(0);
});

it('serves the client build for ever, and nothing else from the disk', async () => {
  const style = await get('/_astro/site.css');
  expect(style.headers['cache-control']).toContain('immutable');
  for (const path of ['/secret.db', '/../secret.db', '/..%2fsecret.db', '/_astro/%2e%2e/secret.db', '/.env']) {
    expect((await get(path)).body.toString()).not.toContain('not for the public');
  }
});

it('makes addresses from its own name, not from headers', async () => {
  const { body } = await get('/notices?county=yutai', { 'x-forwarded-host': 'evil.example' });
  expect(body.toString()).toContain('https://city.example/notices?county=yutai direct');
  for (const host of ['evil.example', 'city.example.evil.example', 'city.example@evil.example']) {
    expect((await get('/notices', { host })).status).toBe(421);
  }
  expect(await sendRaw('GET /notices HTTP/1.1\r\nHost:\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
});

it('puts the security headers on every answer', async () => {
  const answers = await Promise.all([
    get('/notices'),
    get('/missing'),
    get('/broken'),
    get('/_astro/site.css'),
    get('/notices', { host: 'evil.example' }),
    get('/', {}, 'TRACE'),
  ]);
  for (const { headers } of answers) {
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['strict-transport-security']).toBeTruthy();
  }
});

it('tells nobody what broke', async () => {
  const { status, body, headers } = await get('/broken');
  expect(status).toBe(500);
  expect(body.toString()).not.toContain('secret detail');
  expect(headers['cache-control']).toBe('no-store');
});

it('refuses bodies above a megabyte, announced or not', async () => {
  expect((await get('/x', {}, 'POST', 'a'.repeat(1000))).body.toString()).toBe('got 1000');
  expect((await get('/x', { 'content-length': '400000000' }, 'POST').catch(() => ({ status: 413 }))).status).toBe(413);
  expect((await get('/x', { 'transfer-encoding': 'chunked' }, 'POST', 'a'.repeat(2_000_000))).status).toBe(413);
});

it('compresses quickly at first, and better what is asked for again', async () => {
  const ask = async (encoding: string) => (await get('/county/varied', { 'accept-encoding': encoding })).body;
  for (const [encoding, open] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const first = await ask(encoding);
    expect(open(first).toString()).toBe(VARIED);
    await expect.poll(async () => (await ask(encoding)).length).toBeLessThan(first.length * 0.95);
    expect(open(await ask(encoding)).toString()).toBe(VARIED);
  }
});

it('redirects an address with bare Chinese characters to its encoded form', async () => {
  const answer = await sendRaw('GET /search?q=监控&county=qufu HTTP/1.1\r\nHost: city.example\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 308 /);
  expect(answer).toContain('location: /search?q=%E7%9B%91%E6%8E%A7&county=qufu\r\n');
  expect(answer).toContain('x-content-type-options: nosniff');
});

it('answers what it cannot read with 400, and sends nobody elsewhere', async () => {
  for (const bytes of [
    'GET //evil.example/监控 HTTP/1.1\r\nHost: city.example\r\n\r\n',
    'GET /监\x01控 HTTP/1.1\r\nHost: city.example\r\n\r\n',
    'HELLO\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
  ]) {
    const answer = await sendRaw(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toContain('\r\nlocation:');
  }
});

describe('a file that is sent while it is made', () => {
  const open = async (query = '') => {
    const sent = httpRequest({ port, host: '127.0.0.1', path: `/api/v1/notices.csv${query}` });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { sent, answer };
  };

  it.each(['/500', '/_image', '/_image?href=x'])("does not know the framework's own route %s", async (path) => {
    const before = renderings;
    expect((await get(path)).status).toBe(404);
    expect(renderings).toBe(before);
  });

  it('is made no faster than it is read, and no further once its reader has left', async () => {
    pulled = 0;
    cancelled = 0;
    const { sent, answer } = await open();
    expect(answer.headers['content-length']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    let before = -1;
    await expect
      .poll(() => {
        const stands = pulled === before;
        before = pulled;
        return stands && pulled > 0;
      })
      .toBe(true);
    expect(pulled).toBeLessThan(1_000);
    answer.resume();
    await expect.poll(() => pulled).toBeGreaterThan(before + 100);
    sent.destroy();
    await expect.poll(() => cancelled).toBe(1);
  });

  it('is cut off when its making fails, so that a part is not taken for the whole', async () => {
    const { answer } = await open('?q=1');
    const chunks: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of answer) chunks.push(chunk);
    })();
    await expect(reading).rejects.toThrow('aborted');
    expect(Buffer.concat(chunks).toString()).not.toContain('secret');
  });

  it('is not made for HEAD, and an error in its place is an ordinary answer', async () => {
    cancelled = 0;
    const head = await get('/api/v1/notices.csv', {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
    await expect.poll(() => cancelled).toBe(1);
    const { status, headers } = await get('/api/v1/notices.csv?county=x');
    expect(status).toBe(400);
    expect(headers['content-length']).toBe('14');
  });
});

describe('the share of each client', () => {
  const as = (client: string, path: string, method = 'GET') => get(path, { 'x-forwarded-for': client }, method);

  it('is said in headers, and beyond it new answers are refused until the minute is over', async () => {
    const first = await as('203.0.113.1', '/county/1');
    expect(first.headers['ratelimit-policy']).toBe('"answers";q=40;w=60');
    expect(first.headers.ratelimit).toMatch(/^"answers";r=39;t=60$/);
    for (let number = 2; number <= 40; number++) await as('203.0.113.1', `/county/${number}`);
    const page = await as('203.0.113.1', '/county/41');
    expect(page.status).toBe(429);
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0);
    const problem = await as('203.0.113.1', '/api/v1/notices?page=2');
    expect(problem.headers['content-type']).toContain('application/problem+json');
    expect(JSON.parse(problem.body.toString())).toMatchObject({ status: 429, title: '请求过于频繁' });
    expect((await as('203.0.113.2', '/county/41')).status).toBe(200);
  });

  it('is not touched by kept answers, files and conditional requests for them: feeds behind one address', async () => {
    const { headers } = await as('203.0.113.3', '/feeds/notices.rss?county=qufu');
    // At once, so that even a busy machine is done before the kept answer is too old and is made again.
    const again = { 'x-forwarded-for': '203.0.113.3', 'if-none-match': String(headers.etag) };
    const readers = Array.from({ length: 45 }, async () => [
      (await get('/feeds/notices.rss?county=qufu', again)).status,
      (await as('203.0.113.3', '/_astro/site.css')).status,
    ]);
    for (const statuses of await Promise.all(readers)) expect(statuses).toEqual([304, 200]);
    expect((await as('203.0.113.3', '/county/99')).headers.ratelimit).toContain('r=38');
  });

  it('counts whole files as many answers', async () => {
    expect((await as('203.0.113.4', '/api/v1/notices.csv', 'HEAD')).headers.ratelimit).toContain('r=20');
  });

  it('belongs to the one that a known proxy names, never to one that the client invents', async () => {
    const spoofed = await as('198.51.100.1, 203.0.113.5', '/county/51');
    expect(spoofed.headers.ratelimit).toContain('r=39');
    expect((await as('198.51.100.2, 203.0.113.5', '/county/52')).headers.ratelimit).toContain('r=38');
    expect((await as('203.0.113.5, 10.1.2.3', '/county/53')).headers.ratelimit).toContain('r=37');
    expect((await as('2001:db8:1:2::1', '/county/54')).headers.ratelimit).toContain('r=39');
    expect((await as('2001:db8:1:2:ffff::9', '/county/55')).headers.ratelimit).toContain('r=38');
  });

  it('does not limit this machine', async () => {
    expect((await get('/county/56')).headers.ratelimit).toBeUndefined();
  });
});

it('finishes what is under way before it closes', async () => {
  const gate = Promise.withResolvers<void>();
  slowly = gate.promise;
  const before = renderings;
  const asked = get('/notices?county=jiaxiang');
  await expect.poll(() => renderings).toBe(before + 1);
  const closing = httpServer.close();
  gate.resolve();
  slowly = undefined;
  expect((await asked).status).toBe(200);
  await closing;
  await expect(get('/notices')).rejects.toThrow();
});
