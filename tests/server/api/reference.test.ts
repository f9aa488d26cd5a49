import { spawnSync } from 'node:child_process';
import * as cheerio from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '#db/client.ts';
import { getDocument } from '#src/server/openapi/document.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { seedAwards } from '#tests/support/seed-organizations.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';
import { writeLog } from '#tests/support/write-log.ts';

let portal: Portal;
let page: cheerio.CheerioAPI;
const operations = Object.values(getDocument(PORTAL_SITE).paths).flatMap((methods) => Object.values(methods));

beforeAll(async () => {
  portal = await startPortal(seedEverything);
  await writeLog(portal.db);
  page = cheerio.load(await (await fetch(`${portal.url}/developers`)).text());
});
afterAll(() => portal.stop());

/** Something of every kind, so that every example has what it names. */
function seedEverything(db: Db): void {
  seedSources(db);
  seedNotices(db, 60);
  seedAwards(db, 20, 5);
  seedExposure(db, {
    当事人: '某某建设有限公司',
    文号: '示财罚〔2026〕1号',
    决定日期: new Date().toISOString().slice(0, 10),
  });
}

/** Examples as a reader copies them, by operation. */
const samples = () =>
  page('[data-sample]')
    .toArray()
    .map((element) => ({ operation: page(element).attr('data-sample'), command: page(element).text().trim() }));

describe('the API reference', () => {
  it('shows every operation of the document under the address that the contents lead to', () => {
    const contents = page('nav a[href^="/developers#"]').toArray();
    const led = contents.map((link) => page(link).attr('href')?.split('#')[1]);
    expect(led.sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
    for (const id of led) expect(page(`#${id}`).length, id).toBe(1);
  });

  it('links to types that are explained', async () => {
    const types = cheerio.load(await (await fetch(`${portal.url}/developers/types`)).text());
    const links = [
      ...page('a[href^="/developers/types#"]').toArray(),
      ...types('a[href^="/developers/types#"]').toArray(),
    ];
    const led = new Set(links.map((link) => page(link).attr('href')?.split('#')[1]));
    expect(led.size).toBeGreaterThan(20);
    for (const name of led) expect(types(`#${name}`).length, name).toBe(1);
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
