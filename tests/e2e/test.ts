import { type BrowserContext, test as base, expect } from '@playwright/test';

interface Options {
  /** Console errors that a test brings about on purpose, e.g. by opening an address that answers 404. */
  expectedErrors: RegExp[];
  /** Origins besides the site's own that a test goes to on purpose. */
  otherOrigins: string[];
}

interface Fixtures {
  /** Watches a context that a test opens itself. The test's own context is watched from the start. */
  watch: (context: BrowserContext) => void;
}

/**
 * Playwright's test, which fails besides on every console error, refused script or style (CSP), uncaught exception and
 * request to another origin that it did not announce.
 */
export const test = base.extend<Options & Fixtures>({
  expectedErrors: [[], { option: true }],
  otherOrigins: [[], { option: true }],
  watch: [
    async ({ context, baseURL, expectedErrors, otherOrigins }, use) => {
      const problems: string[] = [];
      const origins = [new URL(baseURL ?? '').origin, ...otherOrigins];
      const watch = (watched: BrowserContext) => {
        watched.on('console', (message) => {
          const isExpected = expectedErrors.some((pattern) => pattern.test(message.text()));
          if (message.type() === 'error' && !isExpected) problems.push(message.text());
        });
        watched.on('weberror', (failure) => problems.push(failure.error().message));
        watched.on('request', (request) => {
          const url = new URL(request.url());
          if (url.protocol !== 'data:' && !origins.includes(url.origin)) problems.push(`asked ${url}`);
        });
      };
      watch(context);
      await use(watch);
      expect(problems, 'console errors, exceptions and foreign requests').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
