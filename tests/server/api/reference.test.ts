import { spawnSync } from 'node:child_process';
import * as cheerio from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { GENERAL_ARTICLES } from '#src/content/general.ts';
import { apiGroupUrl, apiTypesUrl, developersUrl } from '#src/domain/site/urls.ts';
import { LOG_SUBJECTS } from '#src/domain/tlog/subjects.ts';
import { seedArticles } from '#src/publish/articles/seed.ts';
import { logContent } from '#src/publish/log/contents.ts';
import { TAG_SLUGS } from '#src/server/api/tags.ts';
import { getDocument } from '#src/server/openapi/document.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { SEED_NOW, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { seedAwards } from '#tests/support/seed-organizations.ts';
import { seedReport } from '#tests/support/seed-report.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';
import { writeLog } from '#tests/support/write-log.ts';

let portal: Portal;
/** The first page, and those of all groups of operations and of types, by their addresses. */
const pages = new Map<string, cheerio.CheerioAPI>();
const operations = Object.values(getDocument(PORTAL_SITE).paths).flatMap((methods) => Object.values(methods));

beforeAll(async () => {
  portal = await startPortal(seedEverything);
  await writeLog(portal.db);
  const groups = Object.values(TAG_SLUGS).flatMap((slug) => [apiGroupUrl(slug), apiTypesUrl(slug)]);
  for (const address of [developersUrl(), apiTypesUrl(), ...groups]) {
    const response = await fetch(portal.url + address);
    expect([address, response.status]).toEqual([address, 200]);
    pages.set(address, cheerio.load(await response.text()));
  }
});
afterAll(() => portal.stop());

/** Something of every kind, so that every example has what it names. */
function seedEverything(db: Db): void {
  seedSources(db);
  seedNotices(db, 60);
  seedAwards(db, 20, 5);
  seedReport(db, SEED_NOW);
  seedArticles(db, GENERAL_ARTICLES.slice(0, 1), SEED_NOW);
  seedExposure(db, {
    当事人: '某某建设有限公司',
    文号: '示财罚〔2026〕1号',
    决定日期: new Date().toISOString().slice(0, 10),
  });
  const day = LOG_SUBJECTS.audit.example;
  logContent(db, { type: 'audit', id: day, version: 1, at: SEED_NOW }, { day, lastEvent: 1, chain: '0'.repeat(64) });
}

/** Examples as a reader copies them, by operation. */
const samples = () =>
  [...pages.values()].flatMap((page) =>
    page('[data-sample]')
      .toArray()
      .map((element) => ({ operation: page(element).attr('data-sample'), command: page(element).text().trim() })),
  );

/** Where all links of all pages lead that begin so. */
const linksTo = (start: string) => [
  ...new Set(
    [...pages.values()].flatMap((page) =>
      page(`a[href^="${start}"]`)
        .toArray()
        .map((link) => page(link).attr('href') ?? ''),
    ),
  ),
];

/** Every one of these addresses names one element of its page. */
function expectExplained(addresses: readonly string[]): void {
  for (const address of addresses) {
    const [path = '', id] = address.split('#');
    expect(pages.get(path)?.(`#${id}`).length, address).toBe(1);
  }
}

describe('the API reference', () => {
  it('shows every operation of the document under the address that the contents lead to', () => {
    const page = pages.get(developersUrl());
    const contents = page?.('nav a[href^="/developers/"][href*="#"]').toArray() ?? [];
    const led = contents.map((link) => page?.(link).attr('href') ?? '');
    expect(led.map((address) => address.split('#')[1]).sort()).toEqual(
      operations.map(({ operationId }) => operationId).sort(),
    );
    expectExplained(led);
  });

  it('links to types that are explained, every one of them', () => {
    const led = linksTo('/developers/types/').filter((address) => address.includes('#'));
    const types = Object.keys(getDocument(PORTAL_SITE).components.schemas);
    expect(led.map((address) => address.split('#')[1]).sort()).toEqual(types.sort());
    expectExplained(led);
  });

  it('has an example for every operation that reads', () => {
    const reading = Object.values(getDocument(PORTAL_SITE).paths).flatMap((methods) =>
      'get' in methods ? [methods.get.operationId] : [],
    );
    expect(
      samples()
        .map(({ operation }) => operation)
        .sort(),
    ).toEqual(reading.sort());
  });

  it('has examples that work as they stand when they are pasted into a shell', () => {
    for (const { operation, command } of samples()) {
      expect(command).toMatch(/^curl '[^' ]+'$/);
      // The shell itself takes the quotes apart; the site's public name is the only thing replaced.
      const told = spawnSync('sh', ['-c', command.replace(PORTAL_SITE, portal.url).replace('curl', "printf '%s'")], {
        encoding: 'utf8',
      });
      expect(told.stdout, operation).toMatch(/^http/);
    }
  });

  it('has examples that answer as documented', async () => {
    for (const { operation, command } of samples()) {
      const address = command.slice("curl '".length, -1).replace(PORTAL_SITE, portal.url);
      const response = await fetch(address);
      expect([operation, response.status]).toEqual([operation, 200]);
      const media = Object.keys(
        operations.find(({ operationId }) => operationId === operation)?.responses[200].content ?? {},
      );
      expect(
        media.map((type) => type.split(';')[0]),
        operation,
      ).toContain(response.headers.get('content-type')?.split(';')[0]);
      await response.body?.cancel();
    }
  });
});
