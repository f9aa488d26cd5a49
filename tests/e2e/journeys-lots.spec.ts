import { formatAmount, formatYuan } from '#src/domain/money/money.ts';
import { findDividedProjects } from './database.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });

test('three lots with three winners: project, notice and firms tell each its own price', async ({ page }) => {
  const { three } = findDividedProjects();
  await page.goto(`/project/${three.id}`);
  const lots = page.getByRole('region', { name: '各标段（包）与金额' });
  for (const { winner, fen } of three.lots) {
    const row = lots.locator('tr').filter({ has: page.locator('td', { hasText: winner }) });
    await expect(row.filter({ hasText: formatAmount(fen) }).first()).toBeVisible();
  }
  await expect(lots).not.toContainText(/(?<![\d.])0 元/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  for (const { winner, fen } of three.lots) {
    await page.goto(`/notice/${three.noticeId}`);
    const main = page.getByRole('main');
    await expect(main).toContainText(winner);
    await main.getByRole('link', { name: winner, exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(winner);
    const history = page.getByRole('region', { name: '中标（成交）历史' });
    const award = history.locator('.awards > li').filter({ has: page.locator(`a[href="/notice/${three.noticeId}"]`) });
    await expect(award.locator('.lots > li')).toContainText([formatYuan(fen)]);
  }
});

test('a project that was called anew stands in rounds, the failure at its date', async ({ page }) => {
  const { again } = findDividedProjects();
  await page.goto(`/project/${again.id}`);
  const course = page.getByRole('region', { name: '全过程' });
  await expect(course.getByRole('heading', { name: /^第 1 轮/ })).toBeVisible();
  await expect(course.getByRole('heading', { name: /^第 2 轮：重新组织/ })).toBeVisible();
  await expect(course.getByText('已重新组织').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
