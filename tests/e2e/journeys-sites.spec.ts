import { allowActions, expectEach, expectNotices, noticesOf, readText, toNumber } from './reading.ts';
import { expect, test } from './test.ts';

test("a county's own site and the course of a project there", async ({ page }) => {
  const act = allowActions(4);
  await page.goto('/');
  await act(() => page.getByRole('link', { name: /^邹城 \d+/ }).click());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('邹城市公共资源交易');
  await act(() => page.getByRole('region', { name: '即将截止' }).getByRole('link').nth(1).click());
  await act(() => page.getByRole('link', { name: '看项目全程' }).click());
  const summary = page.getByRole('region', { name: '项目现状' });
  for (const term of ['现在', '下一步', '谁负责']) {
    await expect(summary.getByRole('term').filter({ hasText: term })).toBeVisible();
  }
  await expect(page.getByRole('region', { name: '全过程' }).getByRole('listitem').first()).toBeVisible();
});

test("a county site's lists hold its own notices only", async ({ page }) => {
  await page.goto('/counties');
  await page.getByRole('main').getByRole('link', { name: '曲阜市' }).click();
  const site = page.getByRole('navigation', { name: '曲阜市站点导航' });
  await site.getByRole('link', { name: /^政府采购/ }).click();
  await expect(site.getByRole('link', { name: /^政府采购/ })).toHaveAttribute('aria-current', 'page');
  const promised = toNumber(/[\d,]+$/.exec(await readText(site.getByRole('link', { name: /^政府采购/ })))?.[0]);
  expect(await expectNotices(page)).toBe(promised);
  await expectEach(noticesOf(page), /曲阜市/);
});

test('a document that was not published is shown as missing', async ({ page }) => {
  await page.goto('/notices/procurement/awardNotice?to=2020-12-31');
  await noticesOf(page).getByRole('link').last().click();
  await page.getByRole('link', { name: '看项目全程' }).click();
  await expect(page.getByRole('region', { name: '项目现状' })).toContainText('合同公告：本平台没有收到相应公告');
  const step = page.getByRole('region', { name: '全过程' }).getByRole('listitem').filter({ hasText: '合同公告' });
  await expect(step).toContainText('逾期未收到');
});

interface Source {
  name: string;
  key: string;
  rejected: number;
  lastRun: Record<'fetched' | 'created' | 'changed' | 'unchanged' | 'rejected', number>;
}

test('the sync board shows how each source does', async ({ page, request }) => {
  test.setTimeout(120_000);
  await page.goto('/');
  await page.getByRole('link', { name: '数据同步' }).first().click();
  const cards = page.getByRole('region', { name: '来源' }).getByRole('heading', { level: 3 });
  await expect(cards).toHaveCount(18);
  // Sources are read all the time: both views are taken again until they show the same runs.
  await expect(async () => {
    const { items } = (await (await request.get('/api/v1/sources')).json()) as { items: Source[] };
    await page.reload();
    for (const { name, lastRun } of items) {
      const card = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3, name }) });
      const { fetched, created, changed, unchanged, rejected } = lastRun;
      const numbers = [fetched, created, changed, unchanged, rejected].map((number) => number.toLocaleString('en'));
      const [all, fresh, other, same, refused] = numbers;
      const run = `取回 ${all}新增 ${fresh}变更 ${other}未变 ${same}拒收 ${refused}`;
      expect(await readText(card)).toContain(run);
      expect(await readText(card)).toMatch(/最近成功(?:刚刚|\d+ .+前)/);
    }
  }).toPass({ timeout: 90_000 });
});

test('refused items are counted and their reasons public', async ({ page }) => {
  await page.goto('/sync');
  const link = page.getByRole('link', { name: /拒收待处理 [\d,]+ 条/ }).first();
  const count = toNumber(/([\d,]+) 条/.exec(await readText(link))?.[1]);
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/：拒收条目$/);
  await expect(page.getByText(/^\s*共/)).toContainText(`${count}`);
  const items = page.getByRole('main').getByRole('listitem').filter({ hasText: '收到，已处理' });
  await expect(items).toHaveCount(count);
  for (const item of await items.all()) await expect(item.getByRole('listitem')).not.toHaveText(['']);
});
