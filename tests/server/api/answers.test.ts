import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveDemo } from '#src/server/demo.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const COUNT = 600;
/** The HTTP server learns of a change of the data within a moment; machines under load take longer. */
const PATIENCE = { timeout: 20_000 };
let portal: Portal;
let seeded: SeedNotice[] = [];
beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    seeded = seedNotices(db, COUNT);
    rebuildFts(db, () => undefined);
  });
});
afterAll(() => portal.stop());

interface Answer {
  items: { id: string; [field: string]: unknown }[];
  total: number;
  next: string | null;
  asOf: string;
  [field: string]: unknown;
}

const get = (path: string, init: RequestInit = {}) => fetch(portal.url + path, { redirect: 'manual', ...init });
const getJson = async (path: string) => (await (await get(path)).json()) as Answer;

/** Everything a list gives, page by page, with the total of the first page. */
async function walkList(path: string): Promise<{ ids: string[]; total: number }> {
  const ids: string[] = [];
  const first = await getJson(path);
  for (let page = first; ; page = await getJson(`${path}&cursor=${page.next}`)) {
    expect(page.total).toBe(first.total);
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return { ids, total: first.total };
  }
}

const sorted = (ids: readonly string[]) => [...ids].sort();
const someNotice = () => seeded[1] as SeedNotice;

describe('every address', () => {
  it.each([
    ['/api/v1/notices', 'NoticePage'],
    ['/api/v1/notices?category=land&limit=3&sort=deadline', 'NoticePage'],
    ['/api/v1/notices/{notice}', 'Notice'],
    ['/api/v1/notices/{notice}/versions', 'NoticeVersions'],
    ['/api/v1/projects/{project}', 'Project'],
    ['/api/v1/search?q=测试项目', 'SearchPage'],
    ['/api/v1/search?q=没有这样的词&county=qufu', 'SearchPage'],
    ['/api/v1/search', 'SearchPage'],
    ['/api/v1/sources', 'SourceList'],
    ['/healthz', 'Health'],
    ['/readyz', 'Readiness'],
  ])('%s answers as the document says, %s', async (template, component) => {
    const { id, project } = someNotice();
    const response = await get(template.replace('{notice}', id).replace('{project}', project));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('link')).toContain(`</api/v1/openapi.json#/components/schemas/${component}>`);
    const issues = documentedSchema(component).safeParse(await response.json()).error?.issues;
    expect(issues).toBeUndefined();
  });

  it('has a document that is served with the address of the site', async () => {
    const document = await getJson('/api/v1/openapi.json');
    expect(document).toMatchObject({ openapi: '3.1.1', servers: [{ url: PORTAL_SITE }] });
  });
});

describe('lists', () => {
  it.each(['published', 'arrived', 'deadline', 'amount'])('by %s reach the last notice, each once', async (sort) => {
    const { ids, total } = await walkList(`/api/v1/notices?sort=${sort}&limit=70`);
    expect(total).toBe(COUNT);
    expect(sorted(ids)).toEqual(sorted(seeded.map(({ id }) => id)));
  });

  it('count what they filter', async () => {
    const wanted = seeded.filter(({ category, county }) => category === 'medical' && county === 'qufu');
    const { ids, total } = await walkList('/api/v1/notices?category=medical&county=qufu&limit=2');
    expect(total).toBe(wanted.length);
    expect(sorted(ids)).toEqual(sorted(wanted.map(({ id }) => id)));
  });

  it('take two hundred a page', async () => {
    expect((await getJson('/api/v1/notices?limit=200')).items).toHaveLength(200);
    expect((await getJson('/api/v1/notices')).items).toHaveLength(20);
  });

  it('say when their data was confirmed', async () => {
    expect((await getJson('/api/v1/notices')).asOf).toBe(SEED_NOW);
  });

  it('leave words to search', async () => {
    const response = await get('/api/v1/notices?q=测试&category=land');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`/api/v1/search?q=${encodeURIComponent('测试')}&category=land`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});

describe('search', () => {
  it('reaches the last hit, each once, in an order that pages keep', async () => {
    const whole = await getJson('/api/v1/search?q=测试项目&limit=200');
    const { ids, total } = await walkList('/api/v1/search?q=测试项目&limit=90');
    expect(total).toBe(COUNT);
    expect(new Set(ids).size).toBe(COUNT);
    expect(ids.slice(0, 200)).toEqual(whole.items.map(({ id }) => id));
  });

  it('says who answered and how the words were read', async () => {
    const answer = await getJson('/api/v1/search?q="测试项目 7" -土地&category=land');
    expect(answer).toMatchObject({ engine: 'fts5', plan: { phrases: ['测试项目 7'], excluded: ['土地'] } });
  });
});

describe('one notice', () => {
  it('is the same as in the list, and more', async () => {
    const { id } = someNotice();
    const { items } = await getJson('/api/v1/notices?limit=200&buyer=采购单位 1');
    const listed = items.find((item) => item.id === id);
    expect(await getJson(`/api/v1/notices/${id}`)).toMatchObject({ ...listed, facts: expect.anything() });
    expect(await getJson(`/api/v1/notices/${id}/versions`)).toMatchObject({ total: 1, next: null });
  });

  it('has one address: the copy of another site leads there', async () => {
    const [copy, original] = [seeded[2] as SeedNotice, seeded[3] as SeedNotice];
    portal.db.$client.prepare('UPDATE notices SET canonical_id = ? WHERE id = ?').run(original.id, copy.id);
    for (const [prefix, suffix] of [
      ['/api/v1/notices/', ''],
      ['/api/v1/notices/', '/versions'],
      ['/notice/', ''],
    ]) {
      const response = await get(`${prefix}${copy.id}${suffix}`);
      expect([response.status, response.headers.get('location')]).toEqual([301, `${prefix}${original.id}${suffix}`]);
    }
    portal.db.$client.prepare('UPDATE notices SET canonical_id = NULL WHERE id = ?').run(copy.id);
  });
});

describe('sources', () => {
  it('tell state, lag, last run and refusals, and nothing of what was refused', async () => {
    const { $client: client } = portal.db;
    client
      .prepare(
        `INSERT INTO ingest_runs (id, source_key, started_at, finished_at, state, fetched, created, rejected)
         VALUES ('run', 'site-qufu', ?, ?, 'succeeded', 9, 2, 1)`,
      )
      .run(SEED_NOW, SEED_NOW);
    client
      .prepare(
        `INSERT INTO raw_items (source_key, source_item_id, content_hash, list_item, received_at, run_id, state, reasons)
         VALUES ('site-qufu', '1', 'h', '{"title":"拒收内容"}', ?, 'run', 'rejected', '[{"code":"x","message":"缺标题"}]')`,
      )
      .run(SEED_NOW);
    client
      .prepare(`INSERT INTO unknown_codes VALUES ('site-qufu', 'category', '99', '未知类别', 3, ?, ?)`)
      .run(SEED_NOW, SEED_NOW);
    await expect.poll(async () => JSON.stringify(await getJson('/api/v1/sources')), PATIENCE).toContain('未知类别');
    const answer = await getJson('/api/v1/sources');
    const source = answer.items.find(({ key }) => key === 'site-qufu');
    expect(source).toMatchObject({
      lastSuccessAt: SEED_NOW,
      rejected: 1,
      lastRun: { fetched: 9, created: 2, rejected: 1 },
    });
    expect(source?.lagSeconds).toBeGreaterThan(0);
    expect(source?.days).toHaveLength(30);
    expect(answer.unknown).toMatchObject([{ sourceKey: 'site-qufu', kind: 'category', value: '99', count: 3 }]);
    expect(JSON.stringify(answer)).not.toMatch(/拒收内容|缺标题/);
  });
});

describe('demonstration data', () => {
  it('is marked on every page, error pages included, as soon as and only while it is loaded', async () => {
    const isMarked = async (path: string) => (await (await get(path)).text()).includes('演示数据');
    const paths = ['/', '/notices', '/sync', '/nowhere', '/notices?categry=land'];
    const listMarked = async () => Promise.all(paths.map(isMarked));
    expect(await listMarked()).toEqual(paths.map(() => false));
    saveDemo(portal.db, true);
    await expect.poll(listMarked, PATIENCE).toEqual(paths.map(() => true));
    saveDemo(portal.db, false);
    await expect.poll(listMarked, PATIENCE).toEqual(paths.map(() => false));
  });
});
