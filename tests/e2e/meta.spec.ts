import { readCanonical, readMeta } from './checks/meta.ts';
import { readSitemap } from './sitemap.ts';
import { expect, test } from './test.ts';

test('a narrowed list names the whole list as its address, a notice its own title', async ({ page, baseURL }) => {
  await page.goto('/notices/land?county=qufu&sort=amount');
  expect(await readCanonical(page)).toEqual([`${baseURL}/notices/land`]);
  await page.goto('/notices/land');
  await page.getByRole('region', { name: '公告列表' }).getByRole('link', { name: /地|宗/ }).first().click();
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  expect((await readMeta(page)).ArticleTitle).toBe(title);
});

test('robots are told what to read, and every address they are told answers', async ({ request, baseURL }) => {
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
  const { addresses } = readSitemap();
  expect(addresses.length).toBeGreaterThan(5_182);
  expect(new Set(addresses).size).toBe(addresses.length);
  const step = Math.floor(addresses.length / 60);
  for (const address of addresses.filter((_, index) => index % step === 0)) {
    expect((await request.get(address, { maxRedirects: 0 })).status(), address).toBe(200);
  }
});

test('programs are told of a misspelt filter, and read past a thousand notices to the last', async ({ request }) => {
  const refused = await request.get('/api/v1/notices?categry=land');
  expect(refused.status()).toBe(400);
  expect(refused.headers()['content-type']).toContain('application/problem+json');
  expect(JSON.stringify(await refused.json())).toContain('categry');

  const seen = new Set<string>();
  const address = '/api/v1/notices?category=procurement&from=2020-01-01&to=2020-12-31&limit=200';
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await request.get(cursor ? `${address}&cursor=${encodeURIComponent(cursor)}` : address);
    const page = (await answer.json()) as { items: { id: string }[]; total: number; next: string | null };
    expect(page.total).toBe(1_820);
    for (const { id } of page.items) seen.add(id);
    cursor = page.next;
  }
  expect(seen.size).toBe(1_820);
});
