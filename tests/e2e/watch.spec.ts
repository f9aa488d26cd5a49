import { test } from './test.ts';

// Controls: each of these must fail in the fixture, or the fixture watches nothing.
test.describe('what no page may do', () => {
  test.beforeEach(async ({ page }) => {
    test.fail();
    await page.goto('/');
  });

  test('run an inline script', ({ page }) => page.addScriptTag({ content: 'self.ran = true' }).catch(() => undefined));

  test('throw', ({ page }) => page.evaluate(() => void setTimeout(() => Promise.reject(new Error('unhandled')))));

  test('ask another site', ({ page }) => page.evaluate(() => void fetch('http://127.0.0.1:9/').catch(() => undefined)));
});
