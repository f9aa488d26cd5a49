import { expect, test } from './test.ts';

test.use({ expectedErrors: [/status of 400/] });

test('from a search that finds nothing to its subscription, with what is wrong said at the field', async ({ page }) => {
  await page.goto('/search?q=蝾螈&county=zoucheng');
  await page.getByRole('link', { name: '邮件、企业微信、钉钉、飞书或 Webhook' }).click();
  const form = page.getByRole('main');
  await expect(form).toContainText('关键词：蝾螈 · 邹城市');
  await form.getByLabel('接收方式').selectOption('企业微信群机器人');
  await form.getByLabel('发送频率').selectOption('每天一次（汇总）');
  await form.getByLabel('排除词（可不填）').fill('监理');
  await form.getByLabel(/Webhook 地址/).fill('https://hooks.example/send?key=1');
  await form.getByRole('button', { name: '订阅' }).click();

  await expect(page.getByRole('alert')).toContainText('这不是企业微信群机器人的 Webhook 地址');
  const address = form.getByLabel(/Webhook 地址/);
  await expect(address).toHaveValue('https://hooks.example/send?key=1');
  await expect(address).toHaveAccessibleDescription('这不是企业微信群机器人的 Webhook 地址');
  await expect(form.getByLabel('发送频率')).toHaveValue('daily');
  await expect(form.getByLabel('排除词（可不填）')).toHaveValue('监理');
});
