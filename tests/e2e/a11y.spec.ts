import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { listSamplePages } from './page-types.ts';
import { expect, test } from './test.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
const MODES = [
  { name: 'light', theme: 'light', elder: false },
  { name: 'dark', theme: 'dark', elder: false },
  { name: 'elder', theme: 'light', elder: true },
];

/** What axe finds wrong, one line an element. */
async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** The page as the buttons of the mode leave it. */
const setMode = (page: Page, mode: { theme: string; elder: boolean }) =>
  page.evaluate(({ theme, elder }) => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.toggleAttribute('data-elder', elder);
  }, mode);

test.describe('axe finds nothing on any type of page, light, dark and elder', () => {
  // Without transitions, so that colours are judged as they stay.
  test.use({ expectedErrors: [/status of 40[04]/], contextOptions: { reducedMotion: 'reduce' } });

  for (const size of SIZES) {
    test(`at ${size.width} px`, async ({ page, request }) => {
      test.setTimeout(300_000);
      await page.setViewportSize(size);
      for (const { type, address } of await listSamplePages(request)) {
        await page.goto(address);
        for (const mode of MODES) {
          await setMode(page, mode);
          expect.soft(await findViolations(page), `${type}, ${mode.name}: ${address}`).toEqual([]);
        }
      }
    });
  }
});
