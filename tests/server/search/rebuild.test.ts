import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { saveKeyValue } from '#db/key-values.ts';
import { rebuildFts, rebuildStep, refreshFts } from '#src/server/search/fts-index.ts';
import { ftsBackend } from '#src/server/search/fts-search.ts';
import { searchWith } from '#src/server/search/search.ts';
import {
  insertNotices,
  openTestDatabase,
  seedNotices,
  seedSources,
  toSeedNotice,
} from '#tests/support/seed-notices.ts';

const CHILD = join(import.meta.dirname, '../../support/rebuild-child.ts');
const NOTICES = 1_500;
const WORDS = ['测试项目', '曲阜', '项目 7', '采购 3'];

let db: Db;
let path: string;
let close: () => void;
beforeAll(() => {
  ({ db, path, close } = openTestDatabase());
  seedSources(db);
  seedNotices(db, NOTICES);
  rebuildFts(db);
});
afterAll(() => close());

const totals = () =>
  Promise.all(WORDS.map(async (q) => [q, (await searchWith(db, ftsBackend(db), { q, limit: 1 })).total]));
const rows = (sql: string) => db.$client.prepare(sql).all();
const terms = () => rows('SELECT term, kind, frequency FROM search_terms ORDER BY term');
const position = () => rows("SELECT value FROM key_values WHERE key = 'fts.rebuilt'");
/** An index that an earlier format of text has made. */
const outdate = () => saveKeyValue(db, 'fts.format', '1');

/** Goes on with the rebuild in a process of its own, which is killed after so many steps. True when it came to its end. */
async function runChild(killAfter = Number.POSITIVE_INFINITY): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (output.split('step').length > killAfter) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return output.includes('ended');
}

test('a rebuild that is killed goes on where it stopped, and nothing is missing meanwhile', async () => {
  const [wanted, words] = [await totals(), terms()];
  expect(wanted.filter(([, total]) => Number(total) > 0).length).toBeGreaterThan(1);
  outdate();
  const places: unknown[] = [];
  for (const steps of [1, 3, 2]) {
    expect(await runChild(steps)).toBe(false);
    places.push(position());
    expect(await totals()).toEqual(wanted);
  }
  expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(3);
  expect(await runChild()).toBe(true);
  expect(position()).toEqual([]);
  expect(await totals()).toEqual(wanted);
  expect(terms()).toEqual(words);
  expect(rows('SELECT count(*) AS n FROM search_documents')).toEqual([{ n: NOTICES }]);
  expect(() => db.$client.exec("INSERT INTO search_index (search_index) VALUES ('integrity-check')")).not.toThrow();
  expect(rebuildStep(db)).toBe(0);
});

test('what is published while it is under way is found at once, and once', async () => {
  outdate();
  const notice = { ...toSeedNotice(9_001), title: '重建期间新增的洸澜庭水闸工程招标公告' };
  for (let step = 0; rebuildStep(db) > 0; step++) {
    if (step === 2) {
      insertNotices(db, [notice]);
      refreshFts(db, [notice.id]);
    }
    if (step < 2) continue;
    const { items } = await searchWith(db, ftsBackend(db), { q: '洸澜庭水闸' });
    expect(items.map(({ id }) => id)).toEqual([notice.id]);
  }
  expect(rows('SELECT count(*) AS n FROM search_documents')).toEqual([{ n: NOTICES + 1 }]);
});
