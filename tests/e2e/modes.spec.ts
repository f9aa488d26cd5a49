import type { Page } from '@playwright/test';
import { findSmallTargets, findSmallTexts } from './measuring.ts';
import { listSamplePages } from './page-types.ts';
import { expect, test } from './test.ts';

// Messages name page and element; a trace of so many pages would take longer than the test.
test.use({ trace: 'off' });

const ELDER_TEXT_PX = 24;
const ELDER_TARGET_PX = 60;
const TARGET_PX = 44;
const PHONE = { width: 390, height: 844 };

const root = (page: Page) => page.locator('html');
const elderMode = (page: Page) => page.getByRole('button', { name: '长者模式' });
const darkMode = (page: Page) => page.getByRole('button', { name: '深色' });

test.describe('every type of page', () => {
  test.use({ expectedErrors: [/status of 40[04]/] });
  test.setTimeout(600_000);

  test('has one heading of the first level and its landmarks once', async ({ page, request }) => {
    for (const { type, address } of await listSamplePages(request)) {
      await page.goto(address);
      for (const role of ['banner', 'main', 'contentinfo'] as const) {
        expect.soft(await page.getByRole(role).count(), `${role} of ${type}`).toBe(1);
      }
      expect.soft(await page.getByRole('heading', { level: 1 }).count(), `h1 of ${type}`).toBe(1);
      expect.soft(await page.getByRole('main').getByRole('heading', { level: 1 }).count(), type).toBe(1);
      await expect.soft(page.getByRole('navigation', { name: '主导航' }), type).toBeVisible();
      await expect.soft(root(page), type).toHaveAttribute('lang', 'zh-CN');
    }
  });

  // 1280 px at 200 % zoom are 640 px to the page, at 400 % they are 320 px.
  for (const width of [640, 320]) {
    test(`fits ${width} px without scrolling sideways, in elder mode too`, async ({ page, request }) => {
      await page.setViewportSize({ width, height: 800 });
      for (const { type, address } of await listSamplePages(request)) {
        await page.goto(address);
        for (const elder of [false, true]) {
          await root(page).evaluate((html, on) => html.toggleAttribute('data-elder', on), elder);
          const excess = await root(page).evaluate((html) => html.scrollWidth - html.clientWidth);
          expect.soft(excess, `${type}, elder mode ${elder}: ${address}`).toBe(0);
        }
      }
    });
  }

  test('has targets to hit with a finger, larger ones and larger text in elder mode', async ({ page, request }) => {
    await page.setViewportSize(PHONE);
    for (const { type, address } of await listSamplePages(request)) {
      await page.goto(address);
      expect.soft(await findSmallTargets(page, TARGET_PX), `${type}: ${address}`).toEqual([]);
      await root(page).evaluate((html) => html.toggleAttribute('data-elder', true));
      expect.soft(await findSmallTargets(page, ELDER_TARGET_PX), `${type}, elder: ${address}`).toEqual([]);
      expect.soft(await findSmallTexts(page, ELDER_TEXT_PX), `${type}, elder: ${address}`).toEqual([]);
    }
  });
});

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
