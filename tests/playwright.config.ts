import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices, type Project } from '@playwright/test';
import { findBrowser } from '#scripts/launch/browser.ts';

const PORT = 4391;
/** That of the demonstration which the data directory holds, where it holds one. */
const DEMO_PORT = process.env.TEST_DEMO_PORT ?? '4392';
/** A first start loads the whole demonstration through the pipeline. */
const START_LIMIT_MS = 600_000;

// Workers inherit the environment, so that all of them mean the same folder.
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'tongming-e2e-'));
const STAFF_PORT = 4393;
// Of a product that already runs: where its console listens.
process.env.E2E_STAFF_URL ??= `http://localhost:${STAFF_PORT}`;
/** A product that already runs, on the data directory of E2E_DATA_DIR; without it the tests start one. */
const running = process.env.E2E_BASE_URL;
const baseURL = running ?? `http://localhost:${PORT}`;
const executablePath = findBrowser();
/** A browser of few processes: there is no graphics card to protect anything from, and each page would begin two more. */
const FEW_PROCESSES = [
  '--disable-gpu',
  '--disable-gpu-rasterization',
  '--in-process-gpu',
  '--no-zygote',
  '--renderer-process-limit=1',
  '--disable-site-isolation-trials',
];

/** Tests with this tag change what others read, or stop what others need. */
const ALONE = /@alone/;
const DEVICES: readonly Project[] = [
  { name: 'desktop', use: { viewport: { width: 1280, height: 900 } } },
  {
    name: 'phone',
    testMatch: /journeys|search/,
    use: { ...devices['Pixel 5'], viewport: { width: 390, height: 844 } },
  },
  {
    name: 'no-script',
    testMatch: /journeys/,
    use: { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } },
  },
];

const besideOthers = (device: Project): Project => ({ ...device, grepInvert: ALONE });

/** When all others have ended, one device after the other. */
const alone = (device: Project, index: number): Project => {
  const before = index === 0 ? DEVICES.map(({ name }) => name ?? '') : [`${DEVICES[index - 1]?.name}-alone`];
  return { ...device, name: `${device.name}-alone`, grep: ALONE, workers: 1, dependencies: before };
};

/** The product as `npm start` runs it, on a data directory of its own, in real browsers. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results',
  globalSetup: './e2e/sitemap.ts',
  workers: 2,
  // A failed test runs once more for its trace; one that passes then has failed all the same.
  retries: 1,
  failOnFlakyTests: true,
  // Long, for busy machines: nothing is judged by its speed.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'on-first-retry',
    // Ends before the test does, so that it says what was waited for.
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: FEW_PROCESSES },
  },
  projects: [...DEVICES.map(besideOthers), ...DEVICES.map(alone)],
  webServer: running
    ? undefined
    : {
        command: `"${process.execPath}" scripts/main.ts`,
        cwd: join(import.meta.dirname, '..'),
        url: `${baseURL}/healthz`,
        timeout: START_LIMIT_MS,
        stdout: 'pipe',
        reuseExistingServer: false,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
        env: {
          PORT: String(PORT),
          DEMO_PORT,
          // They tell nothing new, and reading all of them takes as long as the tests themselves.
          DEMO_MINUTES: '30',
          STAFF_PORT: String(STAFF_PORT),
          DATA_DIR: process.env.E2E_DATA_DIR,
          LOG_LEVEL: 'warn',
        },
      },
});
