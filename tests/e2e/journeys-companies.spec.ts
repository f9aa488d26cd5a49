import type { APIRequestContext } from '@playwright/test';
import { arrive, readText, toNumber } from './reading.ts';
import { expect, test } from './test.ts';

interface Organization {
  id: string;
  name: string;
  uscc: string | null;
}

/** Suppliers with a code, those with most notices first, as the interface tells them. */
async function listSuppliers(request: APIRequestContext): Promise<Organization[]> {
  const answer = await request.get('/api/v1/organizations?role=supplier&limit=50');
  const { items } = (await answer.json()) as { items: Organization[] };
  return items.filter(({ uscc }) => uscc !== null);
}

async function findSupplier(request: APIRequestContext): Promise<Organization> {
  const [supplier] = await listSuppliers(request);
  if (!supplier) throw new Error('no supplier has a code');
  return supplier;
}

test('a firm is found by a piece of its name, and its sums are those of its rows', async ({ page, request }) => {
  const supplier = await findSupplier(request);
  await page.goto('/');
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '单位' }).click();
  await page.getByLabel('单位名称、拼音首字母或统一社会信用代码').fill(supplier.name.slice(2, 8));
  await page.getByLabel('角色').selectOption('supplier');
  await page.getByRole('button', { name: '查找' }).click();
  await page.getByRole('main').getByRole('link', { name: supplier.name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(supplier.name);

  const history = page.getByRole('region', { name: '中标（成交）历史' });
  const promised = toNumber(/([\d,]+) 个/.exec(await readText(history.getByText(/^[\d,]+ 个$/).first()))?.[1]);
  const sum = toNumber(/([\d,.]+) 元/.exec(await readText(history.getByText(/^[\d,]+\.\d{2} 元$/).first()))?.[1]);
  let rows = 0;
  let total = 0;
  for (let more = true; more; ) {
    const items = await history.locator('.lots > li').allInnerTexts();
    rows += items.length;
    for (const text of items) total += Math.round(toNumber(/([\d,]+\.\d{2}) 元/.exec(text)?.[1] ?? '0') * 100);
    const next = history.getByRole('link', { name: '下一页' });
    more = (await next.count()) > 0;
    if (more) await arrive(page, () => next.click());
  }
  expect(rows).toBe(promised);
  expect(total).toBe(Math.round(sum * 100));
});

test('a firm is found by its code, with the keyboard alone', async ({ page, request }) => {
  const supplier = await findSupplier(request);
  await page.goto('/companies');
  await page.getByLabel('单位名称、拼音首字母或统一社会信用代码').focus();
  await page.keyboard.type(supplier.uscc ?? '');
  await page.keyboard.press('Enter');
  const found = page.getByRole('main').getByRole('link', { name: supplier.name, exact: true });
  await expect(found).toHaveCount(1);
  await found.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(supplier.name);
  await expect(page.getByRole('definition').filter({ hasText: supplier.uscc ?? '' })).toBeVisible();
});

test('partners lead to what two parties did together', async ({ page, request }) => {
  const supplier = await findSupplier(request);
  await page.goto(`/company/${supplier.id}`);
  const partner = page.getByRole('region', { name: '往来最多的单位' }).getByRole('link').first();
  const name = await readText(partner);
  await partner.click();
  await expect(page.getByText('只列与')).toContainText(name);
});

test('the library says where each entry comes from and when it was last checked', async ({ page, request }) => {
  for (const { id } of await listSuppliers(request)) {
    await page.goto(`/company/${id}`);
    const entries = page.getByRole('region', { name: '企业信息库' }).getByRole('listitem');
    for (const text of await entries.allInnerTexts()) expect(text).toMatch(/来源：.+，\d{4}-\d{2}-\d{2} 核对/);
    if ((await entries.count()) > 0) return;
  }
  throw new Error('none of the suppliers is in the library');
});

test('nothing found says what else to try', async ({ page }) => {
  await page.goto('/companies?q=%E4%BB%8E%E6%9C%AA%E6%9C%89%E8%BF%87%E7%9A%84%E5%85%AC%E5%8F%B8');
  await expect(page.getByRole('main')).toContainText('没有符合条件的单位');
  await page.getByRole('link', { name: '看全部单位' }).click();
  await expect(page.getByRole('status')).toContainText(/共 [\d,]{6,} 个单位/);
});
