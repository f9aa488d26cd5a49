import AxeBuilder from '@axe-core/playwright';
import { doubtFact, findNotice } from './database.ts';
import { expect, test } from './test.ts';

const TENDER = `stage = 'tenderNotice' AND category = 'procurement' AND json_extract(facts, '$.budget.span') IS NOT NULL`;
const CORRECTION = `stage = 'correctionNotice' AND json_extract(facts, '$.deadline.rule') = 'change' AND EXISTS (
  SELECT 1 FROM published_notices o WHERE o.project_id = n.project_id AND o.stage = 'tenderNotice'
    AND date(o.deadline_at, '+8 hours') <> date(n.deadline_at, '+8 hours') AND o.published_at < n.published_at)`;

test('from a fact to the very words in the body', async ({ page }) => {
  await page.goto(`/notice/${findNotice(TENDER)}`);
  await page.getByRole('checkbox', { name: '显示出处' }).check();
  const link = page.getByRole('link', { name: /^出处\s*：\s*预算金额$/ });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#from-\d+-\d+$/);
  const words = page.locator('.from:target');
  await expect(words).toBeInViewport();
  await expect(words).toHaveText(/\d|[壹贰叁肆伍陆柒捌玖拾]/);
  await expect(page.getByRole('region', { name: '公告正文' }).locator('.from:target')).toHaveCount(1);
});

test('a doubtful fact says so and why, and is no figure', { tag: '@alone' }, async ({ page, javaScriptEnabled }) => {
  const { id, restore } = doubtFact(TENDER, 'budget', 'words');
  try {
    const facts = page.getByRole('region', { name: '全部要素' });
    // The page as it was may be kept for a moment.
    await expect(async () => {
      await page.goto(`/notice/${id}`);
      await expect(facts.getByText('存疑：大写与小写不一致')).toBeVisible({ timeout: 1_000 });
    }).toPass();
    if (!javaScriptEnabled) return;
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.flatMap(({ id: rule, nodes }) => nodes.map(({ target }) => `${rule}: ${target}`))).toEqual([]);
  } finally {
    restore();
  }
});

test('a correction shows old and new, moved dates first, with the days gained', async ({ page }) => {
  await page.goto(`/notice/${findNotice(CORRECTION)}`);
  const comparison = page.getByRole('region', { name: '更正对照' });
  const first = comparison.getByRole('row').nth(1);
  await expect(first.getByRole('rowheader')).toHaveText(/截止时间$/);
  await expect(first).toContainText(/(?:延后|提前) \d+ 天/);
  await comparison.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/notice\/[a-z2-7]{12}$/);
});

test('lists of candidates do not widen the page', async ({ page }) => {
  await page.goto(`/notice/${findNotice(`stage = 'candidateNotice' AND facts LIKE '%"candidates"%'`)}`);
  await expect(page.getByRole('table', { name: /^中标候选人/ }).getByRole('row')).not.toHaveCount(1);
  const width = await page.locator('html').evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(width).toBeLessThanOrEqual(0);
});
