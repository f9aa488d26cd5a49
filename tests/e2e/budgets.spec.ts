import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { listSamplePages } from './page-types.ts';
import { expect, test } from './test.ts';

// Messages name page and element; a trace of so many pages would take longer than the test.
test.use({ trace: 'off' });

const KB = 1024;
const INLINE_SCRIPT = 1 * KB;
const PAGE = 25 * KB;
const SEARCH_SCRIPT = 27 * KB;
const CLIENT = join(import.meta.dirname, '../../dist/client');

/** Bytes of what a page loads, compressed as browsers get it, by kind. */
async function weigh(page: Page, address: string): Promise<Record<string, number>> {
  const responses: Response[] = [];
  const note = (response: Response) => responses.push(response);
  page.on('response', note);
  await page.goto(address, { waitUntil: 'networkidle' });
  page.off('response', note);
  const bytes: Record<string, number> = {};
  for (const response of responses) {
    const kind = response.request().resourceType();
    bytes[kind] = (bytes[kind] ?? 0) + gzipSync(await response.body()).length;
  }
  return bytes;
}

test.describe('every type of page', () => {
  test.use({ expectedErrors: [/status of 40[04]/] });

  test('stays small, loads no font, and no script but on the search page', async ({ browser, request, watch }) => {
    test.setTimeout(600_000);
    for (const { type, address } of await listSamplePages(request)) {
      // A context of its own: nothing comes from the cache.
      const context = await browser.newContext();
      watch(context);
      const page = await context.newPage();
      const { document = 0, stylesheet = 0, script = 0, font = 0 } = await weigh(page, address);
      const isSearch = address.startsWith('/search');
      expect.soft(document + stylesheet, `HTML and CSS of ${type}: ${address}`).toBeLessThanOrEqual(PAGE);
      expect.soft(stylesheet, `CSS of ${type}`).toBeGreaterThan(0);
      expect.soft(script, `script of ${type}`).toBeLessThanOrEqual(isSearch ? SEARCH_SCRIPT : 0);
      expect.soft(font, `fonts of ${type}`).toBe(0);
      const inline = page.locator('script:not([src])');
      const code = (await inline.allTextContents()).join('');
      if (!isSearch)
        expect.soft(Buffer.byteLength(code), `inline script of ${type}`).toBeLessThanOrEqual(INLINE_SCRIPT);
      await context.close();
    }
  });
});

test('what browsers get holds no server code and no source maps', () => {
  const files = globSync('**/*.*', { cwd: CLIENT });
  expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(0);
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  for (const file of files) {
    expect(readFileSync(join(CLIENT, file), 'utf8'), file).not.toMatch(/sqlite|drizzle|meilisearch|sourceMappingURL/i);
  }
});
