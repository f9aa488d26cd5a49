import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { findBrowser } from '#scripts/launch/browser.ts';

const PORT = 4391;
const DEMO_PORT = 4392;
/** First start: loads the whole demonstration through the pipeline. */
const START_LIMIT_MS = 600_000;

// Workers inherit the environment, so that all of them mean the same folder.
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'tongming-e2e-'));
/** A product that already runs, on the data directory of E2E_DATA_DIR; without it the tests start one. */
const running = process.env.E2E_BASE_URL;
const baseURL = running ?? `http://localhost:${PORT}`;
const executablePath = findBrowser();

/** The product as `npm start` runs it, on a data directory of its own, in real browsers. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: '../test-results',
  workers: 1,
  // Long, for busy machines: nothing is judged by its speed.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    launchOptions: executablePath ? { executablePath } : {},
  },
  projects: [
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
  ],
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
          DEMO_PORT: String(DEMO_PORT),
          DATA_DIR: process.env.E2E_DATA_DIR,
          LOG_LEVEL: 'warn',
        },
      },
});
