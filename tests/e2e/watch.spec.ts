import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

/** Opens a real page and misbehaves there. False when either could not be done. */
async function misbehave(page: Page, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await act();
    return true;
  } catch {
    return false;
  }
}

/** Each waits until the browser has reported what happened: a test that ends before would find no problem. */
const MISDEEDS: Record<string, (page: Page) => Promise<unknown>> = {
  async 'run an inline script'(page) {
    const refused = page.waitForEvent('console');
    await page.addScriptTag({ content: 'self.ran = true' }).catch(() => undefined);
    await refused;
  },
  async throw(page) {
    const thrown = page.context().waitForEvent('weberror');
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('unhandled'))));
    await thrown;
  },
  async 'ask another site'(page) {
    // The policy refuses it before it leaves; without one, the request itself would be seen.
    const asked = Promise.race([page.waitForEvent('console'), page.waitForEvent('request')]);
    await page.evaluate(() => void fetch('http://127.0.0.1:9/').catch(() => undefined));
    await asked;
  },
};

// Controls: each of these must fail in the fixture, or the fixture watches nothing. Nothing else may make them fail: a control
// that got no page passes, and is reported as one that should have failed.
test.describe('what no page may do', () => {
  for (const [name, act] of Object.entries(MISDEEDS)) {
    test(name, async ({ page }) => {
      test.fail();
      await misbehave(page, () => act(page));
    });
  }

  test('is not proved where no page answers', async ({ page }) => {
    await page.route('**', (route) => route.abort('connectionrefused'));
    for (const act of Object.values(MISDEEDS)) expect(await misbehave(page, () => act(page))).toBe(false);
  });
});
