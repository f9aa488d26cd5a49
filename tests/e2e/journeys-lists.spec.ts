import { CATEGORIES } from '#src/domain/categories.ts';
import { stageLabel } from '#src/domain/notices/stage-label.ts';
import {
  allowActions,
  arrive,
  chooseFacet,
  expectEach,
  expectNotices,
  noticesOf,
  readAddresses,
  readTotal,
  toNumber,
} from './reading.ts';
import { expect, test } from './test.ts';

/** Notices of 2020 as the city reported them, in the order of the table. */
const REPORTED = [5182, 1748, 1820, 152, 0, 437, 732, 293];
const YEAR = 'from=2020-01-01&to=2020-12-31';

test('a list is turned page by page to its end, without gaps or repeats', async ({ page }) => {
  await page.goto(`/notices/land?${YEAR}`);
  expect(await readTotal(page)).toBe(152);
  const seen: string[] = [];
  const next = page.getByRole('link', { name: '下一页' });
  for (;;) {
    expect(await readTotal(page)).toBe(152);
    const addresses = await readAddresses(page);
    seen.push(...addresses);
    if (!(await next.isVisible())) break;
    await next.click();
    await expect(noticesOf(page).getByRole('link').first()).not.toHaveAttribute('href', addresses[0] ?? '');
  }
  await expect(page.getByText('已是最后一页')).toBeVisible();
  expect(seen).toHaveLength(152);
  expect(new Set(seen).size).toBe(152);
  await page.getByRole('link', { name: '回到第一页' }).click();
  await expect(page).toHaveURL(new RegExp(`/notices/land\\?${YEAR}$`));
});

test('what is due first stands first', async ({ page }) => {
  await page.goto('/notices?status=open');
  await page.getByRole('link', { name: '最先截止' }).click();
  await expect(page).toHaveURL(/sort=deadline/);
  await expectNotices(page);
  const times = noticesOf(page).locator('.notice-deadline time');
  const deadlines = await times.evaluateAll((all) =>
    all.map((time) => Date.parse(time.getAttribute('datetime') ?? '')),
  );
  expect(deadlines).toEqual(deadlines.toSorted((a, b) => a - b));
});

test('the figures of 2020, each opening its rows', async ({ page }) => {
  await page.goto('/');
  const years = page.getByText('历年数量');
  await years.click();
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: '2020', exact: true }) });
  const figures = await row.getByRole('link').allTextContents();
  expect(figures.map((figure) => toNumber(figure.trim()))).toEqual(REPORTED);
  for (const [index, { label }] of [{ label: '合计' }, ...Object.values(CATEGORIES)].entries()) {
    const figure = `2020 年${label} ${REPORTED[index]?.toLocaleString('en')} 条`;
    await arrive(page, () => row.getByRole('link', { name: figure }).click());
    if (REPORTED[index]) expect(await readTotal(page)).toBe(REPORTED[index]);
    else await expect(page.getByText('没有符合这些条件的公告')).toBeVisible();
    await page.goto('/');
    await years.click();
  }
});

test('land notices say area, use, price, deposit and deadline in the list itself', async ({ page }) => {
  const act = allowActions(2);
  await page.goto('/');
  await act(() => page.getByRole('link', { name: /^土地使用权/ }).click());
  const offers = noticesOf(page).filter({ hasText: stageLabel('landOffering', 'land') });
  await expect(offers.first()).toBeVisible();
  for (const words of [/面积/, /用途/, /起始价/, /保证金/, /截止/]) await expectEach(offers, words);
});

test('a category without notices says so, and when it was last checked', async ({ page }) => {
  const act = allowActions(2);
  await page.goto('/');
  await act(() => page.getByRole('link', { name: /^矿业权/ }).click());
  await expect(page.getByText(/^矿业权出让：\d{4} 年度 0 条$/)).toBeVisible();
  await expect(page.getByText(/最近一次检查于\s*\d{4}-\d{2}-\d{2} \d{2}:\d{2}/)).toBeVisible();
  await act(() => page.getByRole('link', { name: '查看各来源的检查情况' }).click());
  await expect(page).toHaveURL(/\/sync$/);
});

test('corrections of one category lead to what they correct', async ({ page }) => {
  await page.goto('/');
  await arrive(page, () => page.getByRole('link', { name: /^医疗器械/ }).click());
  await chooseFacet(page, /^更正公告/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('医疗器械（药械）采购：更正公告');
  await expectNotices(page);
  await expectEach(noticesOf(page), /更正公告/);

  await noticesOf(page).getByRole('link').first().click();
  const original = page.getByRole('region', { name: '项目进展' }).getByRole('link', {
    name: stageLabel('tenderNotice', 'medical'),
  });
  const title = await original.getAttribute('title');
  await original.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title ?? '');
});

test.describe('a faulty address', () => {
  test.use({ expectedErrors: [/status of 400/] });

  test('is refused with the name of what is wrong', async ({ page }) => {
    const answer = await page.goto('/notices?categry=land&from=2020-02-30');
    expect(answer?.status()).toBe(400);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('请求参数有误');
    await expect(page.getByRole('main')).toContainText('地址中的“categry”不是本页的条件');
    const from = page.getByLabel('发布日期自');
    await expect(from).toHaveValue('2020-02-30');
    // Seen, not only told to those who do not see.
    for (const shown of [page.getByRole('heading', { level: 1 }), page.getByText('发布日期自', { exact: true })])
      expect((await shown.boundingBox())?.height).toBeGreaterThan(12);
    await expect(from).toHaveAccessibleDescription(/应为存在的日期/);
    await page.getByRole('link', { name: '浏览全部交易公告' }).click();
    await expectNotices(page);
  });
});
