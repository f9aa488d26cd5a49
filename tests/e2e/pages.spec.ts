import type { Browser, BrowserContext, Page } from '@playwright/test';
import { COLOURS, EVERYTHING, findViolations } from './checks/axe.ts';
import { expectBudgets, weigh } from './checks/budgets.ts';
import { expectLandmarks } from './checks/landmarks.ts';
import { findSmallTargets, findSmallTexts } from './checks/measuring.ts';
import { expectMeta } from './checks/meta.ts';
import { findPersonalData } from './checks/text.ts';
import type { SamplePage } from './page-types.ts';
import { readSitemap } from './sitemap.ts';
import { expect, test } from './test.ts';

// Messages name page and element; a trace of so many pages would take longer than the test.
test.use({ trace: 'off', expectedErrors: [/status of 40[04]/] });
test.describe.configure({ mode: 'parallel', timeout: 600_000 });

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
/** 1280 px at 200 % zoom are 640 px to the page, at 400 % they are 320 px. */
const ZOOMED = [640, 320];
const TARGET_PX = 44;
const ELDER_TARGET_PX = 60;
const ELDER_TEXT_PX = 24;
const MODES = [
  { name: 'light', theme: 'light', elder: false, rules: EVERYTHING },
  { name: 'dark', theme: 'dark', elder: false, rules: COLOURS },
  { name: 'elder', theme: 'light', elder: true, rules: EVERYTHING },
];

/** Parts of the sample that are visited side by side, by the type of a page. */
const PARTS = {
  'lists of notices': /^\/notices|list/,
  'projects, companies and exposures': /^\/(?:project|compan|exposure|blacklist)/,
  'searches, subscriptions and errors': /search|subscribe|error/,
  notices: /^\/notice\//,
  'figures, indicators and duties': /^\/(?:statistics|flags|score|visits)|comparison|rows of|indicator/,
  'articles and guides': /^\/(?:article|guides|policies|errata|rating|help)/,
  'disclosure and participation': /^\/(?:disclosure|participate)|submission|question/,
} as const;
const isInPart = (type: string) => Object.values(PARTS).some((pattern) => pattern.test(type));

/** The page as the buttons of a mode leave it. */
const setMode = (page: Page, mode: { theme: string; elder: boolean }) =>
  page.evaluate(({ theme, elder }) => {
    document.documentElement.dataset.theme = theme;
    document.documentElement.toggleAttribute('data-elder', elder);
  }, mode);

/** Axe finds nothing, whatever the mode. */
async function expectAccessible(page: Page, { type, address }: SamplePage, size: string): Promise<void> {
  for (const mode of MODES) {
    await setMode(page, mode);
    const where = `axe, ${mode.name} ${size}, of ${type}: ${address}`;
    expect.soft(await findViolations(page, mode.rules), where).toEqual([]);
  }
}

/** Nothing is to be scrolled sideways. */
async function expectToFit(page: Page, { type, address }: SamplePage): Promise<void> {
  for (const width of ZOOMED) {
    await page.setViewportSize({ width, height: 800 });
    for (const elder of [false, true]) {
      await setMode(page, { theme: 'light', elder });
      const excess = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
      expect.soft(excess, `width beyond ${width} px, elder mode ${elder}, of ${type}: ${address}`).toBe(0);
    }
  }
}

/** There are targets to hit with a finger, larger ones and larger text in elder mode. */
async function expectTargets(page: Page, { type, address }: SamplePage): Promise<void> {
  const where = `of ${type}: ${address}`;
  await setMode(page, { theme: 'light', elder: false });
  expect.soft(await findSmallTargets(page, TARGET_PX), `small targets ${where}`).toEqual([]);
  await setMode(page, { theme: 'light', elder: true });
  expect.soft(await findSmallTargets(page, ELDER_TARGET_PX), `small targets, elder mode, ${where}`).toEqual([]);
  expect.soft(await findSmallTexts(page, ELDER_TEXT_PX), `small texts, elder mode, ${where}`).toEqual([]);
}

/** Visits a page once, with nothing cached, for everything that every page must hold. */
async function visit(page: Page, sample: SamplePage): Promise<void> {
  await page.setViewportSize(DESKTOP);
  const readWeight = weigh(page);
  const answer = await page.goto(sample.address);
  await expectMeta(page, sample);
  await expectLandmarks(page, sample);
  const numbers = findPersonalData((await answer?.text()) ?? '');
  expect.soft(numbers, `personal numbers of ${sample.type}: ${sample.address}`).toEqual([]);
  await expectAccessible(page, sample, 'at 1280 px');
  await expectToFit(page, sample);
  await page.setViewportSize(PHONE);
  await expectAccessible(page, sample, 'at 390 px');
  await expectTargets(page, sample);
  await expectBudgets(page, sample, await readWeight());
  await forget(page);
}

/**
 * A page that visits one address after the other: opening another one takes as long as two questions to axe, and this one has read
 * axe's source before. Nothing is cached. Without transitions, so that colours are judged as they stay.
 */
async function openPage(browser: Browser, watch: (context: BrowserContext) => void): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  watch(context);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  return page;
}

/** Leaves nothing behind of what the page has stored in the browser. */
async function forget(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await page.context().clearCookies();
}

test.describe('every type of page has its meta tags and landmarks, passes axe, fits, can be hit, stays small', () => {
  for (const part of [...Object.keys(PARTS), 'all others'] as (keyof typeof PARTS | 'all others')[]) {
    test(part, async ({ browser, watch }) => {
      const isMeant = ({ type }: SamplePage) => (part === 'all others' ? !isInPart(type) : PARTS[part].test(type));
      const samples = readSitemap().samples.filter(isMeant);
      expect(samples).not.toEqual([]);
      const page = await openPage(browser, watch);
      for (const sample of samples) await test.step(`${sample.type}: ${sample.address}`, () => visit(page, sample));
      await page.context().close();
    });
  }
});
