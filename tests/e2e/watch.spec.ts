import { test } from './test.ts';

// Controls: each of these must fail in the fixture, or the fixture watches nothing. Each waits until the browser has
// reported what happened: a test that ends before would find no problem.
test.describe('what no page may do', () => {
  test.beforeEach(async ({ page }) => {
    test.fail();
    await page.goto('/');
  });

  test('run an inline script', async ({ page }) => {
    const refused = page.waitForEvent('console');
    await page.addScriptTag({ content: 'self.ran = true' }).catch(() => undefined);
    await refused;
  });

  test('throw', async ({ page, context }) => {
    const thrown = context.waitForEvent('weberror');
    await page.evaluate(() => void setTimeout(() => Promise.reject(new Error('unhandled'))));
    await thrown;
  });

  test('ask another site', async ({ page }) => {
    // The policy refuses it before it leaves; without one, the request itself would be seen.
    const asked = Promise.race([page.waitForEvent('console'), page.waitForEvent('request')]);
    await page.evaluate(() => void fetch('http://127.0.0.1:9/').catch(() => undefined));
    await asked;
  });
});
