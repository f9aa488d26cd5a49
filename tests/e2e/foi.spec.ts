import type { Locator, Page } from '@playwright/test';
import { FIRST_REQUEST } from '#scripts/demo/foi.ts';
import { demoReceiptCode } from '#scripts/demo/submissions.ts';
import { consoleUrl, signIn } from './console.ts';
import { expect, test } from './test.ts';

/** Nobody fills in a form faster than this: what comes sooner without work is refused. */
const LEAST_MS = 4_500;
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
    await page.waitForTimeout(LEAST_MS);
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

/** Goes on with Tab until something has the focus, as somebody does who has no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

test.describe('on a phone, without script, by keyboard alone', () => {
  test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });

  test('report without a name, look up by the code who has it since when', async ({ page }) => {
    await page.goto('/participate/tip-off');
    const main = page.getByRole('main');
    await tabTo(page, main.getByLabel('您要举报的情况'));
    await page.keyboard.type('虚构的举报：几份投标文件的错字一样');
    await page.waitForTimeout(LEAST_MS);
    await tabTo(page, main.getByRole('button', { name: '提交' }));
    await page.keyboard.press('Enter');
    await expect(main.locator('.receipt-code')).toHaveText(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
    await tabTo(page, main.getByRole('link', { name: '凭查询码看办理情况' }));
    await page.keyboard.press('Enter');
    await tabTo(page, main.getByLabel('查询码'));
    await page.keyboard.type(demoReceiptCode(5));
    await page.keyboard.press('Enter');
    await expect(main).toContainText(/\d{4}-\d\d-\d\d\s+转演示市住房和城乡建设局办理/);
  });

  test('ask for a document, and look an extended request up', async ({ page }) => {
    await page.goto('/participate/disclosure-request');
    const main = page.getByRole('main');
    for (const [label, keys] of [
      ['申请人类别', 'ArrowDown'],
      ['姓名或单位名称', '演示申请人'],
      ['身份证件号码', '演示'],
      ['联系方式', '演示地址'],
      ['需要的政府信息', '某演示项目的验收报告'],
      ['希望获取的形式', 'ArrowDown'],
      ['希望获取的途径', 'ArrowDown'],
    ] as const) {
      await tabTo(page, main.getByLabel(label));
      await (keys === 'ArrowDown' ? page.keyboard.press(keys) : page.keyboard.type(keys));
    }
    await page.waitForTimeout(LEAST_MS);
    await tabTo(page, main.getByRole('button', { name: '提交' }));
    await page.keyboard.press('Enter');
    await expect(main).toContainText(/第 20 个工作日为|不早于/);
    await page.goto('/participate/status');
    await tabTo(page, main.getByLabel('查询码'));
    await page.keyboard.type(demoReceiptCode(FIRST_REQUEST + 3));
    await page.keyboard.press('Enter');
    await expect(main).toContainText('需要整理三年的台账');
    await tabTo(page, main.getByText('逐日查看'));
    await page.keyboard.press('Enter');
    await expect(main.getByText(/第 30 天/)).toBeVisible();
  });
});

test.describe('in the console on a phone, without script', () => {
  test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  test.use({ baseURL: consoleUrl(), otherOrigins: [publicSite] });

  test('a question on a notice is answered, released by another person, and stands on the notice', async ({ page }) => {
    await page.goto(`${publicSite}/notices`);
    await page.getByRole('main').locator('a[href^="/notice/"]').first().click();
    const notice = page.url();
    await page.getByRole('link', { name: '就这条公告提问' }).click();
    await page.getByLabel('标题').fill('怎样查看资料');
    await page.getByLabel('您的问题').fill('这条公告的资料怎样查看？（虚构）');
    await page.waitForTimeout(LEAST_MS);
    await page.getByRole('button', { name: '提交' }).click();
    const code = (await page.locator('.receipt-code').textContent())?.trim() ?? '';
    await page.getByRole('link', { name: '凭查询码看办理情况' }).click();
    await page.getByLabel('查询码').fill(code);
    await page.getByRole('button', { name: '查看' }).click();
    await expect(page.getByRole('main')).toContainText(/第 5 个工作日为|不早于/);
    await signIn(page, 'jiandu');
    await page.goto('/staff/participation');
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
    await page
      .getByRole('row', { name: new RegExp(`咨询.*${today}.*待受理`) })
      .last()
      .getByRole('link')
      .click();
    await page.getByLabel('操作').selectOption('answered');
    await page.getByLabel('内容或理由').fill('在公告页下方的附件里查看。');
    await page.getByRole('button', { name: '办理' }).click();
    await page.getByLabel(/^问题/).fill('这条公告的资料怎样查看？');
    await page.getByLabel(/^答复/).fill('在公告页下方的附件里查看（虚构）。');
    await page.getByRole('button', { name: '送审' }).click();
    await page.context().clearCookies();
    await signIn(page, 'fushen');
    await page.goto('/staff/participation/answers');
    const answer = page.getByRole('article').filter({ hasText: '这条公告的资料怎样查看' });
    await answer.getByRole('button', { name: '公布' }).click();
    await expect(answer).toContainText('已公布');
    await page.goto(notice);
    await expect(page.getByRole('main')).toContainText('在公告页下方的附件里查看（虚构）。');
  });

  test('a topic asked for twice becomes a decision, another person releases it, the public reads it, by keyboard', async ({
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
    await expect(page.getByRole('listitem').filter({ hasText: '场地使用统计' })).toContainText('转为主动公开');
  });
});
