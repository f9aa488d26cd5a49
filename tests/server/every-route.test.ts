import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GENERAL_ARTICLES } from '#src/content/general.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { seedArticles } from '#src/publish/articles/seed.ts';
import { logContent } from '#src/publish/log/contents.ts';
import { CACHING } from '#src/server/http/caching.ts';
import type { Method, Route } from '#src/server/http/route.ts';
import { API_ROUTES } from '#src/server/routes/api.ts';
import { findSampleIds, type SampleIds, toSampleAddress } from '#src/server/routes/samples.ts';
import { ROUTES } from '#src/server/routes/table.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { seedDeal } from '#tests/support/seed-parties.ts';
import { seedReport } from '#tests/support/seed-report.ts';
import { sendRaw } from '#tests/support/test-http-server.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';
import { writeLog } from '#tests/support/write-log.ts';

const NOW = new Date().toISOString();
const day = (days: number) => formatDate(addDays(NOW, days));
const METHODS: readonly Method[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
/** Addresses whose examples lead to nothing: there are no files yet, and nobody has the token of a message. */
const NOTHING_THERE = [
  '/file/{sha256}',
  // It is no witness of any log.
  '/witness/vkey',
  '/participate/answers/{id}',
  '/log/tile/{level}/{tile}',
  '/open-data/files/{name}',
  '/subscribe/confirm',
  '/subscribe/manage',
  '/404',
];
const ELSEWHERE = ['/subscribe/stop'];

let portal: Portal;
let ids: SampleIds;
beforeAll(async () => {
  portal = await startPortal(
    (db) => {
      seedSources(db);
      seedNotices(db, 60);
      seedArticles(db, GENERAL_ARTICLES.slice(0, 1), NOW);
      seedReport(db, NOW);
      seedDeal(db, 500, { day: day(-5), winner: '示例微山建设有限公司' });
      seedExposure(db, { 文号: '演财罚〔2026〕1号', 决定日期: day(-30), 当事人: '示例微山建设有限公司' });
    },
    { RATE_LIMIT: '100000' },
  );
  logContent(portal.db, { type: 'audit', id: '2026-06-15', version: 1, at: NOW }, { day: '2026-06-15' });
  await writeLog(portal.db);
  ids = findSampleIds(portal.db, NOW, 'ocds-000000');
});
afterAll(() => portal.stop());

const ask = (route: Route, init: RequestInit = {}, query = '') => {
  const address = toSampleAddress(route, ids);
  if (address === undefined) throw new Error(`there is no example of ${route.path}`);
  const url = new URL(portal.url + address);
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  return fetch(url, { redirect: 'manual', ...init });
};
const rows = ROUTES.filter(({ role }) => role !== 'nobody' && role !== 'staff').map(
  (route) => [route.path, route] as const,
);
const read = rows.filter(([, { methods }]) => methods.includes('GET'));

describe('every route', () => {
  it.each(read)('%s answers as its row says', async (path, route) => {
    const { status, headers } = await ask(route);
    expect(status).toBe(NOTHING_THERE.includes(path) ? 404 : ELSEWHERE.includes(path) ? 303 : 200);
    expect(headers.get('cache-control')).toBe(status === 404 ? 'no-store' : CACHING[route.cache].cacheControl);
    expect(headers.get('access-control-allow-origin')).toBe(route.shared ? '*' : null);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.has('content-type')).toBe(status !== 303);
  });

  it.each(rows)('%s takes the methods of its row, and no other', async (_, route) => {
    for (const method of METHODS) {
      if (route.methods.includes(method)) continue;
      const { status, headers } = await ask(route, { method });
      expect([method, status, headers.get('allow')]).toEqual([method, 405, route.methods.join(', ')]);
      if (method !== 'HEAD')
        expect(headers.get('content-type')).toContain(route.audience === 'programs' ? 'problem+json' : 'text/plain');
    }
  });

  it.each(rows.filter(([, { methods }]) => methods.includes('POST')))(
    '%s refuses a body beyond its limit before it is sent',
    async (_, route) => {
      const { port } = new URL(portal.url);
      const head = [
        `POST ${toSampleAddress(route, ids)} HTTP/1.1`,
        'Host: 127.0.0.1',
        `Content-Length: ${route.limits.body + 1}`,
      ];
      expect(await sendRaw(Number(port), `${head.join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
    },
  );

  it.each(read.filter(([, { limits }]) => !limits.streamed))(
    '%s is the same for HEAD, without the body',
    async (_, route) => {
      const [full, head] = [await ask(route), await ask(route, { method: 'HEAD' })];
      expect([head.status, head.headers.get('cache-control')]).toEqual([
        full.status,
        full.headers.get('cache-control'),
      ]);
      expect(await head.text()).toBe('');
    },
  );
});

const operations = API_ROUTES.flatMap((route) => (route.kind === 'push' ? [] : [[route.path, route] as const]));

describe('every route of the console', () => {
  it.each(ROUTES.filter(({ role }) => role === 'staff').map((route) => [route.path, route] as const))(
    '%s is nothing here, whatever the method',
    async (_, route) => {
      for (const method of METHODS) {
        const { status, headers } = await ask(route, { method, redirect: 'manual' });
        expect([method, status, headers.get('location'), headers.get('set-cookie')]).toEqual([method, 404, null, null]);
      }
    },
  );
});

describe('every operation of the API', () => {
  it.each(operations.filter(([path]) => !/^\/\w+z$/.test(path)))(
    '%s refuses a parameter that its row does not name',
    async (_, route) => {
      const answer = await ask(route, {}, 'categry=1');
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        400,
        'application/problem+json; charset=utf-8',
      ]);
      expect(JSON.stringify(await answer.json())).toContain('categry');
    },
  );

  it.each(operations)('%s says that it is of a type that its document names', async (_, route) => {
    const type = (await ask(route)).headers.get('content-type')?.split(';')[0];
    expect(route.kind === 'json' ? ['application/json'] : Object.values(route.formats)).toContain(type);
  });

  it('that pushes takes nothing without a signature', async () => {
    for (const route of API_ROUTES.filter(({ role }) => role === 'county')) {
      const digest = createHash('sha256').update('[]').digest('base64');
      const headers = {
        'content-type': 'application/json',
        'content-digest': `sha-256=:${digest}:`,
        'idempotency-key': '2026-06-15-0001',
      };
      const answer = await ask(route, { method: 'POST', body: '[]', headers });
      expect([route.path, answer.status]).toEqual([route.path, 401]);
    }
  });
});
