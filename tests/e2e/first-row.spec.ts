import { expect, test } from './test.ts';

const LISTS = [
  '/notices',
  '/notices/construction',
  '/notices/procurement?county=qufu&from=2020-01-01&min=100000&sort=amount',
  '/search?q=%E7%9B%91%E6%8E%A7',
  '/search?q=%E7%9B%91%E6%8E%A7&county=zoucheng&category=procurement',
];
/** A browser of 1280 × 900 at 200 % is 640 × 450 to the page. */
const SCREENS = [
  { name: 'on a phone', width: 390, height: 844, elder: false, above: 430 },
  { name: 'on a phone in elder mode', width: 390, height: 844, elder: true, above: 844 - 120 },
  { name: 'in elder mode at 200 %', width: 640, height: 450, elder: true, above: 450 },
];

/** Tall as three lines of the row's own type, and what stands around them. */
const ROW_LINES = 3;

for (const { name, width, height, elder, above } of SCREENS) {
  test(`results stand before controls ${name}, and the menu takes one row`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.addInitScript((on) => localStorage.setItem('elder', on ? '1' : ''), elder);
    for (const address of LISTS) {
      await page.goto(address);
      const row = await page.locator('.notice').first().boundingBox();
      expect.soft(row?.y, `first row of ${address}`).toBeLessThan(above);
      const entries = page.getByRole('navigation', { name: '主导航' }).getByRole('link');
      const tops = await entries.evaluateAll((links) => [
        ...new Set(links.map((link) => Math.round(link.getBoundingClientRect().top))),
      ]);
      expect.soft(tops, `rows of the menu of ${address}`).toHaveLength(1);
    }
  });
}

for (const width of [390, 1280]) {
  test(`a row takes at most three lines at ${width} px, amount and deadline each in one place`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const address of ['/notices?status=open', '/notices/construction', '/notices/land']) {
      await page.goto(address);
      const rows = await page.locator('.notice').evaluateAll((all) =>
        all.map((row) => {
          const box = (selector: string) => row.querySelector(selector)?.getBoundingClientRect();
          const title = box('.notice-title');
          const line = Number.parseFloat(getComputedStyle(row.querySelector('.notice-title') ?? row).lineHeight);
          const padding = Number.parseFloat(getComputedStyle(row).paddingTop) * 2 + 10;
          return {
            lines: (row.getBoundingClientRect().height - padding) / line,
            amount: Math.round(box('.notice-amount')?.right ?? 0),
            deadline: Math.round(box('.notice-deadline')?.right ?? 0),
            title: title?.height ?? 0,
          };
        }),
      );
      for (const { lines } of rows) expect.soft(lines, address).toBeLessThanOrEqual(ROW_LINES);
      for (const key of ['amount', 'deadline'] as const) {
        const places = new Set(rows.map((row) => row[key]).filter(Boolean));
        expect.soft(places.size, `places of ${key} in ${address}`).toBeLessThanOrEqual(1);
      }
    }
  });
}

test('filters are a sheet on a phone, opened and closed by keyboard, that needs no script', async ({
  browser,
  watch,
  baseURL,
}) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  watch(context);
  const page = await context.newPage();
  await page.goto('/notices/construction');
  const button = page.locator('[data-filter-panel] > summary');
  const county = page.getByRole('main').getByRole('link', { name: /^邹城 / });
  await expect(county).toBeHidden();
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(county).toBeVisible();
  const sheet = await page.locator('[data-filter-panel]').boundingBox();
  expect(sheet?.y).toBeGreaterThan(0);
  expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBe(844);
  await page.keyboard.press('Enter');
  await expect(county).toBeHidden();
  await page.keyboard.press('Enter');
  await county.click();
  await expect(page).toHaveURL(/county=zoucheng/);
  await expect(page.getByRole('list', { name: '已选条件' })).toContainText('邹城市');
  await context.close();
});
