import type { Page } from '@playwright/test';
import { expectEach, expectNotices, noticesOf, openSearch, readAddresses, readTotal, searchField } from './reading.ts';
import { expect, test } from './test.ts';

async function totalOf(page: Page, words: string): Promise<number> {
  await openSearch(page, words);
  return readTotal(page);
}

test('a project is found by its code in any spelling, and by a piece of it', async ({ page, request }) => {
  const answer = await request.get('/api/v1/notices?category=procurement&stage=tenderNotice&to=2020-12-31&limit=1');
  const { items } = (await answer.json()) as { items: [{ title: string; projectCode: string; projectId: string }] };
  const [{ title, projectCode, projectId }] = items;
  const spread = `项目编号：${projectCode.toLowerCase().replaceAll(/(?<=\d{4})(?=\d)/g, ' ')}`;
  for (const words of [projectCode, spread, projectCode.slice(-10)]) {
    await openSearch(page, words);
    await expect(noticesOf(page).filter({ hasText: title }).first()).toBeVisible();
  }
  await openSearch(page, projectCode);
  const stages = await request.get(`/api/v1/projects/${projectId}`);
  const { notices } = (await stages.json()) as { notices: unknown[] };
  expect(await readTotal(page)).toBe(notices.length);
});

test('quotes keep words together, a minus leaves words out', async ({ page }) => {
  const all = await totalOf(page, '监控 设备');
  await openSearch(page, '"监控设备"');
  expect(await expectNotices(page)).toBeLessThanOrEqual(all);
  await expectEach(noticesOf(page), /监控设备/);

  const words = await totalOf(page, '监控');
  await openSearch(page, '监控 -视频');
  expect(await expectNotices(page)).toBeLessThan(words);
  for (const text of await noticesOf(page).getByRole('link').allTextContents()) expect(text).not.toContain('视频');
});

test('traditional characters find what simplified ones find', async ({ page }) => {
  const total = await totalOf(page, '监控采购');
  expect(total).toBeGreaterThan(0);
  expect(await totalOf(page, '監控採購')).toBe(total);
});

test('pinyin is read as the words it stands for, and the page says so', async ({ page }) => {
  const total = await totalOf(page, '监控');
  await openSearch(page, 'jiankong');
  await expect(page.getByText('没有找到“jiankong”，已为您搜索“监控”')).toBeVisible();
  expect(await readTotal(page)).toBe(total);
});

test('what was looked for is marked in title and snippet', async ({ page }) => {
  await openSearch(page, '监控');
  const hit = noticesOf(page).first();
  await expect(hit.getByRole('link').locator('mark').first()).toHaveText('监控');
  // A title that says all needs no words from the body.
  await expect(hit.locator('.snippet')).toHaveCount(0);
  await openSearch(page, '监控 招标控制价');
  await expect(noticesOf(page).locator('.snippet mark').first()).toHaveText(/监控|招标控制价/);
});

test('nothing found: fewer filters are offered with what each would give', async ({ page }) => {
  const total = await totalOf(page, '监控');
  await openSearch(page, '监控', '&from=1999-01-01&to=1999-12-31&category=land');
  expect(await readTotal(page)).toBe(0);
  await expect(page.getByText('没有找到与“监控”相符的公告')).toBeVisible();
  await page.getByRole('link', { name: '清除全部条件' }).click();
  await expect(page.getByText(/^共\s*[1-9]/).first()).toBeVisible();
  expect(await readTotal(page)).toBe(total);

  await openSearch(page, '监控', '&category=land');
  await page.getByRole('link', { name: `不限交易类别：${total.toLocaleString('en')} 条` }).click();
  await expect(noticesOf(page).first()).toBeVisible();
  expect(await readTotal(page)).toBe(total);

  await openSearch(page, '量子蝾螈');
  await expect(page.getByText('可以换个说法')).toBeVisible();
  await expect(page.getByText('本次查找：含“量子”、“蝾螈”。')).toBeVisible();
});

test('a result is turned to its end: as many notices as promised, none twice', async ({ page }) => {
  await openSearch(page, '监控', '&limit=100');
  const total = await readTotal(page);
  const seen: string[] = [];
  const next = page.getByRole('link', { name: '下一页' });
  for (;;) {
    const addresses = await readAddresses(page);
    seen.push(...addresses);
    if (!(await next.isVisible())) break;
    await next.click();
    await expect(noticesOf(page).getByRole('link').first()).not.toHaveAttribute('href', addresses[0] ?? '');
  }
  expect(seen).toHaveLength(total);
  expect(new Set(seen).size).toBe(total);
});

test('without script the same words give the same notices', async ({ page, browser, watch }) => {
  await page.goto('/search');
  await searchField(page).fill('监控');
  await expect(page).toHaveURL(/q=/);
  const withScript = await readAddresses(page);

  const plain = await browser.newContext({ javaScriptEnabled: false });
  watch(plain);
  const other = await plain.newPage();
  await other.goto('/search');
  await searchField(other).fill('监控');
  await searchField(other).press('Enter');
  await expect(other).toHaveURL(page.url());
  expect(await readTotal(other)).toBe(await readTotal(page));
  expect(await readAddresses(other)).toEqual(withScript);
  await plain.close();
});

test('from the address bar to an opened hit with the keyboard alone', async ({ page }) => {
  const tabTo = async (isThere: () => Promise<boolean>) => {
    for (let presses = 0; !(await isThere()); presses++) {
      expect(presses).toBeLessThan(80);
      await page.keyboard.press('Tab');
    }
  };
  const isFocused = (name: string) => () => page.evaluate((tag) => document.activeElement?.matches(tag) ?? false, name);
  await page.goto('/');
  await tabTo(isFocused('main input[name=q]'));
  await page.keyboard.type('监控');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=/);
  await tabTo(isFocused('main a[href^="/notice/"]'));
  const title = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title ?? '');
});
