import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReadOnly } from '#db/client.ts';
import { RemovedByLawError } from '#src/domain/errors.ts';
import { REMOVED_MESSAGE } from '#src/publish/removal/guard.ts';
import { restoreBackup } from '#src/server/backup/restore.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { listChanges } from '#src/server/changes/list.ts';
import { DATABASE_NAME } from '#src/server/db.ts';
import { getExposure } from '#src/server/exposures/get.ts';
import { getNotice } from '#src/server/notices/get.ts';
import { addToList, type ListedRemoval } from '#src/server/removal/list.ts';
import { applyRemoval } from '#src/server/removal/remove.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { makeItems } from '#tests/support/test-site.ts';
import { TESTER } from '#tests/support/writer.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
/** Words that stand in one notice alone. */
const WORDS = '鸑鷟驺虞獬豸谛听';
const REASON = '示例人民法院（2026）示民终1号';

let rig: IngestRig;
let data: string;
let id: string;

beforeEach(async () => {
  rig = await startRig();
  rig.items = makeItems(20).map((item, at) => (at === 3 ? { ...item, body: `${item.body}<p>${WORDS}</p>` } : item));
  await rig.run();
  while ((await drainChanges(rig.db, null)) > 0);
  id = String(rig.rows(`SELECT notice_id AS id FROM notice_contents WHERE instr(content, '${WORDS}')`)[0]?.id);
  // A data directory: the database under its name, with its log, and a bulk file.
  data = join(dirname(rig.path), 'data');
  mkdirSync(join(data, 'bulk'), { recursive: true });
  rig.db.$client.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(rig.path, join(data, DATABASE_NAME));
  writeFileSync(join(data, 'bulk/all.csv'), WORDS);
});

afterEach(async () => {
  await rig.close();
});

const remove = (...arguments_: string[]) =>
  run(process.execPath, ['scripts/run.mjs', 'scripts/remove.ts', ...arguments_], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: data, MEILI_URL: '' },
  });

/** Files below a folder in which the words stand, in UTF-8. */
function findWords(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name);
    return statSync(path).isFile() && readFileSync(path).includes(WORDS);
  });
}

test('what is removed by law is nowhere in the data directory, nor in a backup that is restored; its row, seal and reason stay', async () => {
  const backup = join(dirname(data), 'before.db');
  await writeBackup(join(data, DATABASE_NAME), backup);
  expect(findWords(data).sort()).toEqual(['bulk/all.csv', DATABASE_NAME]);
  const { stdout } = await remove('notice', id, '--reason', REASON, '--dry-run');
  expect(stdout).toContain(id);
  expect(findWords(data)).toHaveLength(2);

  await remove('notice', id, '--reason', REASON, '--yes');
  expect(findWords(data)).toEqual([]);
  // Once more changes nothing.
  await remove('resume');
  const db = openReadOnly(join(data, DATABASE_NAME));
  const one = (sql: string) => db.$client.prepare(sql).all(id);
  expect(one('SELECT version, length(seal) AS seal FROM notice_revisions WHERE notice_id = ?')).toEqual([
    { version: 1, seal: 64 },
  ]);
  expect(one('SELECT kind, reason FROM redactions WHERE id = ?')).toEqual([{ kind: 'removed', reason: REASON }]);
  expect(one('SELECT * FROM notice_contents WHERE notice_id = ?')).toEqual([]);
  expect(() => getNotice(db, id)).toThrow(RemovedByLawError);
  expect(listChanges(db, 'notices', 0, 1_000).items.find((change) => change.id === id)).toMatchObject({
    kind: 'remove',
    removal: { reason: REASON },
  });
  db.$client.close();

  // A backup of before, put back: the list is applied before anything is served.
  expect(readFileSync(backup).includes(WORDS)).toBe(true);
  await restoreBackup({ dataDirectory: data, from: backup });
  expect(findWords(data)).toEqual([]);
});

test('what was listed before a crash is completed, and what the feed sends again does not come back', async () => {
  const listed: ListedRemoval = {
    ...{ subject: 'notice', id, reason: REASON, actor: TESTER, at: '2026-11-30T01:00:00.000Z', closed: [] },
  };
  addToList(data, [listed]);
  expect(findWords(data)).toContain(DATABASE_NAME);
  await remove('resume');
  expect(findWords(data)).toEqual([]);

  // The feed goes on listing it, also in other markup.
  applyRemoval(rig.db, listed);
  expect(await rig.run({ full: true })).toMatchObject({ created: 0, changed: 0 });
  rig.items = rig.items.map((item) => ({ ...item, body: `${item.body} ` }));
  await rig.run({ full: true });
  expect(rig.rows(`SELECT 1 FROM notice_contents WHERE instr(content, '${WORDS}')`)).toEqual([]);
  expect(rig.rows(`SELECT 1 FROM raw_items WHERE instr(list_item, '${WORDS}') OR instr(body, '${WORDS}')`)).toEqual([]);
  expect(await rig.breaches()).toEqual([]);
});

test('an entry of the exposure board goes likewise, and is not taken in again', async () => {
  seedSources(rig.db);
  const fields = { 当事人: `${WORDS}建设有限公司`, 文号: '示财罚〔2026〕1号', 决定日期: '2026-06-01' };
  const seeded = { now: Date.parse('2026-06-15T01:00:00.000Z') };
  const entry = seedExposure(rig.db, fields, seeded);
  const order = { reason: REASON, actor: TESTER, at: '2026-11-30T01:00:00.000Z', closed: [] };
  applyRemoval(rig.db, { subject: 'exposure', id: entry, ...order });
  expect(rig.rows(`SELECT withheld, authority, subject_uscc FROM exposures WHERE id = '${entry}'`)).toEqual([
    { withheld: 1, authority: '', subject_uscc: null },
  ]);
  expect(() => getExposure(rig.db, entry)).toThrow(RemovedByLawError);
  expect(listChanges(rig.db, 'exposures', 0, 10).items).toMatchObject([
    { id: entry, kind: 'remove', removal: { reason: REASON } },
  ]);
  expect(() => seedExposure(rig.db, fields, seeded)).toThrow(REMOVED_MESSAGE);
  expect(rig.count(`SELECT count(*) FROM raw_items WHERE instr(list_item, '${WORDS}建设')`)).toBe(0);
  expect(await rig.breaches()).toEqual([]);
});
