import { readPdf } from '#tests/support/read-documents.ts';
import { expect, test } from './test.ts';

test.use({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });

test('somebody with a phone and without scripts reads the report of 2020, its tables, its file, and what lies under an item of the catalogue', async ({
  page,
  request,
}) => {
  await page.goto('/disclosure');
  await page.getByRole('main').getByRole('link', { name: '年度报告', exact: true }).click();
  await page.getByRole('link', { name: '2020 年度报告' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('2020年政府信息公开工作年度报告');
  await expect(page.getByText('公共资源交易信息5182条，其中工程建设1748条，政府采购1820条')).toBeVisible();
  await expect(page.getByText('收到政府信息公开申请7件，同比降低30%')).toBeVisible();
  const table = page.getByRole('region', { name: '收到和处理政府信息公开申请情况' });
  await expect(table.getByRole('row', { name: /一、本年新收/ })).toHaveText(/3\s*4\s*0\s*0\s*0\s*0\s*7$/);
  // Nothing but the tables' own boxes is wider than the phone.
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  const href = await page.getByRole('link', { name: '下载 PDF' }).getAttribute('href');
  const pdf = await readPdf(await (await request.get(href ?? '')).body());
  expect(pdf.isTagged).toBe(true);
  expect(pdf.words).toContain('5182条');

  await page.goto('/disclosure/catalogue');
  const item = page.getByRole('row', { name: /招标公告/ }).first();
  await item.getByRole('link').first().click();
  await expect(page).toHaveURL(/\/notices\/construction\/tenderNotice$/);
});
