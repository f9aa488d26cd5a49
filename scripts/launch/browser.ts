import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** How a person gets a browser for the tests. */
export const BROWSER_HELP =
  'Install one with "npx playwright install chromium", or on Debian with "apt-get install chromium fonts-noto-cjk", or set CHROMIUM_PATH.';

/** Chromium for the browser tests: CHROMIUM_PATH, the one that Playwright keeps, or an installed one. */
export function findBrowser(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? '', chromium.executablePath(), ...CANDIDATES].find(
    (path) => path && existsSync(path),
  );
}

/** Gets a browser where that needs nobody's consent: Playwright's own, else Debian's when we are root there. */
export function installBrowser(): string | undefined {
  const steps: [command: string, ...parameters: string[]][] = [
    ['npx', 'playwright', 'install', 'chromium'],
    ['apt-get', 'update'],
    ['apt-get', 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'],
  ];
  const isDebianRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  for (const [command, ...parameters] of isDebianRoot ? steps.slice(1) : steps.slice(0, 1)) {
    spawnSync(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return findBrowser();
}
