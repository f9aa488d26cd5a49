import { withdrawNotice } from './database.ts';
import { noticesOf } from './reading.ts';
import { expect, test } from './test.ts';

test('a printed notice has no navigation and says where and when it was taken', async ({ page, baseURL }) => {
  await page.goto('/notices/construction');
  await noticesOf(page).getByRole('link').first().click();
  await expect(page.getByRole('region', { name: '公告正文' })).toBeVisible();
  const footer = page.getByText(`网址：${new URL(page.url()).href}`);
  await expect(footer).toBeHidden();

  await page.emulateMedia({ media: 'print' });
  await expect(footer).toBeVisible();
  expect(page.url()).toContain(baseURL);
  await expect(page.getByText(/^取得时间：\d{4}-\d{2}-\d{2} \d{2}:\d{2}（北京时间）/)).toBeVisible();
  await expect(page.getByText(/^SHA-256：[0-9a-f]{64}$/)).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('a printed list has dates, and not how long it is until then', async ({ page }) => {
  await page.goto('/notices?status=open');
  const row = noticesOf(page).first();
  const due = row.getByText(/\d{2}-\d{2} .*截止$/);
  const left = row.locator('.notice-deadline b');
  await page.emulateMedia({ media: 'print' });
  await expect(due).toBeVisible();
  await expect(left).toBeHidden();
  await page.goto('/counties');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('main')).not.toContainText(/\d 分钟前|\d 小时前/, { useInnerText: true });
  await expect(page.getByRole('main')).toContainText(/最近同步：\s*\d{4}-\d{2}-\d{2} \d{2}:\d{2}/, {
    useInnerText: true,
  });
});

test.describe('what is not there', () => {
  test.use({ expectedErrors: [/status of 4(?:04|10)/] });

  for (const address of [
    '/notice/aaaaaaaaaaaa',
    '/project/aaaaaaaaaaaa',
    '/county/nowhere',
    '/notices/nothing',
    '/x',
  ]) {
    test(`${address} is not found, with ways on`, async ({ page }) => {
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面不存在');
      await page.getByRole('main').getByRole('link', { name: '回到首页' }).click();
      await expect(page).toHaveURL(/\/$/);
    });
  }

  test('what was wrong with one request is not told to the next', async ({ page }) => {
    const refused = await page.request.get('/notices?colour=red');
    expect(refused.status()).toBe(400);
    const answer = await page.goto('/y');
    expect(answer?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('页面不存在');
    await expect(page.getByText('本次访问的编号')).toHaveCount(0);
  });

  test('a withdrawn notice says that it was withdrawn, and nothing of what it said', { tag: '@alone' }, async ({
    page,
  }) => {
    const { id, title, restore } = withdrawNotice();
    try {
      const answer = await page.goto(`/notice/${id}`);
      expect(answer?.status()).toBe(410);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('内容已撤回');
      expect(await page.content()).not.toContain(title);
    } finally {
      restore();
    }
    expect((await page.goto(`/notice/${id}`))?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  });
});
