import { readTotal } from './reading.ts';
import { expect, test } from './test.ts';

/** Notices of 2020 as the city reported them, by category; together 5182. */
const REPORTED = { 工程建设: 1748, 政府采购: 1820, 土地使用权: 152, 产权交易: 437, 医疗器械: 732, 综合交易: 293 };

/** The worker observes every project once after the first start. */
test.beforeAll(async ({ request }) => {
  await expect
    .poll(async () => (await request.get('/statistics')).text(), { timeout: 200_000, intervals: [2_000] })
    .not.toContain('统计正在由公告逐个项目推算');
});

test('the figures of 2020 stand in a chart, add up, and open their rows', async ({ page }) => {
  await page.goto('/statistics?year=2020');
  await expect(page.getByRole('main')).toContainText('2020 年共公开公告 5,182 条');
  const table = page.getByRole('table', { name: /2020 年公告数量最多的交易类别是政府采购/ });
  for (const [label, count] of Object.entries(REPORTED)) {
    const text = count.toLocaleString('en');
    await expect(table.getByRole('row', { name: label }).getByRole('link')).toHaveText(text);
    await expect(page.locator(`svg.chart.wide a[aria-label="${label}：${text}，查看明细"]`)).toHaveCount(1);
  }
  expect(Object.values(REPORTED).reduce((sum, count) => sum + count, 0)).toBe(5182);
  await table.getByRole('row', { name: '土地使用权' }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('国有建设用地使用权出让');
  expect(await readTotal(page)).toBe(152);
});

test('the price of land by area says what it is made of, and a point opens its deals', async ({ page }) => {
  await page.goto('/statistics/landUnitPrice?year=2020');
  const main = page.getByRole('main');
  await expect(main).toContainText(/\d+ 个宗地中 \d+ 个可计算/);
  await expect(main.getByText('少于 3 个的不显示')).toBeVisible();
  const point = page.locator('svg.chart:visible a').first();
  const figure = /：([\d,.]+ 元\/㎡)/.exec((await point.getAttribute('aria-label')) ?? '')?.[1] ?? 'none';
  await point.click();
  await expect(page.getByRole('status')).toContainText(`= ${figure}`);
  await expect(page.getByRole('table').getByRole('link').first()).toHaveAttribute('href', /^\/project\//);
});

test('awards with a single bidder say how many could be looked at, and are a file', async ({ page }) => {
  await page.goto('/statistics/singleBidderShare?year=2020');
  const main = page.getByRole('main');
  await expect(main).toContainText(/未公开开标记录中的投标人名单/);
  await expect(main).toContainText('有开标记录的成交标段数');
  const answer = await page.request.get('/api/v1/statistics/singleBidderShare/rows.csv?year=2020');
  expect(await answer.text()).toContain('不计入的原因');
  const png = await page.request.get('/api/v1/statistics/landUnitPrice/chart.png?by=county&year=2020');
  expect((await png.body()).subarray(1, 4).toString()).toBe('PNG');
});
