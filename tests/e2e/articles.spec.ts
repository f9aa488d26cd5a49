import type { Page } from '@playwright/test';
import { readDocx } from '#tests/support/read-documents.ts';
import { consoleUrl, signIn } from './console.ts';
import { expect, test } from './test.ts';

const publicSite = process.env.E2E_BASE_URL ?? 'http://localhost:4391';
test.use({ baseURL: consoleUrl(), otherOrigins: [publicSite], expectedErrors: [/status of 410/] });

const PHONE = { javaScriptEnabled: false, viewport: { width: 390, height: 844 } };
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Does what a button of a draft says, with an opinion. */
async function act(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  const form = page.getByRole('form', { name, exact: true });
  await form.getByRole('textbox').fill('已核对（演示）');
  await form.getByRole('button').click();
  await expect(form).toHaveCount(0);
}

/** Asks for a page until the worker has done what makes it say something. */
const untilSays = (page: Page, address: string, words: string) =>
  expect(async () => {
    await page.goto(address);
    await expect(page.getByRole('main')).toContainText(words, { timeout: 500 });
  }).toPass();

test('a clarification is written by the disclosure officer on a phone without scripts, reviewed by two, shown on the page it is about, and taken back @alone', async ({
  browser,
  watch,
}) => {
  const open = async (loginName: string, device = {}): Promise<Page> => {
    const context = await browser.newContext(device);
    watch(context);
    const page = await context.newPage();
    await signIn(page, loginName);
    return page;
  };
  const [officer, first, final] = [await open('gongkai', PHONE), await open('chushen'), await open('fushen')];
  const main = officer.getByRole('main');
  const release = async (address: string): Promise<void> => {
    await act(officer, address, '紧急送审');
    await act(first, address, '初审通过');
    await act(final, address, '复审通过，准予发布');
  };
  const title = `关于本页的更正说明${Date.now()}`;

  await officer.goto('/staff/articles/new');
  await button(officer, '更正说明').click();
  await officer.getByLabel('标题（必填）').fill(title);
  await officer.getByLabel('摘要').fill('本页原写的受理时间有误，正确的是工作日 8:30 至 17:00。');
  await officer.getByLabel('来源').fill('演示中心');
  await officer.getByRole('textbox', { name: '正文' }).fill('受理时间以更正后的为准。');
  await button(officer, '保存并返回').click();
  await expect(main).toContainText('请写明更正的是哪一页');
  const address = officer.url();
  await officer.getByRole('link', { name: '修改内容' }).click();
  await officer.getByLabel('更正的页面').fill('/accessibility');
  await officer.getByLabel('有误内容的发布日期').fill('2026-02-01');
  await button(officer, '保存并返回').click();
  await release(address);

  await untilSays(officer, `${publicSite}/accessibility`, '2026-02-01');
  await expect(main).toContainText('正确的是工作日 8:30 至 17:00');
  await officer.goto(`${publicSite}/errata`);
  const entry = main.getByRole('listitem').filter({ hasText: title });
  await expect(entry).toContainText('有误的内容 2026-02-01 发布');
  await entry.getByRole('link', { name: title }).click();
  await expect(officer).toHaveURL(/\/accessibility$/);

  await officer.goto('/staff/articles');
  await button(officer, `撤回 ${title}`).click();
  await officer.getByLabel('撤回原因').fill('说明有误，重新核实。');
  await button(officer, '保存并返回').click();
  await release(officer.url());
  await expect(async () => {
    await officer.goto(`${publicSite}/accessibility`);
    await expect(main).not.toContainText('正确的是工作日 8:30 至 17:00', { timeout: 500 });
  }).toPass();
});

test('the disclosure officer builds the report of 2020 in the old form and that of 2021 in the new one, also on a phone without scripts', async ({
  page,
  browser,
  watch,
}) => {
  await signIn(page, 'gongkai');
  const phone = await browser.newContext({ ...PHONE, storageState: await page.context().storageState() });
  watch(phone);
  for (const each of [page, await phone.newPage()]) {
    const main = each.getByRole('main');
    await each.goto('/staff/reports');
    await each.getByRole('link', { name: '2020 年度报告，2020 年格式' }).click();
    await expect(main).toContainText('表格勾稽：全部相符');
    await expect(main).toContainText('政府集中采购');
    await expect(main).toContainText('公共资源交易信息5182条');
    const href = await each.getByRole('link', { name: '导出 Word' }).getAttribute('href');
    const words = readDocx(await (await each.request.get(href ?? '')).body());
    expect(words).toContain('5182条');
    await each.goto('/staff/reports/2021-2021');
    await expect(main).toContainText('表格勾稽');
    await expect(main).toContainText('本年制发件数');
    await expect(main.getByText('没有填写').first()).toBeVisible();
  }
});
