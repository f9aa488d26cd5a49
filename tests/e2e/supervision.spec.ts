import { consoleUrl, signIn } from './console.ts';
import { expect, test } from './test.ts';

const publicSite = process.env.E2E_BASE_URL ?? 'http://localhost:4391';
test.use({ baseURL: consoleUrl(), otherOrigins: [publicSite] });

/** The worker derives and compares every project once after the first start. */
test.beforeAll(async ({ request }) => {
  const listed = async () => (await (await request.get(`${publicSite}/flags/F13`)).text()).includes('/project/');
  await expect.poll(listed, { timeout: 200_000, intervals: [2_000] }).toBe(true);
});

test('what is overdue, an indicator that is worked off, and the bulletin of a month', async ({ page, request }) => {
  const main = page.locator('main');

  await test.step('the disclosure officer opens what is overdue', async () => {
    await signIn(page, 'gongkai');
    await page.getByRole('link', { name: '未公开' }).first().click();
    const row = page.getByRole('table').getByRole('row').nth(1);
    for (const heading of ['项目', '事项', '依据', '到期日', '逾期天数', '责任主体'])
      await expect(page.getByRole('columnheader', { name: heading })).toBeVisible();
    await expect(row).toContainText(/\d{4}-\d{2}-\d{2}/);
    await page.context().clearCookies();
  });

  const address = await test.step('the supervisor refers an indicator', async () => {
    await signIn(page, 'jiandu');
    await page.getByRole('link', { name: '提示' }).first().click();
    await main
      .getByRole('link', { name: /^F\d\d / })
      .first()
      .click();
    await expect(main).toContainText('常见的正当原因');
    const project = await main.locator('code').first().textContent();
    await page.getByLabel('决定').selectOption('referred');
    await page.getByLabel('转给').fill('济宁市财政局');
    await page.getByLabel('核对情况和理由').fill('请核实两家报价的来由。');
    await page.getByRole('button', { name: '记录决定' }).click();
    await expect(main).toContainText('转济宁市财政局');
    return project ?? '';
  });

  await test.step('the public reads the neutral state alone', async () => {
    await page.goto(publicSite + address);
    await expect(main).toContainText('已经人工核对');
    await expect(main).not.toContainText('财政局核实');
    await expect(main).not.toContainText('请核实两家报价的来由');
    await expect(page.locator('meta[name=description]')).not.toHaveAttribute('content', /提示/);
  });

  await test.step('the bulletin ranks counties by figures that reopen', async () => {
    await page.goto(`${publicSite}/disclosure/bulletins/2026-05`);
    const cell = page
      .getByRole('table')
      .first()
      .getByRole('link', { name: /^\d+ \/ \d+$/ })
      .first();
    const figures = await cell.textContent();
    await cell.click();
    await expect(page.getByRole('table').first()).toContainText(figures ?? '');
    const file = await request.get(`${publicSite}/disclosure/bulletins/2026-05/csv`);
    expect(await file.text()).toContain(figures ?? '');
  });

  await test.step('single bidders of a year by county, with denominator, formula and what cannot be computed', async () => {
    await page.goto(`${publicSite}/flags/F04`);
    for (const words of ['算式', '可计算的', '不能计算的']) await expect(main).toContainText(words);
    await expect(page.getByRole('region', { name: /各县/ }).first()).toBeVisible();
  });
});
