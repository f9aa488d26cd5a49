import { EVERYTHING, findViolations } from './checks/axe.ts';
import { findSmallTargets } from './checks/measuring.ts';
import { expect, test } from './test.ts';

test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|status of 404/] });

/** The worker signs the log for the first time when it has time for it. */
test.beforeAll(async ({ request }) => {
  await expect.poll(async () => (await request.get('/log/checkpoint')).status(), { timeout: 180_000 }).toBe(200);
});

test('the wall screen turns, is read from afar, goes on without the network and says as of when', async ({ page }) => {
  await page.clock.install();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('/board');
  const shown = page.locator('#board .slide:visible');
  await expect(shown).toHaveCount(1);
  await expect(shown.getByRole('heading')).toContainText('今日开标');
  const slides = await page.locator('#board .slide').count();
  const seen = new Set<string>();
  for (let turn = 0; turn < slides; turn++) {
    seen.add((await shown.getByRole('heading').textContent()) ?? '');
    const { excess, smallest } = await page.evaluate(() => ({
      excess: document.documentElement.scrollHeight - innerHeight,
      smallest: Math.min(
        ...[...document.querySelectorAll('main :is(h2, p, span, time, dt, dd), footer p')]
          .filter((element) => element.checkVisibility() && !element.matches('.visually-hidden'))
          .map((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
      ),
    }));
    expect([excess, smallest >= 40]).toEqual([0, true]);
    expect(await findViolations(page, EVERYTHING)).toEqual([]);
    await page.clock.runFor(15_000);
  }
  expect(seen.size).toBe(slides);
  expect([...seen].join()).toMatch(/即将截止.*最新结果.*曝光台.*数据同步.*发布日志/);
  await page.context().setOffline(true);
  await page.clock.runFor(15_000 * slides);
  await expect(page.locator('#as-of')).toHaveText(/^网络中断，数据截至 \d{4}-/);
  await expect(shown).toHaveCount(1);
  await page.context().setOffline(false);
  await page.clock.runFor(15_000 * slides);
  await expect(page.locator('#as-of')).toHaveText(/^数据截至/);
});

test('D23: whoever touches the screen finds how trading goes in three taps, and the next person begins anew', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto('/kiosk');
  expect(await findViolations(page, EVERYTHING)).toEqual([]);
  await page.getByRole('link', { name: '交易流程' }).click();
  await page.getByRole('link', { name: '政府采购' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('政府采购 · 交易流程');
  await expect(page.getByRole('listitem').filter({ hasText: '采购公告' }).first()).toBeVisible();
  expect(await findSmallTargets(page, 60)).toEqual([]);
  expect(await findViolations(page, EVERYTHING)).toEqual([]);
  await expect(page.locator('input, textarea, select')).toHaveCount(0);
  await page.clock.runFor(61_000);
  await page.waitForURL('**/kiosk');
  await page.getByRole('link', { name: '正在进行' }).click();
  await page.locator('.card').first().click();
  await expect(page.getByRole('img', { name: /二维码/ })).toBeVisible();
});

test('D18: a notice is verified in the browser, its proof is taken away, an altered file and a wrong number are told', async ({
  page,
  request,
}) => {
  const { items } = await (await request.get('/api/v1/notices?limit=1&to=2026-01-31')).json();
  const [{ id }] = items as [{ id: string }];
  await page.goto(`/notice/${id}`);
  await page.getByRole('link', { name: '核验：有没有被改过' }).click();
  await page.getByRole('button', { name: '在我的浏览器里核验' }).click();
  await expect(page.getByText('核验通过')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '证明' }).first().click(),
  ]);
  const proof = await (await download.createReadStream()).toArray();
  const pick = (text: string) =>
    page
      .getByLabel('把文件拖到这里')
      .setInputFiles({ name: 'file', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await pick(Buffer.concat(proof).toString());
  await expect(page.getByText('证明成立')).toBeVisible();
  const version = await (await request.get(`/api/v1/notices/${id}/versions/1`)).text();
  await pick(version);
  await expect(page.getByText(/这个文件就是公告/)).toBeVisible();
  await pick(version.replace('公告', '公示'));
  await expect(page.getByText('或被改动过')).toBeVisible();
  await page.getByLabel('编号，或打印件上的核验码').fill('没有这个');
  await page.getByRole('button', { name: '查看记录' }).click();
  await expect(page.getByRole('alert')).toContainText('这不是公告编号或核验码');
});
