import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { encodeJsonGb18030 } from '#scripts/demo/platforms/gb18030.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { type RunSummary, runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { fixture, HAS_SAMPLES, sample } from '#tests/support/open-feed.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

const INTENTIONS = 'intentions/two-exports.csv';
const DEALS = 'land/deals.json';

let db: Db;
let path: string;
let close: () => void;
let fetcher: Fetcher;
let root: string;

beforeEach(() => {
  ({ db, path, close } = openTestDatabase());
  root = mkdtempSync(join(tmpdir(), 'tongming-folder-'));
  cpSync('tests/fixtures/feeds/folder', root, { recursive: true });
  // Readable in the repository, in GBK on the disk of a source.
  place(DEALS, encodeJsonGb18030(fixture(`folder/${DEALS}`).toString()));
  fetcher = createFetcher({ allowPrivate: [], filesDir: root });
});
afterEach(async () => {
  await fetcher.close();
  close();
  removeFolder(root);
});

/** Adds a source on a fixture folder. Its notices are of other places: they are taken as the city's. */
function addFolder(folder: string, placeColumn: string): string {
  const mappingFile = join(root, folder, 'mapping.json');
  const mapping = JSON.parse(readFileSync(mappingFile, 'utf8'));
  mapping.columns[placeColumn] = 'ignore';
  writeFileSync(mappingFile, JSON.stringify(mapping));
  const key = `folder-${folder}`;
  const name = `文件夹 ${folder}`;
  seedSources(db, [
    { key, name, county: 'jining', adapter: 'folder', settings: { folder }, schedule: '0 6 * * *', minimumItems: 1 },
  ]);
  return key;
}

/** Puts a file into its folder, in place of the one there. */
function place(name: string, content: string | Buffer): void {
  writeFileSync(join(root, name), content);
}

const column = (sql: string) => db.$client.prepare(sql).pluck().all();

/** Runs the first export of the file, then the second in its place. */
async function runExports(key: string): Promise<RunSummary[]> {
  const [header = '', ...lines] = readFileSync(join(root, INTENTIONS), 'utf8').split('\n');
  const runs: RunSummary[] = [];
  for (const name of ['A_', 'B_']) {
    place(INTENTIONS, [header, ...lines.filter((line) => line.startsWith(name))].join('\n'));
    runs.push(await runSource(db, key, { fetcher, full: true }));
  }
  return runs;
}

function expectNoIdentityNumber(): void {
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = readFileSync(path).toString('latin1');
  expect(bytes).not.toMatch(/3708991900\d{7}[\dX]/);
  expect(bytes).toContain('3708**************');
  expect(column("SELECT count(*) FROM notice_parties WHERE name LIKE '%*%'")).toEqual([0]);
}

describe('folders of files', () => {
  test('intentions: seven notices with their items; a second run changes nothing', async () => {
    const key = addFolder('intentions', '地区');
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 7, rejected: 0 });
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 0, changed: 0 });
    expect(new Set(column('SELECT stage FROM published_notices'))).toEqual(new Set(['procurementIntention']));
    // Four of them hold one item; the others name several budgets, of which none is the notice's.
    expect(column('SELECT count(*) FROM published_notices WHERE amount_fen IS NOT NULL')).toEqual([4]);
  });

  test('intentions: of four notices in both exports none is new, and only the one that lost an item changed', async () => {
    const [first, second] = await runExports(addFolder('intentions', '地区'));
    expect(first).toMatchObject({ created: 5 });
    expect(second).toMatchObject({ created: 2, changed: 1, unchanged: 3 });
    expect(column('SELECT title FROM published_notices WHERE version > 1')).toEqual([
      '洸澜庭水利服务中心2026年03月(至)04月政府采购意向',
    ]);
  });

  test('land: no byte of the database holds an identity number, the rest is there', async () => {
    const { created } = await runSource(db, addFolder('land', 'district'), { fetcher, full: true });
    expect(created).toBe(10);
    expectNoIdentityNumber();
  });
});

describe.skipIf(!HAS_SAMPLES)('real files', () => {
  beforeEach(() => {
    place(INTENTIONS, sample('ccgp-shandong.intentions.two-exports.20260130.csv'));
    place(DEALS, sample('landchina-old.deals.gbk.201812.json'));
  });

  test('intentions: ten notices, five of one item; a second run changes nothing', async () => {
    const key = addFolder('intentions', '地区');
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 10, rejected: 0 });
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 0, changed: 0 });
    expect(column('SELECT count(*) FROM published_notices WHERE amount_fen IS NOT NULL')).toEqual([5]);
  });

  test('intentions: of seven notices in both exports none is new, one changed', async () => {
    const [first, second] = await runExports(addFolder('intentions', '地区'));
    expect(first).toMatchObject({ created: 8 });
    expect(second).toMatchObject({ created: 2, changed: 1, unchanged: 6 });
    expect(column('SELECT title FROM published_notices WHERE version > 1')).toEqual([expect.stringContaining('水利')]);
  });

  test('land: 241 notices, no identity number', async () => {
    const { created } = await runSource(db, addFolder('land', 'district'), { fetcher, full: true });
    expect(created).toBe(241);
    expectNoIdentityNumber();
  });
});
