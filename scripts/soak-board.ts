import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from './launch/browser.ts';

/** How long a slide stays (`src/islands/screen/rotation.ts`). */
const SLIDE_MS = 15_000;
const SAMPLES = 20;
/** Heap at the end beside that after the first tenth: what a browser's own tables take more is within it. */
const MOST_GROWTH = 1.1;

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:4321' },
    rotations: { type: 'string', default: '10000' },
  },
});
const rotations = Number(values.rotations);

/** Bytes of live objects after everything else was collected, and the number of nodes. */
async function measure(page: Page): Promise<{ bytes: number; nodes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { bytes: usedSize, nodes };
}

/** Lets the wall screen turn so many times with a fast clock and watches its memory. */
async function soak(page: Page): Promise<boolean> {
  await page.clock.install();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${values.url}/board`);
  const slides = await page.locator('#board .slide').count();
  const found: { bytes: number; nodes: number }[] = [];
  for (let turned = 0; turned < rotations; turned += slides) {
    // A round ends with a request, which the clock does not hurry.
    const asked = page.waitForResponse((response) => response.url().endsWith('/board'));
    await page.clock.runFor(SLIDE_MS * slides);
    await asked;
    await page.waitForFunction(() => document.querySelector('#board [data-current]') !== null);
    if (Math.floor(turned / (rotations / SAMPLES)) >= found.length) {
      const now = await measure(page);
      found.push(now);
      console.log(`${turned} rotations: ${(now.bytes / 1e6).toFixed(2)} MB live, ${now.nodes} nodes`);
    }
  }
  const [early, late] = [found[Math.floor(found.length / 10)], found.at(-1)];
  if (!early || !late) return false;
  return late.bytes <= early.bytes * MOST_GROWTH && late.nodes <= early.nodes * MOST_GROWTH;
}

const path = findBrowser();
const browser = await chromium.launch(path ? { executablePath: path } : {});
try {
  const isFlat = await soak(await browser.newPage());
  console.log(isFlat ? 'flat' : 'It grows.');
  process.exitCode = isFlat ? 0 : 1;
} finally {
  await browser.close();
}
