import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeOrganizations } from '#src/publish/organizations/changes.ts';
import { listOrganizations } from '#src/server/organizations/list.ts';
import { documentedSchema } from '#tests/support/api-schema.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { buyerName, seedAwards, supplierName } from '#tests/support/seed-organizations.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await startPortal((db) => {
    seedSources(db);
    seedAwards(db, 300, 40);
  });
}, 120_000);
afterAll(() => portal.stop());

const get = (path: string) => fetch(portal.url + path, { redirect: 'manual' });
const idOf = (name: string) => listOrganizations(portal.db, { q: name }).items[0]?.id ?? '';

describe('answers about organizations', () => {
  it('fit the published document', async () => {
    const list = await (await get('/api/v1/organizations?role=supplier&limit=3')).json();
    expect(documentedSchema('OrganizationPage').safeParse(list).error?.issues).toBeUndefined();
    expect(list.items).toHaveLength(3);
    const one = await (await get(`/api/v1/organizations/${idOf(supplierName(3))}?limit=2`)).json();
    expect(documentedSchema('Organization').safeParse(one).error?.issues).toBeUndefined();
    expect(one.history.items).toHaveLength(2);
  });

  it('name faulty parameters and unknown organizations', async () => {
    for (const query of ['role=owner', 'q=', 'nothing=1', 'limit=0', 'cursor=x']) {
      expect([query, (await get(`/api/v1/organizations?${query}`)).status]).toEqual([query, 400]);
    }
    expect((await get('/api/v1/organizations/aaaaaaaaaaaa')).status).toBe(404);
    expect((await get('/company/aaaaaaaaaaaa')).status).toBe(404);
  });

  it('lead from a merged organization to the one it is', async () => {
    const [from, into] = [idOf(supplierName(7)), idOf(supplierName(8))];
    mergeOrganizations(portal.db, from, into, { reason: '测试', ...byTester('2026-06-15T05:00:00.000Z') });
    for (const path of ['/company', '/api/v1/organizations']) {
      const { status, headers } = await get(`${path}/${from}`);
      expect([status, headers.get('location')]).toEqual([302, `${path}/${into}`]);
    }
  });
});

describe('pages of organizations', () => {
  it('list them and drop what a form left empty', async () => {
    const page = await get(`/companies?q=${encodeURIComponent(supplierName(3))}&role=&county=`);
    expect(page.status).toBe(302);
    const html = await (await get(page.headers.get('location') ?? '')).text();
    expect(html).toContain(`/company/${idOf(supplierName(3))}`);
    expect(html).toContain('noindex');
  });

  it('show awards with their sums and link to the notices', async () => {
    const id = idOf(buyerName(4));
    const { history } = await (await get(`/api/v1/organizations/${id}`)).json();
    const html = await (await get(`/company/${id}`)).text();
    expect(html).toContain(`${history.totals.awards} 个`);
    for (const { noticeId } of history.items) expect(html).toContain(`/notice/${noticeId}`);
    expect(html).not.toContain('<script src');
  });

  it('are reached from a notice of theirs', async () => {
    const id = idOf(supplierName(3));
    const { history } = await (await get(`/api/v1/organizations/${id}`)).json();
    const html = await (await get(`/notice/${history.items[0].noticeId}`)).text();
    expect(html).toContain(`/company/${id}`);
  });
});
