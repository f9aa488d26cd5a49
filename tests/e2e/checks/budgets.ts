import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import type { SamplePage } from '../page-types.ts';
import { expect } from '../test.ts';

const KB = 1024;
const INLINE_SCRIPT = 1 * KB;
const PAGE = 25 * KB;
/** Every chart is drawn for desks and for phones, and stands below as a table. */
const CHARTS = 8 * KB;
const SEARCH_SCRIPT = 27 * KB;
/** A form of the public starts a worker, which asks nothing of those who only read. */
const FORM_SCRIPT = 0.5 * KB;

/** Collects what a page loads from here on. The function returned gives the bytes, compressed as browsers get them, by kind. */
export function weigh(page: Page): () => Promise<Record<string, number>> {
  const responses: Response[] = [];
  const note = (response: Response) => void responses.push(response);
  page.on('response', note);
  return async () => {
    await page.waitForLoadState('networkidle');
    page.off('response', note);
    const bytes: Record<string, number> = {};
    for (const response of responses) {
      const kind = response.request().resourceType();
      bytes[kind] = (bytes[kind] ?? 0) + gzipSync(await response.body()).length;
    }
    return bytes;
  };
}

/** Reading aloud, loaded where there is much to read. */
const READ_ALOUD_SCRIPT = 0.5 * KB;
const READ_ALOUD = /^\/(?:guides\/|help|article\/)/;
/** Hashes and signatures of the publication log are computed in the browser. */
const VERIFY_SCRIPT = 48 * KB;

/** What a page may load of scripts, compressed. */
function mostScript({ type, address }: SamplePage): number {
  if (address.startsWith('/search')) return SEARCH_SCRIPT;
  if (address === '/verify') return VERIFY_SCRIPT;
  if (READ_ALOUD.test(address)) return READ_ALOUD_SCRIPT;
  return type === '/participate/:kind' ? FORM_SCRIPT : 0;
}

/** The page stays small, loads no font, and no script but for searching and for the work of forms. `bytes` are of a first visit, with nothing cached. */
export async function expectBudgets(
  page: Page,
  { type, address }: SamplePage,
  bytes: Record<string, number>,
): Promise<void> {
  const where = `of ${type}: ${address}`;
  const { document = 0, stylesheet = 0, script = 0, font = 0 } = bytes;
  const isIsland = address.startsWith('/search') || address === '/verify';
  expect.soft(document, `HTML ${where}`).toBeGreaterThan(0);
  const most = type.startsWith('/statistics/') ? PAGE + CHARTS : PAGE;
  expect.soft(document + stylesheet, `HTML and CSS ${where}`).toBeLessThanOrEqual(most);
  expect.soft(stylesheet, `CSS ${where}`).toBeGreaterThan(0);
  expect.soft(script, `script ${where}`).toBeLessThanOrEqual(mostScript({ type, address }));
  expect.soft(font, `fonts ${where}`).toBe(0);
  // Data for search engines (JSON-LD) is no script, although it stands in such an element.
  const code = (await page.locator('script:not([src]):not([type="application/ld+json"])').allTextContents()).join('');
  const inline = isIsland ? 0 : Buffer.byteLength(code);
  expect.soft(inline, `inline script ${where}`).toBeLessThanOrEqual(INLINE_SCRIPT);
}
