import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWatched, watchingEnvironment } from '#scripts/bench/loop/watching.ts';
import { sampleWorstQueries } from '#scripts/bench/loop/worst-queries.ts';
import { generateCorpus } from '#scripts/bench/search-quality/corpus.ts';
import { storeCorpus } from '#scripts/bench/search-quality/store-corpus.ts';
import { MOST } from '#src/domain/search/limits.ts';
import { rebuildFts } from '#src/server/search/fts-index.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';

const COUNT = 2_000;
const QUERIES = 40;
const SEED = 20_260_402;
const CLIENTS = 6;
/** What a search reads, and what counts notices one by one. */
const LONG = /search_index|search_documents|search_terms|search_aliases|code_keys|organization_search|GROUP BY \+n\./;
/** The counts of one day, which every page of a county shows. */
const TODAY = /WHERE n\.published_at >= \? GROUP BY/;
/** Every way to a search, and lists whose numbers are not kept. */
const PLACES = [
  '/search?q=',
  '/search?limit=200&sort=amount&q=',
  '/api/v1/search?limit=200&q=',
  '/feeds/notices.atom?q=',
  '/feeds/deadlines.ics?q=',
  '/api/v1/notices.csv?q=',
  '/api/v1/notices.xlsx?q=',
  '/api/v1/ocds/releases?q=',
  '/api/v1/disposals?q=',
  '/companies?q=',
];
const LISTS = [
  '/notices?status=closed',
  '/notices/procurement?min=1',
  '/notices/procurement/tenderNotice?max=9999999',
  '/county/qufu/notices?from=2020-01-05&to=2021-05-05',
  '/api/v1/notices?to=2020-12-30',
  '/api/v1/organizations?q=山东',
];

const folder = mkdtempSync(join(tmpdir(), 'tongming-watched-'));
const watched = join(folder, 'watched.json');
let portal: Portal;

beforeAll(async () => {
  portal = await startPortal(
    (db) => {
      storeCorpus(db, generateCorpus(COUNT));
      rebuildFts(db);
    },
    { ...watchingEnvironment(watched), RATE_LIMIT: '1000000' },
  );
});
afterAll(async () => {
  await portal.stop();
  removeFolder(folder);
});

const get = (path: string) => fetch(portal.url + path);
const statements = async () => Object.keys((await readWatched(portal.pid, watched)).statements);

describe('the thread that answers everybody', () => {
  it(`runs no statement of a search or of a count: ${QUERIES} worst queries, seed ${SEED}`, async () => {
    await get('/notices');
    expect(await statements()).not.toEqual([]);
    const paths = sampleWorstQueries(QUERIES, SEED).flatMap((query, index) =>
      PLACES.filter((_, place) => (place + index) % 3 === 0).map((place) => place + encodeURIComponent(query)),
    );
    const inTurn = pLimit(CLIENTS);
    const statuses = await Promise.all(
      [...paths, ...LISTS].map((path) =>
        inTurn(async () => {
          const answer = await get(path);
          const text = await answer.text();
          if (answer.status === 503) {
            expect(Number(answer.headers.get('retry-after')), path).toBeGreaterThan(0);
            expect(text).toMatch(/再试/);
          }
          return answer.status;
        }),
      ),
    );
    expect(statuses.filter((status) => ![200, 400, 404, 503].includes(status))).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(paths.length / 3);
    expect((await statements()).filter((sql) => LONG.test(sql) && !TODAY.test(sql))).toEqual([]);
  });

  it('answers with what it leaves out: a page says so and its links are for what it looked for, programs get 400', async () => {
    const names = Array.from(
      { length: MOST.terms + 1 },
      (_, index) => `工${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午'[index]}`,
    );
    const q = encodeURIComponent(`${names.join(' ')} 改造`);
    const page = await (await get(`/search?q=${q}`)).text();
    expect(page).toContain(`没有用上：“${names.at(-1)}”、“改造”`);
    for (const [, link] of page.matchAll(/href="([^"]*notices\.csv[^"]*)"/g)) {
      expect((await get((link ?? '').replaceAll('&amp;', '&').replace(/^http:\/\/[^/]+/, ''))).status).toBe(200);
    }
    for (const path of ['/api/v1/search', '/feeds/notices.json', '/api/v1/notices.csv']) {
      const answer = await get(`${path}?q=${q}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        400,
        expect.stringContaining('problem+json'),
      ]);
      const { errors } = (await answer.json()) as { errors: { name: string; message: string }[] };
      expect(errors).toEqual([{ name: 'q', message: expect.stringContaining('改造') }]);
    }
  });
});
