import type { Page } from '@playwright/test';
import { findNotice } from './database.ts';
import { expect, test } from './test.ts';

const AHEAD = `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;
/** A call whose deadline a later correction moved, which lies ahead; nothing else came. */
const MOVED = `stage = 'tenderNotice' AND EXISTS (
  SELECT 1 FROM published_notices o WHERE o.project_id = n.project_id AND o.stage = 'correctionNotice'
    AND o.deadline_at > ${AHEAD} AND o.deadline_at <> n.deadline_at AND o.published_at > n.published_at)
  AND 2 = (SELECT count(*) FROM published_notices o WHERE o.project_id = n.project_id)`;
const SUSPENDED = `stage = 'tenderNotice' AND n.deadline_at > ${AHEAD} AND EXISTS (
  SELECT 1 FROM published_notices o WHERE o.project_id = n.project_id AND o.stage = 'suspensionNotice')
  AND 2 = (SELECT count(*) FROM published_notices o WHERE o.project_id = n.project_id)`;
const IN_PUBLICITY = `stage = 'candidateNotice' AND published_at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-2 days')`;
const FAILED = `stage = 'tenderNotice' AND EXISTS (
  SELECT 1 FROM published_notices o WHERE o.project_id = n.project_id AND o.stage = 'failureNotice')
  AND 2 = (SELECT count(*) FROM published_notices o WHERE o.project_id = n.project_id)`;

const RETENDERED = `stage = 'tenderNotice' AND n.superseded_how = 'round'`;

const statusOf = (page: Page) => page.getByRole('region', { name: '现在的状态' });

/** Follows a link as whoever has no mouse: it is reached by the keyboard, and Enter opens it. */
async function followByKeyboard(page: Page, name: RegExp): Promise<void> {
  const link = statusOf(page).getByRole('link', { name });
  for (let stop = 0; stop < 40; stop += 1) {
    if (await link.evaluate((one) => one === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(link).toBeFocused();
  await page.keyboard.press('Enter');
}

test('a moved deadline: what was, what counts, how long it is until then, and the notice that moved it', async ({
  page,
}) => {
  await page.goto(`/notice/${findNotice(MOVED)}`);
  const status = statusOf(page);
  await expect(status).toContainText(/正在进行\s*(?:还剩|明天截止|今天截止)/);
  const before = (await status.locator('del').textContent()) ?? '';
  const after = (await status.locator('ins').textContent()) ?? '';
  expect(before).not.toBe(after);
  const facts = page.getByRole('region', { name: '要点' });
  await expect(facts.locator('del')).toHaveText(before);
  await expect(facts).toContainText(after.slice(0, 10));
  await followByKeyboard(page, /看更正公告/);
  await expect(statusOf(page).locator('del')).toHaveText(before);
  await expect(statusOf(page).locator('ins')).toHaveText(after);
  await statusOf(page).getByRole('link', { name: '看原公告' }).click();
  await expect(statusOf(page).getByRole('link', { name: '看更正公告' })).toBeVisible();
});

test('a call that was made anew is over, and leads to the one that counts', async ({ page }) => {
  await page.goto(`/notice/${findNotice(RETENDERED)}`);
  const first = await page.getByRole('heading', { level: 1 }).textContent();
  await expect(statusOf(page)).toContainText('已重新招标（采购）');
  await expect(statusOf(page)).not.toContainText(/正在进行|还剩/);
  await followByKeyboard(page, /看重新发布的公告/);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(first ?? '');
  await expect(statusOf(page)).not.toContainText('已重新招标（采购）');
});

test('a suspended tender is not open, says since when, and leads to what suspended it', async ({ page }) => {
  await page.goto(`/notice/${findNotice(SUSPENDED)}`);
  const status = statusOf(page);
  await expect(status).toContainText(
    /已中止（暂停）.*\d{4}-\d{2}-\d{2} 起中止.*原定 \d{4}-\d{2}-\d{2} \d{2}:\d{2} 截止/s,
  );
  await expect(status).not.toContainText(/正在进行|还剩/);
  await followByKeyboard(page, /看暂停公告/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/暂停|中止/);
});

test('candidates in publicity: until when, who, and nobody has won', async ({ page }) => {
  await page.goto(`/notice/${findNotice(IN_PUBLICITY)}`);
  await expect(statusOf(page)).toContainText(/候选人公示中.*公示至\s*\d{4}-\d{2}-\d{2}/s);
  const facts = page.getByRole('region', { name: '要点' });
  await expect(facts.getByRole('term').first()).toHaveText('中标候选人');
  await expect(facts).toContainText('第一候选');
  await expect(
    page
      .getByRole('main')
      .getByRole('term')
      .filter({ hasText: /^中标人$/ }),
  ).toHaveCount(0);
});

test('what failed says so and leads to what says it', async ({ page }) => {
  await page.goto(`/notice/${findNotice(FAILED)}`);
  await expect(statusOf(page)).toContainText('流标（废标）');
  await statusOf(page)
    .getByRole('link', { name: /看流标/ })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/流标|废标/);
});

test('the project’s progress stands before the body, on a phone within two screens', async ({ page }) => {
  await page.goto(`/notice/${findNotice(MOVED)}`);
  const progress = await page.getByRole('region', { name: '项目进展' }).boundingBox();
  const body = await page.getByRole('region', { name: '公告正文' }).boundingBox();
  const { height = 0, width = 0 } = page.viewportSize() ?? {};
  expect(progress?.y).toBeLessThan(body?.y ?? 0);
  if (width < 640) expect((progress?.y ?? 0) + (progress?.height ?? 0)).toBeLessThan(2 * height);
});

test('where facts stand is shown on demand', async ({ page }) => {
  await page.goto(
    `/notice/${findNotice(`stage = 'tenderNotice' AND json_extract(facts, '$.budget.span') IS NOT NULL`)}`,
  );
  const origins = page.getByRole('region', { name: '全部要素' }).getByRole('link', { name: /^出处/ });
  await expect(origins).toHaveCount(0);
  await page.getByRole('checkbox', { name: '显示出处' }).focus();
  await page.keyboard.press('Space');
  await expect(origins.first()).toBeVisible();
});
