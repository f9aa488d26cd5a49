import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFetcher } from '#src/ingest/fetch.ts';
import { ForbiddenAddressError } from '#src/outbound/errors.ts';
import { isPublicAddress } from '#src/outbound/ssrf-guard.ts';

const PRIVATE = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '017700000001',
  '0177.0x0.0.1',
  '①②⑦.⓪.⓪.①',
  '１２７.０.０.１',
  '127。0。0。1',
  '127%2e0%2e0%2e1',
  '0.0.0.0',
  '0',
  '127.127.127.127',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '169.254.169.254',
  '0xA9FEA9FE',
  '2852039166',
  '100.64.0.1',
  '198.18.0.1',
  '192.0.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[ff02::1]',
  '[::ffff:a9fe:a9fe]',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ip6-localhost',
];

const canary = createServer((_request, response) => {
  hits++;
  response.end('{"canary":true}');
});
let hits = 0;
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => canary.listen(0, () => resolve()));
  const address = canary.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => canary.close());

describe('addresses that feeds may not lead to', () => {
  const fetcher = createFetcher({ allowPrivate: [], timeoutMs: 3_000, backoffMs: 1 });
  afterAll(() => fetcher.close());

  test.each(PRIVATE)('%s', async (host) => {
    const before = hits;
    await expect(fetcher.get({ url: `http://${host}:${port}/`, expect: 'json' })).rejects.toThrow();
    expect(hits).toBe(before);
  });

  test('the canary answers when it is allowed: the zeros above mean something', async () => {
    const open = createFetcher({ allowPrivate: [`127.0.0.1:${port}`] });
    const before = hits;
    await open.get({ url: `http://0x7f.1:${port}/`, expect: 'json' });
    expect(hits).toBe(before + 1);
    await expect(open.get({ url: `http://127.0.0.2:${port}/`, expect: 'json' })).rejects.toThrow(ForbiddenAddressError);
    await open.close();
  });

  test.each([
    'ftp://example.com/',
    'gopher://127.0.0.1/',
    'data:text/plain,x',
    'javascript:1',
    'http://user:pass@example.com/',
  ])('%s', async (url) => {
    await expect(fetcher.get({ url, expect: 'json' })).rejects.toThrow(ForbiddenAddressError);
  });

  // Header values are ASCII: the other spellings cannot stand in a Location.
  test.each(PRIVATE.filter((host) => /^[\x20-\x7e]+$/.test(host)))('a redirect to %s', async (host) => {
    const site = createServer((_request, response) => {
      response.writeHead(302, { location: `http://${host}:${port}/` }).end();
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', () => resolve()));
    const address = site.address();
    const own = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    const allowing = createFetcher({ allowPrivate: [own], timeoutMs: 3_000, backoffMs: 1 });
    const before = hits;
    await expect(allowing.get({ url: `http://${own}/`, expect: 'json' })).rejects.toThrow();
    expect(hits).toBe(before);
    await allowing.close();
    site.close();
  });
});

test('public addresses pass', () => {
  for (const address of ['8.8.8.8', '1.2.4.8', '223.5.5.5', '2400:3200::1', '::ffff:8.8.8.8']) {
    expect(isPublicAddress(address), address).toBe(true);
  }
});
