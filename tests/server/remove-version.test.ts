import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openReadOnly } from '#db/client.ts';
import { GoneError } from '#src/domain/errors.ts';
import { markVersion } from '#src/publish/removal/versions.ts';
import { restoreBackup } from '#src/server/backup/restore.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { DATABASE_NAME } from '#src/server/db.ts';
import { getExposure } from '#src/server/exposures/get.ts';
import { getNotice, getNoticeVersions } from '#src/server/notices/get.ts';
import type { ListedRemoval } from '#src/server/removal/list.ts';
import { applyRemoval } from '#src/server/removal/remove.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { searchNotices } from '#src/server/search/search.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { makeItems } from '#tests/support/test-site.ts';
import { TESTER } from '#tests/support/writer.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
/** Words that stand in the first version of one notice alone. */
const WORDS = '鸑鷟驺虞獬豸谛听';
const REASON = '示例人民法院（2026）示民终2号';
const BAD = 3;

let rig: IngestRig;
let data: string;
let id: string;
/** The feed's items, one with the words, and as the source has corrected it. */
const wrong = makeItems(20).map((item, at) => (at === BAD ? { ...item, body: `${item.body}<p>${WORDS}</p>` } : item));
const right = makeItems(20).map((item, at) =>
  at === BAD ? { ...item, body: `${item.body}<p>上一版有误。</p>` } : item,
);

beforeEach(async () => {
  rig = await startRig();
  rig.items = wrong;
  await rig.run();
  while ((await drainChanges(rig.db, null)) > 0);
  id = String(rig.rows(`SELECT notice_id AS id FROM notice_contents WHERE instr(content, '${WORDS}')`)[0]?.id);
  data = join(dirname(rig.path), 'data');
  mkdirSync(join(data, 'bulk'), { recursive: true });
});

afterEach(async () => {
  await rig.close();
});

/** Gives the data directory what the database holds, and a bulk file. */
function publish(): void {
  rig.db.$client.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(rig.path, join(data, DATABASE_NAME));
  writeFileSync(join(data, 'bulk/all.csv'), WORDS);
}

const command = (...arguments_: string[]) => ['scripts/run.mjs', 'scripts/remove.ts', ...arguments_];
const options = () => ({ cwd: ROOT, env: { ...process.env, DATA_DIR: data, MEILI_URL: '' } });
const remove = (...arguments_: string[]) => run(process.execPath, command(...arguments_), options());

/** Files below the data directory in which the words stand, in UTF-8. */
function findWords(): string[] {
  return readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(data, name);
    return statSync(path).isFile() && readFileSync(path).includes(WORDS);
  });
}

/** The removal of what version 1 says. */
function order(): ListedRemoval {
  const content = markVersion(rig.db, 'notice', id, 1);
  if (!content) throw new Error('version 1 says nothing');
  return { subject: 'notice', id, reason: REASON, actor: TESTER, at: '2026-11-30T01:00:00.000Z', closed: [], content };
}

const isAnywhere = () =>
  rig.count(`SELECT count(*) FROM (SELECT content AS text FROM notice_contents UNION ALL SELECT list_item FROM raw_items
    UNION ALL SELECT CAST(body AS TEXT) FROM raw_items UNION ALL SELECT body FROM notice_texts) WHERE instr(text, '${WORDS}')`) >
  0;

test('one version goes and the others stay; the history says that it was there, when, and why it is gone', async () => {
  rig.items = right;
  await rig.run({ full: true });
  while ((await drainChanges(rig.db, null)) > 0);
  publish();
  await expect(remove('notice', id, '--version', '9', '--reason', REASON, '--yes')).rejects.toThrow('没有这个版本');
  const { stdout } = await remove('notice', id, '--version', '1', '--reason', REASON, '--dry-run');
  expect(stdout).toContain('1 个版本');
  expect(findWords()).toHaveLength(2);
  await remove('notice', id, '--version', '1', '--reason', REASON, '--yes');
  expect(findWords()).toEqual([]);
  await remove('resume');

  const db = openReadOnly(join(data, DATABASE_NAME));
  const notice = getNotice(db, id);
  expect(notice.bodyHtml).toContain('上一版有误');
  expect(notice.versions).toMatchObject([
    { version: 2, reason: 'changed', hash: expect.stringMatching(/^[0-9a-f]{64}$/), removal: null },
    {
      version: 1,
      reason: 'created',
      hash: null,
      seal: expect.stringMatching(/^[0-9a-f]{64}$/),
      removal: { reason: REASON },
    },
  ]);
  expect((await searchNotices(db, { q: '上一版有误' })).items.map((item) => item.id)).toEqual([id]);
  db.$client.close();
});

test('the words of a removed version do not come again, under their own id or another; other words do', async () => {
  rig.items = right;
  await rig.run({ full: true });
  applyRemoval(rig.db, order());
  expect(isAnywhere()).toBe(false);

  rig.items = wrong.map((item, at) => (at === BAD ? { ...item, body: `${item.body} ` } : item));
  await rig.run({ full: true });
  rig.items = [...right, { ...wrong[BAD], id: 'item-again' } as (typeof wrong)[number]];
  await rig.run({ full: true });
  expect(isAnywhere()).toBe(false);
  expect(rig.count(`SELECT count(*) FROM raw_items WHERE source_item_id = 'item-again'`)).toBe(0);
  expect(getNotice(rig.db, id).version).toBe(2);

  rig.items = right.map((item, at) => (at === BAD ? { ...item, body: `${item.body}<p>又更正。</p>` } : item));
  expect(await rig.run({ full: true })).toMatchObject({ changed: 1, rejected: 0 });
  expect(getNotice(rig.db, id).versions.map(({ version }) => version)).toEqual([3, 2, 1]);
  expect(await rig.breaches()).toEqual([]);
});

test('a notice that says at present what was removed is down until its source has other words, after a restore as well', async () => {
  publish();
  const backup = join(dirname(data), 'before.db');
  await writeBackup(join(data, DATABASE_NAME), backup);
  rig.items = right;
  await rig.run({ full: true });
  publish();
  await remove('notice', id, '--version', '1', '--reason', REASON, '--yes');
  await restoreBackup({ dataDirectory: data, from: backup });
  expect(findWords()).toEqual([]);
  const restored = openReadOnly(join(data, DATABASE_NAME));
  expect(() => getNotice(restored, id)).toThrow(GoneError);
  expect(getNoticeVersions(restored, id)).toMatchObject([{ version: 1, hash: null, removal: { reason: REASON } }]);
  restored.$client.close();
});

test('the present version can go: the notice is down, its own words are refused, a corrected one is published', async () => {
  applyRemoval(rig.db, order());
  expect(() => getNotice(rig.db, id)).toThrow(GoneError);
  expect(isAnywhere()).toBe(false);
  expect(await rig.breaches()).toEqual([]);
  await rig.run({ full: true });
  expect(() => getNotice(rig.db, id)).toThrow(GoneError);
  rig.items = right;
  expect(await rig.run({ full: true })).toMatchObject({ changed: 1, rejected: 0 });
  expect(getNotice(rig.db, id).versions).toMatchObject([
    { version: 2, reason: 'restored' },
    { version: 1, removal: { reason: REASON } },
  ]);
  expect(await rig.breaches()).toEqual([]);
});

test('a version of an entry of the exposure board goes likewise', async () => {
  seedSources(rig.db);
  const fields = { 当事人: '山东示例建设有限公司', 文号: '示财罚〔2026〕1号', 决定日期: '2026-06-01' };
  const now = Date.parse('2026-06-15T01:00:00.000Z');
  const entry = seedExposure(rig.db, { ...fields, 处罚内容: `罚款一万元${WORDS}` }, { now });
  expect(seedExposure(rig.db, { ...fields, 处罚内容: '罚款一万元' }, { now })).toBe(entry);
  const content = markVersion(rig.db, 'exposure', entry, 1);
  if (!content) throw new Error('version 1 says nothing');
  const more = { reason: REASON, actor: TESTER, at: '2026-06-16T01:00:00.000Z', closed: [], content };
  applyRemoval(rig.db, { subject: 'exposure', id: entry, ...more });
  expect(getExposure(rig.db, entry, '2026-06-17T01:00:00.000Z').versions).toMatchObject([
    { version: 2, removal: null },
    { version: 1, hash: null, removal: { reason: REASON } },
  ]);
  expect(() => seedExposure(rig.db, { ...fields, 处罚内容: `罚款一万元${WORDS}` }, { now })).toThrow('依法删除');
  expect(
    rig.count(`SELECT count(*) FROM raw_items WHERE instr(list_item, '${WORDS}罚') OR instr(list_item, '${WORDS}"')`),
  ).toBe(0);
  expect(await rig.breaches('database')).toEqual([]);
});

/** Kills a removal as soon as something is to be seen in the data directory. */
async function killWhen(child: ChildProcess, seen: () => boolean): Promise<boolean> {
  const ended = once(child, 'exit');
  while (!seen() && child.exitCode === null) await sleep(1);
  const isKilled = child.kill('SIGKILL');
  await ended;
  return isKilled && child.signalCode === 'SIGKILL';
}

test('killed in the middle, wherever it is, the next call completes it', async () => {
  const list = join(data, 'removals.jsonl');
  const listed = () => (existsSync(list) ? readFileSync(list, 'utf8') : '');
  const moments: [string, () => boolean][] = [
    ['the removal is listed', () => listed() !== ''],
    ['the database has done it', () => listed().includes('"mark"')],
    ['the bulk files are gone', () => !existsSync(join(data, 'bulk'))],
  ];
  let killed = 0;
  for (const [, seen] of moments) {
    rmSync(data, { recursive: true });
    mkdirSync(join(data, 'bulk'), { recursive: true });
    publish();
    const child = spawn(process.execPath, command('notice', id, '--reason', REASON, '--yes'), {
      ...options(),
      stdio: 'ignore',
    });
    if (await killWhen(child, seen)) killed++;
    await remove('resume');
    expect(findWords()).toEqual([]);
    const db = openReadOnly(join(data, DATABASE_NAME));
    expect(db.$client.prepare('SELECT reason FROM removals WHERE id = ?').pluck().get(id)).toBe(REASON);
    db.$client.close();
  }
  expect(killed).toBeGreaterThan(0);
});
