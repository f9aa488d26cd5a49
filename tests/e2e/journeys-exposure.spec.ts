import { findEndedExposure } from './database.ts';
import { expect, test } from './test.ts';

interface Entry {
  id: string;
  subjectName: string;
}

/** Entries in force, as the interface tells them. */
async function listEntries(request: { get(url: string): Promise<{ json(): Promise<unknown> }> }, query: string) {
  const answer = (await (await request.get(`/api/v1/exposures?${query}`)).json()) as { items: Entry[]; total: number };
  expect(answer.total).toBeGreaterThan(0);
  return answer.items;
}

test('a firm is looked up, and its entry says by which rule and until when', async ({ page, request }) => {
  const [entry] = await listEntries(request, 'board=exposure&subject=supplier&limit=1');
  await page.goto('/');
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '曝光台' }).click();
  await page.getByLabel('单位名称、统一社会信用代码或文号').fill(entry?.subjectName ?? '');
  await page.getByRole('button', { name: '查询', exact: true }).click();
  await page
    .getByRole('link', { name: entry?.subjectName ?? '', exact: true })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(entry?.subjectName ?? '');
  for (const term of ['决定机关', '决定书文号', '决定日期', '失信程度']) {
    await expect(page.getByRole('term').filter({ hasText: term })).toBeVisible();
  }
  const rule = page.getByRole('region', { name: '公示期与救济' });
  await expect(rule).toContainText(/公示至 \d{4}-\d{2}-\d{2}/);
  await expect(rule).toContainText('规则：');
  await expect(rule).toContainText('异议：');
});

test('a firm that is not listed is told so, with the time', async ({ page }) => {
  await page.goto('/blacklist?q=%E4%BB%8E%E6%9C%AA%E6%9C%89%E8%BF%87%E7%9A%84%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8');
  await expect(page.getByText(/^截至 \d{4}-\d{2}-\d{2} \d{2}:\d{2}，“从未有过的有限公司”未列入黑名单$/)).toBeVisible();
});

test('the board is filtered by kind of subject and county, by keyboard alone', async ({ page, request }) => {
  const [agency] = await listEntries(request, 'board=exposure&subject=agency&limit=1');
  await page.goto('/exposure');
  const summary = page.locator('summary').filter({ hasText: '更多条件' });
  await summary.focus();
  await page.keyboard.press('Enter');
  const subject = page.getByLabel('主体类型');
  await page.keyboard.press('Tab');
  await expect(subject).toBeFocused();
  await subject.selectOption({ label: '代理机构' });
  await page.getByRole('button', { name: '按条件查询' }).press('Enter');
  await expect(page).toHaveURL(/\/exposure\?subject=agency$/);
  const items = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 2 }) });
  await expect(items.first()).toContainText(agency?.subjectName ?? '');
  for (const text of await items.allInnerTexts()) expect(text).toContain('代理机构');
});

test('persons are masked', async ({ page }) => {
  await page.goto('/exposure?subject=expert');
  const names = await page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(/^[^*]{1,2}\*+$/);
});

test('an award under sanction leads to both documents', async ({ page }) => {
  await page.goto('/exposure/overlaps');
  const first = page.getByRole('listitem').filter({ hasText: '处罚决定' }).first();
  await expect(first).toContainText(/\d{4}-\d{2}-\d{2} 至 \d{4}-\d{2}-\d{2}/);
  await first.getByRole('link').first().click();
  const marks = page.getByRole('region', { name: '相关单位正在公示的信息' });
  await expect(marks).toContainText('不代表本项目存在问题');
  await marks.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/exposure\/[a-z2-7]{12}$/);
});

test.describe('when publication has ended', () => {
  test.use({ expectedErrors: [/status of 410/] });

  test('the address says so without the name', async ({ page }) => {
    const { id, name } = findEndedExposure();
    const answer = await page.goto(`/exposure/${id}`);
    expect(answer?.status()).toBe(410);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('公示已结束');
    expect(await page.content()).not.toContain(name);
  });
});
