import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';

let db: Db;
let path: string;
let close: () => void;
let fetcher: Fetcher;
let root: string;

beforeEach(() => {
  ({ db, path, close } = openTestDatabase());
  root = mkdtempSync(join(tmpdir(), 'tongming-folder-'));
  cpSync('tests/fixtures/feeds/folder', root, { recursive: true });
  fetcher = createFetcher({ allowPrivate: [], filesDir: root });
});
afterEach(async () => {
  await fetcher.close();
  close();
  rmSync(root, { recursive: true });
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

const column = (sql: string) => db.$client.prepare(sql).pluck().all();

describe('folders of files', () => {
  test('intentions: ten notices with their items; a second run changes nothing', async () => {
    const key = addFolder('intentions', '地区');
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 10, rejected: 0 });
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 0, changed: 0 });
    expect(new Set(column('SELECT stage FROM published_notices'))).toEqual(new Set(['procurementIntention']));
    // Five of them hold one item; the others name several budgets, of which none is the notice's.
    expect(column('SELECT count(*) FROM published_notices WHERE amount_fen IS NOT NULL')).toEqual([5]);
  });

  test('intentions: of seven notices in both exports none is new, and only the one that lost an item changed', async () => {
    const key = addFolder('intentions', '地区');
    const file = join(root, 'intentions/two-exports.csv');
    const [header = '', ...lines] = readFileSync(file, 'utf8').split('\n');
    const keep = (name: string) =>
      writeFileSync(file, [header, ...lines.filter((line) => line.startsWith(name))].join('\n'));
    keep('A_');
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 8 });
    keep('B_');
    expect(await runSource(db, key, { fetcher, full: true })).toMatchObject({ created: 2, changed: 1, unchanged: 6 });
    expect(column(`SELECT title FROM published_notices WHERE version > 1`)).toEqual([
      '山东省水利综合事业服务中心2026年03月(至)04月政府采购意向',
    ]);
  });

  test('land: no byte of the database holds an identity number, the rest is there', async () => {
    const key = addFolder('land', 'district');
    const { created } = await runSource(db, key, { fetcher, full: true });
    expect(created).toBe(241);
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
    const bytes = readFileSync(path).toString('latin1');
    expect(bytes).not.toMatch(/3708991900\d{8}/);
    expect(bytes).toContain('3708**************');
    expect(column("SELECT count(*) FROM notice_parties WHERE name LIKE '%*%'")).toEqual([0]);
  });
});
