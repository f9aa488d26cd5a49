import { Client } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '#src/server/api/problem-schema.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

let portal: Portal;
let withdrawn: SeedNotice;
beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    withdrawn = seedNotices(db, 60)[8] as SeedNotice;
    db.$client.prepare('UPDATE notices SET withdrawn_at = ? WHERE id = ?').run(SEED_NOW, withdrawn.id);
  });
});
afterAll(() => portal.stop());

const get = (path: string, init: RequestInit = {}) => fetch(portal.url + path, { redirect: 'manual', ...init });

/** The problem that an address answers with, checked against the document. */
async function getProblem(path: string, init: RequestInit = {}): Promise<Problem> {
  const response = await get(path, init);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const problem = documentedSchema('Problem').parse(await response.json()) as Problem;
  expect(problem.status).toBe(response.status);
  expect(decodeURIComponent(problem.instance)).toBe(decodeURIComponent(path.split('?')[0] ?? ''));
  expect(problem.type).toMatch(`${PORTAL_SITE}/api/v1/openapi.json#/components/responses/`);
  expect(problem.requestId).toMatch(/^[\da-f-]{36}$/);
  return problem;
}

const namesOf = ({ errors = [] }: Problem) => errors.map(({ name }) => name);

describe('a faulty request', () => {
  it.each([
    ['/api/v1/notices?categry=land', ['categry']],
    ['/api/v1/notices?category=roads&stage=x', ['category', 'stage']],
    ['/api/v1/notices?category=land&category=land', ['category']],
    ['/api/v1/notices?category=', ['category']],
    ['/api/v1/notices?limit=201', ['limit']],
    ['/api/v1/notices?limit=0', ['limit']],
    ['/api/v1/notices?limit=many', ['limit']],
    ['/api/v1/notices?from=2026-02-30', ['from']],
    ['/api/v1/notices?from=2026-03-01&to=2026-02-01', ['to']],
    ['/api/v1/notices?min=1.234', ['min']],
    ['/api/v1/notices?sort=relevance', ['sort']],
    ['/api/v1/notices?cursor=bm8', ['cursor']],
    ['/api/v1/search?q=a&cursor=bm8', ['cursor']],
    ['/api/v1/search?query=a', ['query']],
    ['/api/v1/sources?county=qufu', ['county']],
    ['/api/v1/openapi.json?v=2', ['v']],
    ['/api/v1/projects/aaaaaaaaaaaa?x=1', ['x']],
  ])('%s is told which parameters: %j', async (path, names) => {
    const problem = await getProblem(path);
    expect(problem.status).toBe(400);
    expect(namesOf(problem)).toEqual(names);
    expect(problem.errors?.every(({ message }) => /\p{Script=Han}/u.test(message))).toBe(true);
  });

  it('gets no list whose cursor belongs to another order', async () => {
    const { next } = (await (await get('/api/v1/notices?sort=amount&limit=5')).json()) as { next: string };
    expect(namesOf(await getProblem(`/api/v1/notices?sort=deadline&cursor=${next}`))).toEqual(['cursor']);
  });

  it('gets an error page where a person asked', async () => {
    const response = await get('/notices?categry=land');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('地址中的“categry”不是本页的条件，已经略去');
  });
});

describe('what is not there', () => {
  it.each([
    '/api/v1/notices/aaaaaaaaaaaa',
    '/api/v1/notices/AAAAAAAAAAAA',
    "/api/v1/notices/1'%20or%201",
    '/api/v1/notices/aaaaaaaaaaaa/versions',
    '/api/v1/projects/aaaaaaaaaaaa',
    '/api/v1/nowhere',
    '/api/v2/notices',
    '/api/v1',
  ])('is 404: %s', async (path) => {
    expect((await getProblem(path)).status).toBe(404);
  });

  it.each(['/nowhere', '/notice/aaaaaaaaaaaa', '/county/nowhere', '/sitemap-x.xml'])(
    'is a 404 page: %s',
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain('<main');
    },
  );

  it('leads to the address without a slash at the end, and never off the site', async () => {
    const response = await get('/api/v1/notices/?limit=1');
    expect([response.status, response.headers.get('location')]).toEqual([308, '/api/v1/notices?limit=1']);
    const client = new Client(portal.url);
    for (const path of ['//evil.example/', '//evil.example//', '/\\evil.example/', '/.//evil.example/']) {
      const { headers } = await client.request({ path, method: 'GET' });
      expect(new URL(String(headers.location ?? '/'), PORTAL_SITE).origin).toBe(PORTAL_SITE);
    }
    await client.close();
  });
});

describe('what was withdrawn', () => {
  const expectNoWords = (text: string) => {
    for (const word of [withdrawn.title, withdrawn.buyer ?? withdrawn.title, `${withdrawn.title}正文`]) {
      expect(text).not.toContain(word);
    }
  };

  it.each(['/notice/{id}', '/api/v1/notices/{id}'])('is 410 at %s', async (path) => {
    const response = await get(path.replace('{id}', withdrawn.id));
    const text = await response.text();
    expect(response.status).toBe(410);
    expect(text).toContain('撤回');
    expectNoWords(text);
  });

  it('has a history, which says nothing of what it said', async () => {
    const response = await get(`/api/v1/notices/${withdrawn.id}/versions`);
    const text = await response.text();
    expect([response.status, JSON.parse(text).total]).toEqual([200, 1]);
    expectNoWords(text);
  });
});

describe('a method that an address does not take', () => {
  it.each([
    ['POST', '/api/v1/notices'],
    ['PUT', '/api/v1/search'],
    ['DELETE', '/api/v1/notices/aaaaaaaaaaaa'],
    ['OPTIONS', '/api/v1/sources'],
    ['POST', '/readyz'],
  ])('is 405 with what it takes: %s %s', async (method, path) => {
    const problem = await getProblem(path, { method, ...(method === 'POST' ? { body: 'a=1' } : {}) });
    expect(problem.status).toBe(405);
    expect((await get(path, { method })).headers.get('allow')).toBe('GET, HEAD');
  });

  it('is refused on pages too', async () => {
    const response = await get('/notices', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});

describe('a fault of our own', () => {
  it('is 500 without details, and readiness says so', async () => {
    portal.db.$client.exec('ALTER TABLE notice_counts RENAME TO notice_counts_away; DROP VIEW published_notices');
    const problem = await getProblem('/api/v1/notices?limit=3');
    expect(problem.status).toBe(500);
    const page = await get('/county/qufu');
    expect(page.status).toBe(500);
    const text = await page.text();
    expect(text).toContain('页面暂时打不开');
    expect(JSON.stringify(problem) + text).not.toMatch(/sqlite|no such table|notice_counts|\.ts|\.mjs|node_modules/i);
    const unready = await getProblem('/readyz');
    expect([unready.status, namesOf(unready)]).toEqual([503, ['database']]);
    expect((await get('/healthz')).status).toBe(200);
  });
});
