import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type CompareOptions, comparePortals } from '#tests/compare/compare.ts';
import { listDocumentedAddresses } from '#tests/compare/documented-addresses.ts';
import { FIXED_ASKS } from '#tests/compare/fixed-asks.ts';
import { shapeOf } from '#tests/compare/frontier.ts';
import type { Portal } from '#tests/compare/portal.ts';
import { formatComparison } from '#tests/compare/report.ts';

type Pages = Record<
  string,
  { status?: number; type?: string; headers?: Record<string, string>; body: string | Buffer }
>;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A portal of a few pages, in which its own address stands for `{site}`; everything else is 404. */
async function open(pages: Pages): Promise<Portal> {
  const server = createServer((request, response) => {
    const { status = 200, type = 'text/html', headers, body } = pages[request.url ?? ''] ?? { status: 404, body: 'no' };
    response
      .writeHead(status, { 'content-type': type, ...headers })
      .end(typeof body === 'string' ? body.replaceAll('{site}', `http://${request.headers.host}`) : body);
  });
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { name: url, url, site: url, stop: async () => undefined };
}

async function compare(before: Pages, after: Pages, options: Partial<CompareOptions> = {}) {
  const limits = { plain: 10, queried: 10 };
  return comparePortals(await open(before), await open(after), { asks: [{ address: '/' }], limits, ...options });
}

/** An archive of one part that is not compressed. */
function zip(name: string, content: string): Buffer {
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(content.length, 0);
  sizes.writeUInt32LE(content.length, 4);
  const [length, none] = [Buffer.from([name.length, 0]), (count: number) => Buffer.alloc(count)];
  const local = Buffer.concat([
    Buffer.from('PK\x03\x04'),
    none(14),
    sizes,
    length,
    none(2),
    Buffer.from(name + content),
  ]);
  const entry = Buffer.concat([Buffer.from('PK\x01\x02'), none(16), sizes, length, none(16), Buffer.from(name)]);
  const end = Buffer.concat([Buffer.from('PK\x05\x06'), none(16), none(2)]);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, entry, end]);
}

const page = (body: string) => ({ '/': { body } });

describe('what differs', () => {
  it('is nothing between equal pages', async () => {
    const { asked, findings } = await compare(page('<p>1</p>'), page('<p>1</p>'));
    expect([asked, findings]).toEqual([1, []]);
  });

  it.each([
    ['body', page('<p>1</p>'), page('<p>2</p>')],
    ['status', page('a'), { '/': { status: 404, body: 'a' } }],
    ['header x-a', { '/': { body: 'a', headers: { 'x-a': '1' } } }, { '/': { body: 'a', headers: { 'x-a': '2' } } }],
    ['header x-a', { '/': { body: 'a', headers: { 'x-a': '1' } } }, page('a')],
    [
      'body at .items[].name',
      { '/': { type: 'application/json', body: '{"items":[{"id":1,"name":"a"}]}' } },
      { '/': { type: 'application/json', body: '{"items":[{"id":1,"name":"b"}]}' } },
    ],
    ['part (uncompressed)', { '/': { body: gzipSync('a') } }, { '/': { body: gzipSync('b') } }],
    ['packing', { '/': { body: gzipSync('a', { level: 0 }) } }, { '/': { body: gzipSync('a') } }],
    ['part sheet.xml', { '/': { body: zip('sheet.xml', 'a') } }, { '/': { body: zip('sheet.xml', 'b') } }],
    ['body', page('550e8400-e29b-41d4-a716-446655440000'), page('550e8400-e29b-41d4-a716-446655440001')],
  ])('is the %s', async (reason, before, after) => {
    const { findings } = await compare(before, after);
    expect(findings.map((finding) => finding.reason)).toEqual([reason]);
  });

  it('is one byte that was changed in one of many answers, wherever it stands', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `/notice/${index}`);
    const pages: Pages = Object.fromEntries(names.map((name) => [name, { body: `<p>${name}</p>`.repeat(50) }]));
    for (const planted of [names[0], names[17], names.at(-1)]) {
      const { findings } = await compare(pages, pages, {
        asks: names.map((address) => ({ address })),
        meddle(ask, answer) {
          if (ask.address !== planted) return answer;
          const body = Buffer.from(answer.body);
          body[body.length - 1] = (body.at(-1) ?? 0) ^ 1;
          return { ...answer, body };
        },
      });
      expect(findings.map(({ ask }) => ask)).toEqual([`GET ${planted}`]);
    }
  });

  it('is found behind links, next pages and names of scripts that change with their bytes', async () => {
    const list = (last: string): Pages => ({
      '/': { body: '<a href="/list?a=1&amp;b=2">x</a><script src="/_astro/a.AAAAAAAA.js"></script>' },
      '/api/v1/things': { type: 'application/json', body: '{"items":[],"next":"n"}' },
      '/api/v1/things?cursor=n': { type: 'application/json', body: `{"items":["${last}"],"next":null}` },
      '/list?a=1&b=2': { body: last },
      '/_astro/a.AAAAAAAA.js': { type: 'text/javascript', body: `import "./b.BBBBBBBB.js"` },
      '/_astro/b.BBBBBBBB.js': { type: 'text/javascript', body: last },
    });
    const { findings } = await compare(list('old'), list('new'), {
      asks: [{ address: '/' }, { address: '/api/v1/things' }],
    });
    expect(findings.map(({ ask }) => ask).sort()).toEqual([
      'GET /_astro/b.js',
      'GET /api/v1/things?cursor=n',
      'GET /list?a=1&b=2',
    ]);
  });

  it('is not what must differ: addresses of the portals, hashes of assets, numbers of refusals; each is counted', async () => {
    const odd = (hash: string, id: string): Pages => ({
      '/': { body: `<link href="/_astro/style.${hash}.css">` },
      '/gone': { status: 410, body: `{site} ${id}` },
      [`/_astro/style.${hash}.css`]: { type: 'text/css', body: 'p{}' },
    });
    const { findings, normalised } = await compare(
      odd('AAAAAAAA', '550e8400-e29b-41d4-a716-446655440000'),
      odd('BBBBBBBB', '550e8400-e29b-41d4-a716-446655440001'),
      { asks: [{ address: '/' }, { address: '/gone' }] },
    );
    expect(findings).toEqual([]);
    expect(Object.fromEntries(normalised)).toEqual({ 'asset hash': 1, 'request id': 1, 'own address': 1 });
  });

  it('is told with its reason where it was to be expected, and only there', async () => {
    const before = { '/a': { body: '1' }, '/b': { body: '1' } };
    const after = { '/a': { body: '2' }, '/b': { body: '2' } };
    const comparison = await compare(before, after, {
      asks: [{ address: '/a' }, { address: '/b' }],
      expected: [{ address: /^GET \/a$/, why: 'meant' }],
    });
    expect(comparison.findings.map(({ ask, expected }) => [ask, expected]).sort()).toEqual([
      ['GET /a', 'meant'],
      ['GET /b', undefined],
    ]);
    expect(formatComparison(comparison)).toContain('2 differ, 1 of them without a reason');
  });
});

describe('what is asked', () => {
  const parameter = (name: string, more: object) => ({ name, in: 'query', schema: {}, ...more });
  const document = {
    paths: {
      '/api/v1/notices': {
        get: {
          parameters: [
            parameter('category', { schema: { enum: ['land', 'property'] } }),
            parameter('q', { example: '道路' }),
          ],
        },
      },
      '/api/v1/notices/{id}': { get: { parameters: [] } },
      '/api/v1/sync/notices': { post: {} },
    },
  };

  it('is every value that a parameter may have, for the data and for the pages that take it', () => {
    const addresses = listDocumentedAddresses(document, { '/api/v1/notices/{id}': ['abc'] });
    expect(addresses).toEqual(
      expect.arrayContaining([
        '/api/v1/notices',
        '/api/v1/notices?category=property',
        '/search?q=%E9%81%93%E8%B7%AF',
        '/api/v1/notices/abc',
      ]),
    );
    expect(addresses.some((address) => address.includes('sync'))).toBe(false);
  });

  it('has one shape for all addresses of a kind', () => {
    expect(['/notice/a', '/notice/b?x=1', '/api/v1/notices/a/versions', '/'].map(shapeOf)).toEqual([
      '/notice/*',
      '/notice/*?x',
      '/api/v1/notices/*/versions',
      '/',
    ]);
  });

  it('holds plain addresses only', () => {
    for (const { address } of FIXED_ASKS) expect(address).toMatch(/^\/[!-~]*$/);
  });
});
