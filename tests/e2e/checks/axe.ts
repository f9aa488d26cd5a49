import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export const EVERYTHING = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Dark mode differs from light in nothing else. */
export const COLOURS = ['color-contrast', 'link-in-text-block'];

/** For a page that has axe already: reading its half megabyte takes as long as asking it. */
const NOTHING = ';';

/**
 * What axe finds wrong, one line an element. No page has frames of another origin, so axe need not open a page of its own to put
 * results together (legacy mode), nor say what it found in order, nor be put again into a page that it has looked at before: that
 * takes a tenth of the time. `axe.spec.ts` compares both ways.
 */
export async function findViolations(page: Page, rules: string[], way: 'short' | 'long' = 'short'): Promise<string[]> {
  const isShort = way === 'short';
  const results = isShort ? { resultTypes: ['violations' as const] } : {};
  const isThere = isShort && (await page.evaluate(() => 'axe' in window));
  const builder = new AxeBuilder({ page, ...(isThere ? { axeSource: NOTHING } : {}) });
  const { violations } = await builder
    .setLegacyMode(isShort)
    .options({ runOnly: rules, ...results })
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}
