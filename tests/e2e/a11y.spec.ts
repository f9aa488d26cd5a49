import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { listSamplePages } from './page-types.ts';
import { expect, test } from './test.ts';

// Messages name page and element; a trace of so many pages would take longer than the test.
test.use({ trace: 'off' });

const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Dark mode differs from light in nothing else. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
const MODES = [
  { name: 'light', theme: 'light', elder: false, rules: EVERYTHING },
  { name: 'dark', theme: 'dark', elder: false, rules: COLOURS },
  { name: 'elder', theme: 'light', elder: true, rules: EVERYTHING },
];

/** What axe finds wrong, one line an element. */
async function findViolations(page: Page, rules: string[]): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ runOnly: rules }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** The page as the buttons of the mode leave it. */
const setMode = (page: Page, mode: { theme: string; elder: boolean }) =>
  page.evaluate(({ theme, elder }) => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.toggleAttribute('data-elder', elder);
  }, mode);

test.describe('axe finds nothing on any type of page', () => {
  // Without transitions, so that colours are judged as they stay.
  test.use({ expectedErrors: [/status of 40[04]/], contextOptions: { reducedMotion: 'reduce' } });

  for (const size of SIZES) {
    for (const mode of MODES) {
      test(`${mode.name} at ${size.width} px`, async ({ page, request }) => {
        test.setTimeout(600_000);
        await page.setViewportSize(size);
        for (const { type, address } of await listSamplePages(request)) {
          await page.goto(address);
          await setMode(page, mode);
          expect.soft(await findViolations(page, mode.rules), `${type}: ${address}`).toEqual([]);
        }
      });
    }
  }
});
