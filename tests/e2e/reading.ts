import { expect, type Locator, type Page, type Response } from '@playwright/test';

const TOTAL = /共\s*([\d,]+)\s*条\s*·/;

/** The notices of a list or a search, in order. */
export const noticesOf = (page: Page): Locator => page.getByRole('main').locator('li.notice');

/** Addresses of the notices that a list shows, in order. */
export const readAddresses = (page: Page): Promise<string[]> =>
  noticesOf(page)
    .locator('.notice-title')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

/** Checks that every notice of a list says something. */
export async function expectEach(notices: Locator, words: RegExp): Promise<void> {
  const texts = await notices.allTextContents();
  expect(texts).not.toEqual([]);
  for (const text of texts) expect(text).toMatch(words);
}

/** How many notices the page says there are in all. */
export async function readTotal(page: Page): Promise<number> {
  return toNumber(TOTAL.exec(await readText(page.getByRole('main').getByText(TOTAL)))?.[1]);
}

/** Checks that a list holds notices, as many as the total promises for its first page. Returns the total. */
export async function expectNotices(page: Page): Promise<number> {
  const total = await readTotal(page);
  expect(total).toBeGreaterThan(0);
  await expect(noticesOf(page)).toHaveCount(Math.min(total, 20));
  return total;
}

/** The text of an element as a reader sees it: white space collapsed. */
export async function readText(element: Locator): Promise<string> {
  return ((await element.textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** A whole number as pages write it: `1,820`. */
export const toNumber = (text = ''): number => Number(text.replaceAll(',', ''));

/** Closes the sheet of filters, where one is open over the list. */
export async function closeSheet(page: Page): Promise<void> {
  const close = page.getByText(/^看 [\d,]+ 条结果/);
  if (await close.isVisible()) await close.click();
}

/**
 * Does what leads to another address and waits until its page is there: a click alone returns while the page before still
 * stands, and what is read or judged next may be of that one.
 */
export async function arrive(page: Page, action: () => Promise<unknown>): Promise<void> {
  const before = page.url();
  await action();
  await page.waitForURL((url) => url.href !== before);
}

/** Shows a filter that a page has: where the screen is narrow, in the sheet of filters, which this opens. */
export async function showFilter(page: Page, filter: Locator): Promise<void> {
  const opener = page.getByText(/^筛选/);
  await expect(filter.or(opener).filter({ visible: true }).first()).toBeVisible();
  if (!(await filter.isVisible())) await opener.click();
}

/** Chooses a value of a facet; on a phone in a sheet, which is opened before and closed after. */
export async function chooseFacet(
  page: Page,
  name: RegExp,
  then: (page: Page) => Promise<void> = closeSheet,
): Promise<void> {
  const value = page.getByRole('main').getByRole('link', { name });
  await showFilter(page, value);
  // Links that are clicked before the results are there lead where the old ones led.
  await arrive(page, () => value.click());
  await then(page);
}

/** The chip of a filter in force; a click removes the filter. */
export const chipOf = (page: Page, text: string): Locator =>
  page.getByRole('list', { name: '已选条件' }).getByRole('link', { name: new RegExp(`^去掉条件：\\s*${text}$`) });

/** A walk of at most `limit` actions, each one click or one typed query. */
export function allowActions(limit: number): (action: () => Promise<unknown>) => Promise<void> {
  let left = limit;
  return async (action) => {
    expect(left--, `more than ${limit} actions`).toBeGreaterThan(0);
    await action();
  };
}

/** The search field of the page itself, not the one in the header. */
export const searchField = (page: Page): Locator =>
  page.getByRole('main').getByRole('searchbox', { name: '搜索公告、项目编号、单位名称' });

/** Opens the search page for a text. */
export const openSearch = (page: Page, words: string, more = ''): Promise<Response | null> =>
  page.goto(`/search?q=${encodeURIComponent(words)}${more}`);

/** Waits until the search box listens: before, links and forms load pages the ordinary way, as without script. */
export async function waitUntilAwake(page: Page): Promise<void> {
  await expect(page.locator('astro-island[ssr]')).toHaveCount(0);
  // Effects, which begin to listen, run after the next frame.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Opens the search page for a text, with its search box awake. */
export async function openAwake(page: Page, words: string, more = ''): Promise<void> {
  await openSearch(page, words, more);
  await waitUntilAwake(page);
}
