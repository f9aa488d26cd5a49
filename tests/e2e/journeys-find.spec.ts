import type { Page } from '@playwright/test';
import {
  allowActions,
  arrive,
  chipOf,
  chooseFacet,
  expectEach,
  expectNotices,
  noticesOf,
  readAddresses,
  readText,
  readTotal,
  showFilter,
  toNumber,
} from './reading.ts';
import { expect, test } from './test.ts';

const searchFor = async (page: Page, words: string) => {
  const field = page.getByRole('main').getByRole('searchbox', { name: '搜索公告、项目编号、单位名称' });
  await field.fill(words);
  await arrive(page, () => field.press('Enter'));
};

test('from a word to the open notices of one county', async ({ page }) => {
  const act = allowActions(4);
  await page.goto('/');
  await act(() => searchFor(page, '监控'));
  await act(() => chooseFacet(page, /^邹城 /));
  await act(() => page.getByRole('link', { name: '正在进行' }).click());
  await page.waitForURL(/county=zoucheng&status=open/);

  await expectNotices(page);
  await expectEach(noticesOf(page), /邹城市.+截止.*(?:还剩|明天截止|今天截止)/s);
  await expect(
    noticesOf(page)
      .filter({ hasText: /(预算金额|最高限价|合同估算价|招标控制价)/ })
      .first(),
  ).toBeVisible();
});

for (const [words, found] of [
  ['工程', /在建工程/],
  ['招商 公司', /招商.+有限公司/],
  ['农业', /农业/],
] as const) {
  test(`finds ${words} wherever it stands in a title or name`, async ({ page }) => {
    await page.goto('/');
    await searchFor(page, words);
    if (words === '工程') await chooseFacet(page, /^产权交易 /);
    await expect(noticesOf(page).filter({ hasText: found }).first()).toBeVisible();
  });
}

test('from a filtered list to a notice, its facts, versions and source, and its project', async ({ page }) => {
  await page.goto('/notices');
  const all = await readTotal(page);
  await chooseFacet(page, /^工程建设 /);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('工程建设项目招标投标');
  await chooseFacet(page, /^中标候选人公示 /);
  expect(await expectNotices(page)).toBeLessThan(all);

  const opened = noticesOf(page).getByRole('link').first();
  const title = await readText(opened);
  await opened.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(
    page.getByRole('region', { name: '全部要素' }).getByRole('term').filter({ hasText: '招标人' }),
  ).toBeVisible();
  await expect(page.getByRole('region', { name: '公告正文' })).not.toContainText('没有提供正文');
  const source = page.getByRole('region', { name: '来源与时间' });
  await expect(source.getByRole('link', { name: /查看原文/ })).toHaveAttribute('href', /^http/);
  await expect(source).toContainText('本站首次收到');
  await expect(page.getByRole('region', { name: '版本' })).toContainText(/第 1 版.+首次发布.+SHA-256 [0-9a-f]{64}/);

  const stages = page.getByRole('region', { name: '项目进展' });
  await expect(stages.getByRole('listitem').filter({ hasText: '本公告' })).toHaveAttribute('aria-current', 'step');
  await stages.getByRole('link', { name: '看项目全程' }).click();
  await expect(page.getByRole('region', { name: '项目现状' })).toContainText(/现在.+下一步/);
  await expect(page.getByRole('region', { name: '全过程' }).getByRole('link', { name: title })).toBeVisible();
});

test('chips say what is chosen, are removed one by one, and counts are totals', async ({ page }) => {
  await page.goto('/notices/procurement?from=2020-01-01&to=2020-12-31');
  const year = await readTotal(page);
  const chips = page.getByRole('list', { name: '已选条件' });
  await expect(chips.getByRole('link')).toHaveText([/2020-01-01 起/, /至 2020-12-31/, /清除全部/]);

  const county = page.getByRole('link', { name: /^曲阜 / });
  await showFilter(page, county);
  const promised = toNumber(/[\d,]+$/.exec(await readText(county))?.[0]);
  await arrive(page, () => county.click());
  expect(await readTotal(page)).toBe(promised);
  await expectEach(noticesOf(page), /曲阜市/);

  await arrive(page, () => chipOf(page, '曲阜市').click());
  expect(await readTotal(page)).toBe(year);
  await chips.getByRole('link', { name: '清除全部' }).click();
  await expect(chips).toBeHidden();
  expect(await readTotal(page)).toBeGreaterThan(year);
});

test('an address shared with somebody else gives the same list and total', async ({ page, browser, watch }) => {
  const act = allowActions(4);
  await page.goto('/');
  await act(() => arrive(page, () => page.getByRole('link', { name: '公告', exact: true }).click()));
  const minimum = page.getByRole('textbox', { name: '金额不低于（元）' });
  if (!(await minimum.isVisible())) await act(() => page.getByText(/^筛选/).click());
  await act(async () => {
    await minimum.fill('5000000');
    await page.getByRole('textbox', { name: '金额不高于（元）' }).fill('20000000');
    await arrive(page, () => page.getByRole('button', { name: '应用条件' }).click());
  });
  await act(() => arrive(page, () => page.getByRole('link', { name: '最先截止' }).click()));
  await expect(chipOf(page, '不低于 500 万元')).toBeVisible();

  const [total, addresses] = [await expectNotices(page), await readAddresses(page)];
  for (const text of await noticesOf(page).allInnerTexts()) {
    const amount = Number(/([\d,.]+)\s*万元/.exec(text)?.[1]?.replaceAll(',', ''));
    expect(amount).toBeGreaterThanOrEqual(500);
    expect(amount).toBeLessThanOrEqual(2000);
  }
  const clean = await browser.newContext();
  watch(clean);
  const other = await clean.newPage();
  await other.goto(page.url());
  expect(await readTotal(other)).toBe(total);
  expect(await readAddresses(other)).toEqual(addresses);
  await clean.close();
});
