import type { Page } from '@playwright/test';
import type { SamplePage } from '../page-types.ts';
import { expect } from '../test.ts';

/** The page has one heading of the first level, its landmarks once, and says its language. */
export async function expectLandmarks(page: Page, { type, address }: SamplePage): Promise<void> {
  const where = `of ${type}: ${address}`;
  for (const role of ['banner', 'main', 'contentinfo'] as const) {
    expect.soft(await page.getByRole(role).count(), `${role} ${where}`).toBe(1);
  }
  expect.soft(await page.getByRole('heading', { level: 1 }).count(), `h1 ${where}`).toBe(1);
  const inMain = page.getByRole('main').getByRole('heading', { level: 1 });
  expect.soft(await inMain.count(), `h1 in main ${where}`).toBe(1);
  await expect.soft(page.getByRole('navigation', { name: '主导航' }), `navigation ${where}`).toBeVisible();
  await expect.soft(page.locator('html'), `language ${where}`).toHaveAttribute('lang', 'zh-CN');
}
