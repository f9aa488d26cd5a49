import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import type { HttpServerOptions } from '#src/server/http-server/server.ts';
import { openHttpServer, readToEnd, type TestHttpServer } from '#tests/support/test-http-server.ts';

const LIMITS = { total: 260, client: 100, proxy: 200, stallMs: 500 };
const TIMEOUTS = { headMs: 400, requestMs: 800 };
const ASK = 'GET /notices HTTP/1.1\r\nHost: city.example\r\n\r\n';

let open: TestHttpServer;
let sockets: Socket[] = [];

async function start(options: Partial<HttpServerOptions> = {}): Promise<void> {
  const render = async () => new Response('<p>notices</p>', { headers: { 'content-type': 'text/html' } });
  open = await openHttpServer({ render, connections: LIMITS, timeouts: TIMEOUTS, ...options });
}
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await open.close();
});

/** A client that never ends its side by itself, as one that means harm. */
async function dial(bytes: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: open.port, host: '127.0.0.1', localAddress, allowHalfOpen: true });
  socket.on('error', () => undefined);
  sockets.push(socket);
  await once(socket, 'connect');
  if (bytes) socket.write(bytes);
  return socket;
}

const dialMany = (count: number, bytes: string, localAddress?: string) =>
  Promise.all(Array.from({ length: count }, () => dial(bytes, localAddress)));

const countOpen = () => promisify(open.httpServer.server.getConnections.bind(open.httpServer.server))();

/** The first answer on a connection. */
async function firstAnswer(socket: Socket): Promise<string> {
  const [chunk] = await once(socket, 'data');
  return String(chunk);
}

it('ends connections whose request never comes, whatever their clients do, and says so', async () => {
  await start({ connections: { ...LIMITS, stallMs: 60_000 } });
  const halves = await dialMany(150, 'GET /notices HTTP/1.1\r\nHost: city.example\r\n');
  const silent = await dialMany(30, '', '127.0.0.2');
  const [answer] = await Promise.all(halves.map(readToEnd));
  expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  expect(answer).toContain('x-content-type-options: nosniff');
  expect(answer).toContain('请求没有及时发完');
  await expect.poll(countOpen, { timeout: 20_000 }).toBe(0);
  expect(silent).toHaveLength(30);
});

it('serves other addresses while one holds hundreds of half-open connections', async () => {
  await start({ timeouts: { headMs: 60_000, requestMs: 60_000 }, connections: { ...LIMITS, stallMs: 60_000 } });
  await dialMany(500, 'GET /notices HTTP/1.1\r\nHost: city.example\r\n');
  expect(await countOpen()).toBeLessThanOrEqual(LIMITS.proxy);
  for (const address of ['127.0.0.2', '127.0.0.1']) {
    expect(await firstAnswer(await dial(ASK, address))).toMatch(/^HTTP\/1\.1 200 /);
  }
});

it('serves whoever asks while many addresses hold half-open connections', async () => {
  await start({ timeouts: { headMs: 60_000, requestMs: 60_000 }, connections: { ...LIMITS, stallMs: 60_000 } });
  for (const last of [2, 3, 4]) await dialMany(150, 'GET /not', `127.0.0.${last}`);
  expect(await countOpen()).toBeLessThanOrEqual(LIMITS.total);
  expect(await firstAnswer(await dial(ASK, '127.0.0.5'))).toMatch(/^HTTP\/1\.1 200 /);
});

it('refuses a body that does not come, and ends its connection', async () => {
  const failures: unknown[] = [];
  await start({ onError: (error) => failures.push(error) });
  const head = 'POST /subscribe HTTP/1.1\r\nHost: city.example\r\nContent-Length: 1000\r\n\r\nchannel=';
  const answers = await Promise.all((await dialMany(40, head)).map(readToEnd));
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  await expect.poll(countOpen, { timeout: 20_000 }).toBe(0);
  expect(failures).toEqual([]);
});

it('gives up readers who do not read, and stops making what they asked for', async () => {
  // On a busy machine a reader may be given up before its request is read.
  let begun = 0;
  let cancelled = 0;
  const endless = () =>
    new ReadableStream<Uint8Array>({
      start: () => void begun++,
      pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(97)),
      cancel: () => void cancelled++,
    });
  const render: HttpServerOptions['render'] = async ({ url }) =>
    url.endsWith('.csv')
      ? new Response(endless(), { headers: { 'content-type': 'text/csv' } })
      : new Response('汉'.repeat(4_000_000), { headers: { 'content-type': 'text/html' } });
  await start({ render, timeouts: { headMs: 60_000, requestMs: 60_000 } });
  const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: city.example\r\n\r\n`;
  for (const path of ['/api/v1/notices.csv', '/notices']) {
    for (const socket of await dialMany(10, ask(path))) socket.pause();
  }
  await expect.poll(countOpen, { timeout: 20_000 }).toBe(0);
  expect(begun).toBeGreaterThan(0);
  await expect.poll(() => cancelled).toBe(begun);
});

it('does not give up who waits for an answer that takes long', async () => {
  const gate = Promise.withResolvers<void>();
  const render = async () => {
    await gate.promise;
    return new Response('late', { headers: { 'content-type': 'text/html' } });
  };
  await start({ render });
  const waiting = await dial(ASK);
  const silent = await dial('');
  // The other one is given up after the same time.
  await once(silent.resume(), 'end');
  const answer = firstAnswer(waiting);
  gate.resolve();
  expect(await answer).toContain('late');
});

it('turns a client away when all its connections are being answered, and lets it in when one is free', async () => {
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  const render = async () => {
    asked++;
    await gate.promise;
    return new Response('late', { headers: { 'content-type': 'text/html' } });
  };
  await start({ render, connections: { total: 20, client: 5, proxy: 10, stallMs: 60_000 } });
  const busy = await dialMany(10, ASK.replace('\r\n\r\n', '\r\nCookie: a=1\r\n\r\n'));
  await expect.poll(() => asked).toBe(10);
  const refused = await readToEnd(await dial(ASK));
  expect(refused).toMatch(/^HTTP\/1\.1 503 /);
  expect(refused).toContain('x-content-type-options: nosniff');
  const answers = busy.map(firstAnswer);
  gate.resolve();
  await Promise.all(answers);
  expect(await firstAnswer(await dial(ASK))).toContain('late');
});

it('lets no client behind a proxy use up what is there for all, by bodies that do not come', async () => {
  await start({ connections: { ...LIMITS, stallMs: 60_000 }, timeouts: { headMs: 60_000, requestMs: 60_000 } });
  const as = (client: string, rest: string) =>
    `POST /developers/validate HTTP/1.1\r\nHost: city.example\r\nX-Forwarded-For: ${client}\r\n${rest}`;
  const slow = await dialMany(150, as('203.0.113.7', 'Content-Length: 1000\r\n\r\nchannel='));
  const refused = await Promise.all(slow.slice(100).map(firstAnswer));
  for (const answer of refused) expect(answer).toMatch(/^HTTP\/1\.1 429 [\s\S]*x-content-type-options: nosniff/);
  expect(await firstAnswer(await dial(as('203.0.113.8', 'Content-Length: 0\r\n\r\n')))).toMatch(/^HTTP\/1\.1 200 /);
  for (const socket of slow.slice(0, 100)) socket.destroy();
  await expect.poll(countOpen).toBeLessThan(60);
  expect(await firstAnswer(await dial(as('203.0.113.7', 'Content-Length: 0\r\n\r\n')))).toMatch(/^HTTP\/1\.1 200 /);
});
