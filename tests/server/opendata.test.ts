import { afterAll, beforeAll, expect, it } from 'vitest';
import { listCompleteness } from '#src/server/opendata/completeness.ts';
import { SEED_NOW, type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

let portal: Portal;
let seeded: SeedNotice[];
beforeAll(async () => {
  portal = await startPortal(
    (db) => {
      seedSources(db);
      seeded = seedNotices(db, 500).filter(({ category }) => category !== 'mining');
      db.$client.prepare(`UPDATE notices SET withdrawn_at = ? WHERE category = 'mining'`).run(SEED_NOW);
    },
    { DATA_LICENCE: '示例许可 1.0' },
  );
});
afterAll(() => portal.stop());

it('counts what public notices say, category by category, and names categories without any', () => {
  const rows = listCompleteness(portal.db);
  const land = seeded.filter(({ category }) => category === 'land');
  expect(rows.find(({ category }) => category === 'land')).toMatchObject({
    total: land.length,
    withBuyer: land.filter(({ buyer }) => buyer !== null).length,
    withAmount: land.filter(({ amountFen }) => amountFen !== null).length,
    withDeadline: land.filter(({ deadlineAt }) => deadlineAt !== null).length,
    newest: land
      .map(({ publishedAt }) => publishedAt)
      .toSorted()
      .at(-1),
  });
  expect(rows.find(({ category }) => category === 'mining')).toMatchObject({ total: 0, first: null });
});

it('tells the licence, and every download it offers is there', async () => {
  const html = await (await fetch(`${portal.url}/open-data`)).text();
  expect(html).toContain('示例许可 1.0');
  const files = [...html.matchAll(/href="(\/api\/v1\/[^"]+\.(?:csv|xlsx)[^"]*)"/g)].map(([, address = '']) => address);
  expect(files).toHaveLength(20);
  for (const address of files) {
    const answer = await fetch(portal.url + address.replaceAll('&amp;', '&'));
    expect([address, answer.status]).toEqual([address, 200]);
    await answer.body?.cancel();
  }
});

it('describes its data for search engines of data, and every file it names is there', async () => {
  const html = await (await fetch(`${portal.url}/open-data`)).text();
  const [, text = '{}'] = /<script type="application\/ld\+json">(.+?)<\/script>/s.exec(html) ?? [];
  const graph = (JSON.parse(text) as { '@graph': Record<string, unknown>[] })['@graph'];
  const datasets = graph.filter((node) => node['@type'] === 'Dataset');
  expect(datasets.map((node) => String(node['@id']).split('#')[1])).not.toContain('mining');
  expect(datasets.length).toBe(listCompleteness(portal.db).filter(({ total }) => total > 0).length);
  for (const dataset of datasets) {
    expect(dataset).toMatchObject({ license: '示例许可 1.0', isAccessibleForFree: true });
    expect(String(dataset.description).length).toBeGreaterThan(50);
    for (const { contentUrl } of dataset.distribution as { contentUrl: string }[]) {
      const answer = await fetch(contentUrl.replace(PORTAL_SITE, portal.url));
      expect([contentUrl, answer.status]).toEqual([contentUrl, 200]);
      await answer.body?.cancel();
    }
  }
});

it('refuses parameters it does not know', async () => {
  expect((await fetch(`${portal.url}/open-data?year=2026`)).status).toBe(400);
});
