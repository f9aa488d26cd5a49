import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** Nobody fills in a form faster than this: what comes sooner without work is refused. */
const LEAST_MS = 4_500;

/** Sends the form and takes the receipt code; then looks up where it stands. */
async function sendAndLookUp(page: Page): Promise<void> {
  await page.waitForTimeout(LEAST_MS);
  await page.getByRole('button', { name: '提交' }).click();
  const code = (await page.locator('.receipt-code').textContent())?.trim() ?? '';
  expect(code).toMatch(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
  await page.getByRole('link', { name: '凭查询码看办理情况' }).click();
  await page.getByLabel('查询码').fill(code.toLowerCase());
  await page.getByRole('button', { name: '查看' }).click();
}

test('report without a name, and look up by the code where it stands', async ({ page }) => {
  await page.goto('/participate');
  await page.getByRole('link', { name: /我要举报违法违规/ }).click();
  const main = page.getByRole('main');
  await expect(main).toContainText('只有监督岗位能打开');
  for (const label of [/姓名/, /电话/, /邮箱/]) await expect(main.getByLabel(label)).toHaveCount(0);
  await main.getByLabel('您要举报的情况').fill('虚构的举报：几份投标文件完全一样');
  await sendAndLookUp(page);
  await expect(main).toContainText('已收到，待受理');
  await expect(main).not.toContainText('虚构的举报');
  await main.getByLabel('补充说明').fill('虚构的补充');
  await main.getByRole('button', { name: '补充' }).click();
  await expect(main.getByRole('status')).toContainText('已经收到您的补充');
});

test('ask for a document by way of the question what it is, and see how its due day was counted', async ({ page }) => {
  await page.goto('/participate');
  await page.getByRole('link', { name: /我想要一份文件/ }).click();
  await expect(page.getByRole('link', { name: /只是想问一件事/ })).toBeVisible();
  await page.getByRole('link', { name: /要一份还没有公开的文件/ }).click();
  const main = page.getByRole('main');
  await expect(main).toContainText('《政府信息公开条例》第三十三条');
  await main.getByLabel('申请人类别').selectOption('公民');
  await main.getByLabel('姓名或单位名称').fill('演示申请人');
  await main.getByLabel('身份证件号码').fill('演示');
  await main.getByLabel('联系方式').fill('演示地址');
  await main.getByLabel('需要的政府信息').fill('某演示项目的验收报告');
  await main.getByLabel('希望获取的形式').selectOption('电子文件');
  await main.getByLabel('希望获取的途径').selectOption('邮寄');
  await sendAndLookUp(page);
  await expect(main).toContainText(/第 20 个工作日为/);
  await main.getByText('逐日查看').click();
  await expect(main).toContainText('周末，不计');
});

test('find an answer that was published, and the notice that it is about', async ({ page }) => {
  await page.goto('/participate/answers?q=政府采购');
  await page
    .getByRole('link', { name: /单独查看/ })
    .first()
    .click();
  const notice = page.getByRole('main').locator('a[href^="/notice/"]');
  await notice.click();
  await expect(page.getByRole('heading', { name: '问答' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('先在交易系统注册');
});
