import type { Page } from '@playwright/test';
import {
  chipOf,
  chooseFacet,
  closeSheet,
  noticesOf,
  openAwake,
  readTotal,
  searchField,
  showFilter,
  waitUntilAwake,
} from './reading.ts';
import { expect, test } from './test.ts';

const ISLAND = '**/_astro/SearchBox*.js';
const asks = (words: string) => (url: URL) => url.pathname === '/search' && url.searchParams.get('q') === words;

test.describe('typing', () => {
  test('shows results, says their number politely and keeps the focus', async ({ page }) => {
    await page.goto('/search');
    const all = await readTotal(page);
    await searchField(page).pressSequentially('监控');
    await expect(page).toHaveURL(asks('监控'));
    await expect(searchField(page)).toBeFocused();
    const total = await readTotal(page);
    expect(total).toBeLessThan(all);
    await expect(page.getByRole('status')).toHaveText(`共 ${total} 条`);
    await expect(page).toHaveTitle(/^搜索“监控”/);
  });

  test('before the island is awake is not lost', async ({ page }) => {
    const { promise: awake, resolve: wake } = Promise.withResolvers<void>();
    await page.route(ISLAND, async (route) => {
      await awake;
      await route.continue();
    });
    await page.goto('/search', { waitUntil: 'commit' });
    await searchField(page).pressSequentially('监控');
    await expect(page).toHaveURL(/\/search$/);
    wake();
    await expect(page).toHaveURL(asks('监控'));
    await expect(searchField(page)).toBeFocused();
    await expect(searchField(page)).toHaveValue('监控');
  });

  test('with an input method asks for finished words only', async ({ page, context }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).searchParams.get('q') ?? ''));
    await page.clock.install();
    await page.goto('/search');
    // On a busy machine its code may come after the clock has stopped, and then waits for ever.
    await waitUntilAwake(page);
    await searchField(page).focus();
    // From here on time passes only when told to: a slow machine must not end the pause between two keys.
    await page.clock.pauseAt(Date.now() + 60_000);
    await searchField(page).pressSequentially('采购');
    const keyboard = await context.newCDPSession(page);
    await keyboard.send('Input.imeSetComposition', { text: 'jian', selectionStart: 4, selectionEnd: 4 });
    await page.clock.runFor(2_000);
    await expect(searchField(page)).toHaveValue('采购jian');
    expect(asked.filter(Boolean)).toEqual([]);

    await keyboard.send('Input.insertText', { text: '监控' });
    await page.clock.runFor(2_000);
    await expect(page).toHaveURL(asks('采购监控'));
    expect(asked.filter(Boolean)).toEqual(['采购监控']);
  });

  test('back to the words before wins over an answer that comes late', async ({ page }) => {
    const { promise: late, resolve: release } = Promise.withResolvers<void>();
    await page.route(asks('监控x'), async (route) => {
      await late;
      await route.continue().catch(() => undefined); // the page may have given it up
    });
    await openAwake(page, '监控');
    const total = await readTotal(page);
    const slow = page.waitForRequest((request) => asks('监控x')(new URL(request.url())));
    const again = page.waitForResponse((response) => asks('监控')(new URL(response.url())));
    await searchField(page).press('End');
    await searchField(page).press('x');
    await slow;
    await searchField(page).press('Backspace');
    await again;
    release();
    await expect(page.getByRole('status')).toHaveText(`共 ${total} 条`);
    await expect(page).toHaveURL(asks('监控'));
    await expect(searchField(page)).toHaveValue('监控');
  });
});

test('back and forward return words, filters and results', async ({ page }) => {
  await page.goto('/search');
  const all = await readTotal(page);
  await searchField(page).pressSequentially('监控');
  await expect(page).toHaveURL(asks('监控'));
  const words = await readTotal(page);
  await searchField(page).press('Enter');
  await chooseFacet(page, /^邹城 /);
  await expect(chipOf(page, '邹城市')).toBeVisible();
  const filtered = await readTotal(page);

  await page.goBack();
  await expect(chipOf(page, '邹城市')).toBeHidden();
  expect(await readTotal(page)).toBe(words);
  await expect(searchField(page)).toHaveValue('监控');
  // Typing and Enter are one step, however many letters there were.
  await page.goBack();
  await expect(searchField(page)).toHaveValue('');
  await expect(page.getByRole('status')).toHaveText(`共 ${all} 条`);
  await page.goForward();
  await page.goForward();
  await expect(chipOf(page, '邹城市')).toBeVisible();
  expect(await readTotal(page)).toBe(filtered);
});

test('filters chosen meanwhile stay when other words follow, with the island or without', async ({ page }) => {
  await openAwake(page, '监控');
  await chooseFacet(page, /^邹城 /, async () => {
    await expect(page.getByRole('main').getByRole('link', { name: /^邹城\s*（已选/ })).toBeFocused();
    await closeSheet(page);
  });
  await expect(chipOf(page, '邹城市')).toBeVisible();
  await page.getByRole('link', { name: '最先截止' }).click();
  await expect(page).toHaveURL(/sort=deadline/);

  await searchField(page).fill('设备');
  await expect(page).toHaveURL(asks('设备'));
  const address = page.url();
  expect(address).toContain('county=zoucheng');
  expect(address).toContain('sort=deadline');
  // The form as the browser itself would send it.
  await page
    .getByRole('main')
    .getByRole('search')
    .locator('form')
    .evaluate((form: HTMLFormElement) => form.submit());
  await expect(page).toHaveURL(asks('设备'));
  expect([...new URL(page.url()).searchParams].sort()).toEqual([...new URL(address).searchParams].sort());

  await chipOf(page, '邹城市').click();
  await expect(chipOf(page, '邹城市')).toBeHidden();
  await expect(page).not.toHaveURL(/county/);
});

test('words typed a moment before a filter is chosen come along', async ({ page }) => {
  await openAwake(page, '监控');
  const facet = page
    .getByRole('main')
    .getByRole('link', { name: /^邹城 / })
    .first();
  await showFilter(page, facet);
  // In one task of the page, so that no pause lies between the two.
  await facet.evaluate((link: HTMLAnchorElement) => {
    const input = document.querySelector<HTMLInputElement>('#q');
    if (!input) throw new Error('no search field');
    input.value = '设备';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    link.click();
  });
  await expect(page).toHaveURL(asks('设备'));
  await expect(page).toHaveURL(/county=zoucheng/);
  await expect(chipOf(page, '邹城市')).toBeVisible();
  await expect(searchField(page)).toHaveValue('设备');
});

test('dates and amounts apply without loading the page', async ({ page }) => {
  await openAwake(page, '监控');
  await page.evaluate(() => Object.assign(window, { same: true }));
  const minimum = page.getByRole('textbox', { name: '金额不低于（元）' });
  await showFilter(page, minimum);
  await minimum.fill('1000000');
  await minimum.press('Enter');
  await expect(chipOf(page, '不低于 100 万元')).toBeVisible();
  await expect(minimum).toBeFocused();
  expect(await page.evaluate(() => 'same' in window)).toBe(true);
});

test('the skip link leads to the page and leaves the results alone', async ({ page }) => {
  await openAwake(page, '监控');
  const total = await readTotal(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  expect(await readTotal(page)).toBe(total);
  await expect(searchField(page)).toHaveValue('监控');
});

test.describe('an answer that fails', () => {
  test.use({ expectedErrors: [/status of 503/] });

  test('ends in an ordinary page load', async ({ page }) => {
    await page.route(asks('监控'), (route) =>
      route.request().resourceType() === 'fetch' ? route.fulfill({ status: 503 }) : route.continue(),
    );
    await page.goto('/search');
    await searchField(page).fill('监控');
    await expect(noticesOf(page).first().locator('mark').first()).toHaveText('监控');
    await expect(page).toHaveURL(asks('监控'));
  });
});

test.describe('a site that is not reached', () => {
  test.use({ expectedErrors: [/ERR_INTERNET_DISCONNECTED|status of 502/] });

  const notReached = (page: Page) => page.getByRole('main').getByRole('alert').filter({ hasText: '连接不上' });

  /** The reader is where he was: what he typed, what he saw, and a word about it. */
  async function expectToStay(page: Page, total: number): Promise<void> {
    await expect(notReached(page)).toBeVisible();
    await expect(page).toHaveURL(/\/search$/);
    await expect(searchField(page)).toBeFocused();
    await expect(searchField(page)).toHaveValue('监控');
    expect(await readTotal(page)).toBe(total);
  }

  test('leaves everything where it is without a connection, and asks again once there is one', async ({
    page,
    context,
  }) => {
    await page.goto('/search');
    await waitUntilAwake(page);
    const all = await readTotal(page);
    await context.setOffline(true);
    await searchField(page).pressSequentially('监控');
    await expectToStay(page, all);
    await context.setOffline(false);
    await expect(noticesOf(page).first().locator('mark').first()).toHaveText('监控');
    await expect(page).toHaveURL(asks('监控'));
    await expect(notReached(page)).toBeHidden();
    await expect(searchField(page)).toBeFocused();
  });

  test('is asked again by itself when a proxy answers in its place', async ({ page }) => {
    const isAsked = asks('监控');
    await page.route(isAsked, (route) => route.fulfill({ status: 502 }));
    await page.clock.install();
    await page.goto('/search');
    await waitUntilAwake(page);
    const all = await readTotal(page);
    await searchField(page).pressSequentially('监控');
    await expectToStay(page, all);
    await page.unroute(isAsked);
    await page.clock.fastForward(10_000);
    await expect(noticesOf(page).first().locator('mark').first()).toHaveText('监控');
    await expect(page).toHaveURL(asks('监控'));
    await expect(notReached(page)).toBeHidden();
  });
});
