import type { Page } from '@playwright/test';
import type { SamplePage } from '../page-types.ts';
import { expect } from '../test.ts';

/** Tags of the page design standard for government sites (国办发〔2017〕47号, annex), by kind of page. */
const SITE = ['SiteName', 'SiteDomain'];
const COLUMN = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
const ARTICLE = ['ArticleTitle', 'PubDate', 'ContentSource'];

/** Content of the page's meta tags by name. */
export const readMeta = (page: Page): Promise<Record<string, string>> =>
  page
    .locator('meta[name]')
    .evaluateAll((tags) =>
      Object.fromEntries(tags.map((tag) => [tag.getAttribute('name'), tag.getAttribute('content')])),
    );

/** Addresses that the page names as its own. */
export const readCanonical = (page: Page): Promise<(string | null)[]> =>
  page.locator('link[rel=canonical]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));

/** The page says what government sites must say of it. */
export async function expectMeta(page: Page, { type, address }: SamplePage): Promise<void> {
  const where = `of ${type}: ${address}`;
  const isArticle = /^\/(?:notice|project)\//.test(type);
  const isListed = type.startsWith('/');
  const tags = await readMeta(page);
  const wanted = [...SITE, ...(isListed ? COLUMN : []), ...(isArticle ? ARTICLE : [])];
  for (const name of wanted) expect.soft(tags[name] ?? '', `${name} ${where}`).toMatch(/\S/);
  expect.soft(tags.SiteDomain, `SiteDomain ${where}`).toBe('localhost');
  expect.soft(tags, `a code that nobody configured ${where}`).not.toHaveProperty('SiteIDCode');
  if (isArticle) expect.soft(tags.PubDate, `PubDate ${where}`).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$/);
  const own = new URL(address, page.url()).href;
  if (isListed) expect.soft(await readCanonical(page), `canonical address ${where}`).toEqual([own]);
  expect.soft(tags.robots, `robots ${where}`).toBe(isListed ? undefined : 'noindex');
}
