import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const root = (page: Page) => page.locator('html');
const elderMode = (page: Page) => page.getByRole('button', { name: '长者模式' });
const darkMode = (page: Page) => page.getByRole('button', { name: '深色' });

test('elder mode is switched on by a button, and remembered until it is switched off', async ({ page, context }) => {
  await page.goto('/');
  await expect(elderMode(page)).toHaveAttribute('aria-pressed', 'false');
  await elderMode(page).click();
  await expect(elderMode(page)).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('link', { name: '公告', exact: true }).click();
  await expect(root(page)).toHaveAttribute('data-elder');
  const another = await context.newPage();
  await another.goto('/sync');
  await expect(root(another)).toHaveAttribute('data-elder');
  await elderMode(another).click();
  await another.reload();
  await expect(root(another)).not.toHaveAttribute('data-elder');
});

test.describe('dark mode', () => {
  /** Whether the page is dark by what it shows, not by what it is called. */
  const isDark = (page: Page) =>
    root(page).evaluate((html) => {
      const [red = 255] = /\d+/.exec(getComputedStyle(html).backgroundColor) ?? [];
      return Number(red) < 64;
    });

  test('follows the system until the reader chooses, and remembers the choice', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto('/');
    expect(await isDark(page)).toBe(true);
    await expect(darkMode(page)).toHaveAttribute('aria-pressed', 'true');
    await darkMode(page).click();
    expect(await isDark(page)).toBe(false);
    await page.goto('/counties');
    expect(await isDark(page)).toBe(false);
  });

  test('is there before anything is painted', async ({ page }) => {
    await page.goto('/');
    await darkMode(page).click();
    // The body is what is painted: the mode must be set by the time that its parsing begins.
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        observer.disconnect();
        Object.assign(window, { themeAtBody: document.documentElement.dataset.theme });
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto('/notices');
    expect(await page.evaluate(() => Reflect.get(window, 'themeAtBody'))).toBe('dark');
    expect(await isDark(page)).toBe(true);
  });

  test('works without script where the system asks for it', async ({ browser, watch }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, colorScheme: 'dark' });
    watch(context);
    const page = await context.newPage();
    await page.goto('/');
    expect(await isDark(page)).toBe(true);
    await expect(darkMode(page)).toBeHidden();
    await context.close();
  });
});

test('the skip link is the first stop, comes into view, and leads to the content', async ({ page }) => {
  await page.goto('/notices');
  const skip = page.getByRole('link', { name: '跳到正文' });
  const clip = () => skip.evaluate((link) => getComputedStyle(link).clipPath);
  expect(await clip()).not.toBe('none');
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  expect(await clip()).toBe('none');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the focus is seen wherever it goes', async ({ page }) => {
  await page.goto('/notices');
  for (let stop = 0; stop < 40; stop++) {
    await page.keyboard.press('Tab');
    const { name, outline, style } = await page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const computed = getComputedStyle(focused);
      return {
        name: focused.outerHTML.slice(0, 120),
        outline: Number.parseFloat(computed.outlineWidth),
        style: computed.outlineStyle,
      };
    });
    expect(style, name).toBe('solid');
    expect(outline, name).toBeGreaterThanOrEqual(3);
  }
});

test('nothing moves for readers who asked for that', async ({ page }) => {
  const durations = () =>
    page
      .locator('body *')
      .evaluateAll((all) => [
        ...new Set(
          all.flatMap((one) => [getComputedStyle(one).transitionDuration, getComputedStyle(one).animationDuration]),
        ),
      ]);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.goto('/search');
  expect((await durations()).length).toBeGreaterThan(1);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await durations()).toEqual(['0s']);
});
