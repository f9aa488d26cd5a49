import { FIRST_REQUEST } from '#scripts/demo/foi.ts';
import { demoReceiptCode } from '#scripts/demo/submissions.ts';
import { consoleUrl, signIn } from './console.ts';
import { expect, test } from './test.ts';

const publicSite = process.env.E2E_BASE_URL ?? 'http://localhost:4391';

test.describe('on a phone, without script', () => {
  test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false, expectedErrors: [/status of 400/] });

  test('who asks a question for a document is shown the quicker way, and whoever insists gets a receipt', async ({
    page,
  }) => {
    await page.goto('/participate/disclosure-request');
    const main = page.getByRole('main');
    await main.getByLabel('申请人类别').selectOption('公民');
    await main.getByLabel('姓名或单位名称').fill('演示申请人');
    await main.getByLabel('身份证件号码').fill('演示');
    await main.getByLabel('联系方式').fill('演示地址');
    await main.getByLabel('需要的政府信息').fill('请问怎么报名？');
    await main.getByLabel('希望获取的形式').selectOption('电子文件');
    await main.getByLabel('希望获取的途径').selectOption('邮寄');
    await main.getByRole('button', { name: '提交' }).click();
    await expect(main.getByRole('link', { name: '改为咨询' })).toBeVisible();
    await expect(main.getByLabel('需要的政府信息')).toHaveValue('请问怎么报名？');
    await main.getByLabel(/我确实要一份文件/).check();
    await page.waitForTimeout(4_500);
    await main.getByRole('button', { name: '提交' }).click();
    await expect(main.locator('.receipt-code')).toBeVisible();
  });

  test('an extended request shows for how long and why, how its due day was counted, and its letter', async ({
    page,
  }) => {
    await page.goto('/participate/status');
    const main = page.getByRole('main');
    await main.getByLabel('查询码').fill(demoReceiptCode(FIRST_REQUEST + 3));
    await main.getByRole('button', { name: '查看' }).click();
    await expect(main).toContainText('延期 10 天');
    await expect(main).toContainText('需要整理三年的台账');
    await main.getByText('逐日查看').click();
    await expect(main).toContainText(/第 30 天/);
    await main
      .getByText(/政府信息公开申请延期答复告知书/)
      .first()
      .click();
    await expect(main).toContainText('（印章）');
  });
});

test.describe('by keyboard', () => {
  test.use({ baseURL: consoleUrl(), otherOrigins: [publicSite] });

  test('a topic asked for twice becomes a decision, another person releases it, the public reads it', async ({
    page,
  }) => {
    await signIn(page, 'gongkai');
    await page.goto('/staff/foi/topics');
    const topic = page.getByRole('article', { name: /场地使用统计/ });
    await expect(topic).toContainText('建议主动公开');
    await topic.getByLabel(/理由/).focus();
    await page.keyboard.type('多人需要，适合公开（演示）');
    await page.keyboard.press('Tab');
    await page.keyboard.type('/statistics');
    await page.keyboard.press('Enter');
    await expect(topic).toContainText('待审核');
    await page.context().clearCookies();
    await signIn(page, 'fushen');
    await page.goto('/staff/foi/topics');
    await topic.getByRole('button', { name: /审核通过/ }).press('Enter');
    await expect(topic).toContainText('台账已公开');
    await page.goto(`${publicSite}/participate/requests`);
    await expect(page.getByRole('row', { name: /场地使用统计/ })).toContainText('转为主动公开');
  });
});
