import type { Page } from '@playwright/test';
import { findRoute } from '#src/server/routes/match.ts';
import { PAGE_ROUTES } from '#src/server/routes/pages.ts';
import { EVERYTHING, findViolations } from './checks/axe.ts';
import { findSmallTargets } from './checks/measuring.ts';
import { consoleUrl, signIn } from './console.ts';
import { expect, test } from './test.ts';

test.use({ baseURL: consoleUrl(), trace: 'off', expectedErrors: [/status of 40[034]/] });

const DESKTOP = { width: 1280, height: 900 };
const TABLET = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const TARGET_PX = 44;
/** Together they may open every page. */
const PEOPLE = ['guanli', 'jiandu', 'gongkai', 'bianji', 'qufu.jingban'];
/** Pages that only an address given once opens, or a provider of single sign-on. */
const BY_TOKEN = /^\/staff\/(?:link|sign-on\/)/;

const pageTypes = () =>
  PAGE_ROUTES.filter(({ role, page, path }) => role === 'staff' && page.endsWith('.astro') && !BY_TOKEN.test(path));

/** What is wrong with a page, in the widths that people work with. */
async function findFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const note = (what: string, found: readonly string[]) => faults.push(...found.map((each) => `${what}: ${each}`));
  note('axe', await findViolations(page, EVERYTHING));
  for (const size of [TABLET, PHONE]) {
    await page.setViewportSize(size);
    const excess = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
    if (excess > 0) faults.push(`${excess} px beyond ${size.width}`);
  }
  note('small target', await findSmallTargets(page, TARGET_PX));
  await page.setViewportSize(DESKTOP);
  return faults;
}

test('pages of every type of the console: reached by links, axe finds nothing, all widths fit', async ({
  browser,
  watch,
}) => {
  const seen = new Set<string>();
  for (const person of PEOPLE) {
    const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce' });
    watch(context);
    const page = await context.newPage();
    if (person === PEOPLE[0]) {
      await page.goto('/staff/sign-in');
      seen.add('/staff/sign-in');
      expect.soft(await findFaults(page), '/staff/sign-in').toEqual([]);
    }
    await signIn(page, person);
    const waiting = ['/staff', '/staff/help'];
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
      const type = findRoute(address.split('?')[0] ?? '')?.path ?? address;
      if (seen.has(type) && address !== '/staff') continue;
      const answer = await page.goto(address);
      if (answer?.status() === 403) continue;
      const links = await page
        .locator('a[href^="/staff"]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
      waiting.push(...links.filter((link) => !/\.(?:csv|jsonl)|\/files\/./.test(link)));
      if (seen.has(type)) continue;
      seen.add(type);
      expect.soft(answer?.status(), address).toBe(200);
      expect.soft(await findFaults(page), `${type} as ${person}`).toEqual([]);
    }
    await context.close();
  }
  expect(
    pageTypes()
      .map(({ path }) => path)
      .filter((path) => !seen.has(path)),
  ).toEqual([]);
});
