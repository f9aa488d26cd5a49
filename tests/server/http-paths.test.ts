import fc from 'fast-check';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWN_PATHS, pathForms } from '#tests/support/path-forms.ts';
import { openHttpServer, sendRaw, type TestHttpServer } from '#tests/support/test-http-server.ts';

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
console.info(`path forms: seed ${seed}`);

let open: TestHttpServer;
let rendered: string[] = [];
let pushed: (string | undefined)[] = [];
let clients = 0;

/** Shows the address; forms are taken, and files come in a stream. */
async function render({ url }: Request): Promise<Response> {
  rendered.push(url);
  const body = new Blob([url]).stream();
  return new Response(body, { headers: { 'content-type': 'text/html' } });
}

beforeAll(async () => {
  open = await openHttpServer({
    render,
    receive: async ({ url }) => {
      pushed.push(url);
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    },
    connections: { total: 2_000, client: 2_000, proxy: 1_000, stallMs: 20_000 },
  });
});
afterAll(() => open.close());

const head = (lines: string[]) => `${[...lines, '', ''].join('\r\n')}`;

/** Of such a request the answer is never a kept one, which would cost nothing. */
const FRESH = ['Cookie: a=1'];

interface Got {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What comes back for a target that is sent as it stands, from a client of its own. */
async function ask(target: string, method = 'GET', more: string[] = []): Promise<Got> {
  const client = `X-Forwarded-For: 2001:db8:${(clients >> 16).toString(16)}:${(clients++ & 0xffff).toString(16)}::1`;
  const text = await sendRaw(
    open.port,
    head([`${method} ${target} HTTP/1.1`, 'Host: city.example', client, 'Connection: close', ...more]),
  );
  const [top = '', ...rest] = text.split('\r\n\r\n');
  const [status = '', ...fields] = top.split('\r\n');
  const pairs = fields.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 2),
  ]);
  return { status: Number(status.split(' ')[1]), headers: Object.fromEntries(pairs), body: rest.join('\r\n\r\n') };
}

/** What tells the policy of an answer. */
function policyOf({ status, headers }: Got) {
  const names = ['cache-control', 'access-control-allow-origin', 'ratelimit', 'ratelimit-policy', 'allow'];
  const isStreamed = headers['content-length'] === undefined;
  return { status, isStreamed, ...Object.fromEntries(names.map((name) => [name, headers[name]])) };
}

describe('every way to write a path', () => {
  it.each(['GET', 'POST'])('is refused, sent on, or answered as its normal form is (%s)', async (method) => {
    await fc.assert(
      fc.asyncProperty(pathForms, async ({ form }) => {
        [rendered, pushed] = [[], []];
        const got = await ask(form, method, FRESH);
        expect(got.headers['x-content-type-options']).toBe('nosniff');
        if (got.status === 400 || got.status === 308) {
          expect([rendered, pushed]).toEqual([[], []]);
          expect(got.headers['cache-control']).toBe('no-store');
          if (got.status === 400) return;
          expect(method).toBe('GET');
          const to = got.headers.location ?? '';
          expect(to).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
          expect((await ask(to)).status).not.toBe(308);
          return;
        }
        const [path = ''] = form.split('?');
        for (const url of rendered) expect(new URL(url).pathname).toBe(path);
        for (const url of pushed) expect(url).toBe(form.replace(/\?$/, ''));
        if (KNOWN_PATHS.includes(path)) expect(policyOf(await ask(path, method, FRESH))).toEqual(policyOf(got));
      }),
      { seed, numRuns: 800 },
    );
  });

  it('of the subscription form has the same limit', async () => {
    const forms = ['/x/../subscribe', '/%73ubscribe', '//subscribe', '/\\subscribe', '/subscribe/', '/subscribe'];
    const answers = [];
    for (const form of forms) answers.push(await ask(form, 'POST', ['Content-Length: 0']));
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 200]);
    expect(answers.at(-1)?.headers['ratelimit-policy']).toBe('"forms";q=20;w=3600');
    expect(answers[0]?.body).toContain('地址须写成 /subscribe');
  });

  it('of a file has the same cost', async () => {
    for (const form of ['/%61pi/v1/notices.csv', '/api//v1/notices.csv', '/api/v1/./notices.csv?q=1']) {
      const { status, headers } = await ask(form);
      expect([status, headers.location]).toEqual([308, `/api/v1/notices.csv${form.includes('?') ? '?q=1' : ''}`]);
    }
  });

  it('of Chinese in a query leads to the same search', async () => {
    const expected = '/search?q=%E7%9B%91%E6%8E%A7&county=qufu';
    const raw = (text: Buffer) =>
      sendRaw(
        open.port,
        Buffer.concat([
          Buffer.from('GET /search?q='),
          text,
          Buffer.from(head(['&county=qufu HTTP/1.1', 'Host: city.example'])),
        ]),
      );
    expect(await raw(Buffer.from('监控'))).toContain(`\r\nlocation: ${expected}\r\n`);
    expect(await raw(Buffer.from([0xbc, 0xe0, 0xbf, 0xd8]))).toContain(`\r\nlocation: ${expected}\r\n`);
    expect((await ask('/search?q=%BC%E0%BF%D8&county=qufu')).headers.location).toBe(expected);
    const absolute = head(['GET http://city.example/search?q=监控&county=qufu HTTP/1.1', 'Host: city.example']);
    expect(await sendRaw(open.port, absolute)).toContain(`\r\nlocation: ${expected}\r\n`);
    for (const query of ['q=%E7%9B%91%E6%8E%A7&county=qufu', 'q=%e7%9b%91%e6%8e%a7&county=qufu']) {
      rendered = [];
      expect((await ask(`/search?${query}&utm=1`)).status).toBe(200);
      expect(new URL(rendered[0] ?? '').searchParams.get('q')).toBe('监控');
    }
  });
});

describe('the host', () => {
  const answer = async (...lines: string[]) => (await sendRaw(open.port, head(lines))).split('\r\n')[0];

  it('is named once', async () => {
    const twice = ['GET /notices HTTP/1.1', 'Host: city.example', 'Host: city.example', 'Connection: close'];
    expect(await answer(...twice)).toContain(' 400 ');
    expect(await answer('GET /notices HTTP/1.1', 'Connection: close')).toContain(' 400 ');
  });

  it('may stand in the target, and counts there', async () => {
    rendered = [];
    const ours = ['GET http://city.example:80/notices?county=qufu HTTP/1.1', 'Host: evil.example', 'Connection: close'];
    expect(await answer(...ours)).toContain(' 200 ');
    expect(rendered).toEqual(['https://city.example/notices?county=qufu']);
    for (const target of [
      'http://evil.example/notices',
      'http://city.example@evil.example/',
      'http://evil.example\\@city.example/',
    ]) {
      expect(await answer(`GET ${target} HTTP/1.1`, 'Host: city.example', 'Connection: close')).toMatch(/ 4(?:21|00) /);
    }
  });

  it('is checked before anything is sent elsewhere', async () => {
    const evil = 'http://evil.example/search?q=监控';
    expect(await answer(`GET ${evil} HTTP/1.1`, 'Host: city.example')).toContain(' 400 ');
    for (const target of ['//subscribe', '/x/../subscribe', '/search?q=监控', '/search?q=%BC%E0%BF%D8']) {
      for (const host of [['Host: evil.example'], ['Host: evil.example', 'Host: city.example'], []]) {
        const text = await sendRaw(open.port, head([`GET ${target} HTTP/1.1`, ...host, 'Connection: close']));
        expect(text).toMatch(/^HTTP\/1\.1 4(?:00|21) /);
        expect(text).not.toMatch(/\r\nlocation:/i);
      }
    }
  });
});

it('puts the security headers on every refusal', async () => {
  const host = 'Host: city.example';
  const refusals: [status: number, bytes: string][] = [
    [400, 'HELLO\r\n\r\n'],
    [400, head(['GET / HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2'])],
    [400, head(['POST / HTTP/1.1', host, 'Content-Length: 1', 'Transfer-Encoding: chunked'])],
    [400, `${head(['POST /subscribe HTTP/1.1', host, 'Transfer-Encoding: chunked'])}zz\r\n`],
    [400, head(['GET /\u0001 HTTP/1.1', host])],
    [400, head(['GET / HTTP/1.1', `${host}\u0000`])],
    [405, head(['CONNECT city.example:443 HTTP/1.1', host])],
    [405, head(['TRACE / HTTP/1.1', host, 'Connection: close'])],
    [400, head(['OPTIONS * HTTP/1.1', host, 'Connection: close'])],
    [413, head(['POST /subscribe HTTP/1.1', host, 'Content-Length: 99999999'])],
    [414, head([`GET /${'a'.repeat(9_000)} HTTP/1.1`, host, 'Connection: close'])],
    [414, head([`GET /${'a'.repeat(70_000)} HTTP/1.1`, host])],
    [417, head(['POST /subscribe HTTP/1.1', host, 'Expect: something', 'Content-Length: 3'])],
    [421, head(['GET / HTTP/1.1', 'Host: evil.example', 'Connection: close'])],
    [431, head(['GET / HTTP/1.1', host, `X-Large: ${'a'.repeat(70_000)}`])],
  ];
  for (const [status, bytes] of refusals) {
    const text = await sendRaw(open.port, bytes);
    expect([bytes.slice(0, 40), text.slice(9, 12)]).toEqual([bytes.slice(0, 40), String(status)]);
    expect(text).toContain('x-content-type-options: nosniff');
    expect(text).toContain("frame-ancestors 'none'");
    expect(text).toContain('strict-transport-security: ');
    expect(text.slice(text.indexOf('\r\n\r\n'))).toMatch(/\p{sc=Han}/u);
  }
});

describe('whoever asks through a proxy', () => {
  const remaining = async (forwarded: string) => {
    const dispatcher = new Agent();
    const headers = { host: 'city.example', 'x-forwarded-for': forwarded };
    const answer = await request(`http://127.0.0.1:${open.port}/nowhere`, { headers, dispatcher });
    await answer.body.dump();
    await dispatcher.close();
    return Number(/r=(\d+)/.exec(String(answer.headers.ratelimit))?.[1]);
  };

  it.each([
    ['203.0.113.7', ['203.0.113.7:5678', '"203.0.113.7:80"', '::ffff:203.0.113.7', '198.51.100.1, 203.0.113.7:1']],
    ['2001:db8:7::1', ['[2001:db8:7::2]', '[2001:db8:7::3]:443', '"[2001:db8:7::4]:443"', '2001:DB8:7::5']],
    ['unknown', ['_hidden', 'a.example', '1.2.3', '[::1', '300.1.1.1:80']],
  ])('is one client however its address is written: %s', async (plain, others) => {
    const first = await remaining(plain);
    for (const [index, other] of others.entries())
      expect([other, await remaining(other)]).toEqual([other, first - 1 - index]);
  });
});
