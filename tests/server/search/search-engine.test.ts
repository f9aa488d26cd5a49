import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { storeCorpus } from '#scripts/bench/search-quality/store-corpus.ts';
import { removeFromEngine } from '#src/server/removal/purge.ts';
import { applyRemoval } from '#src/server/removal/remove.ts';
import { startEngine } from '#src/server/search/engine.ts';
import { reconcileFts } from '#src/server/search/fts-index.ts';
import { drainChanges, rebuildIndex } from '#src/server/search/indexer.ts';
import { listQuarantined } from '#src/server/search/push.ts';
import { reconcileEngine } from '#src/server/search/reconcile.ts';
import { searchNotices } from '#src/server/search/search.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { engineCheck, findRunningEngine } from '#src/server/verify/engine-index.ts';
import { TESTER } from '#tests/support/writer.ts';
import { openRig, type Rig, withTitle } from './rig.ts';

let rig: Rig;
let dataDir = '';

vi.mock('#src/server/config.ts', async (original) => ({
  ...(await original<typeof import('#src/server/config.ts')>()),
  getConfig: () => ({ ...rig.config, DATA_DIR: dataDir }),
}));

beforeAll(async () => {
  rig = await openRig(300);
  dataDir = rig.config.DATA_DIR;
});
afterAll(() => rig.close());

const search = () => searchNotices(rig.db, { q: '改造' });

/** Asks until the answer comes from the wanted engine. */
async function searchOn(engine: 'meilisearch' | 'fts5') {
  for (;;) {
    const page = await search();
    if (page.engine === engine) return page;
    await sleep(200);
  }
}

test('keys are private; the web role gets a search-only key', async () => {
  const path = join(dataDir, 'meili', 'endpoint.json');
  for (const file of [path, join(dataDir, 'meili', 'key')]) expect(statSync(file).mode & 0o077).toBe(0);
  const { url, searchKey } = JSON.parse(readFileSync(path, 'utf8')) as { url: string; searchKey: string };
  const answer = await fetch(`${url}/indexes/${INDEX_UID}/documents`, {
    headers: { authorization: `Bearer ${searchKey}` },
  });
  expect(answer.status).toBe(403);
});

test('what is removed by law is no document of the engine any more', async () => {
  const client = await findRunningEngine(rig.config);
  const removed = rig.corpus[7];
  if (!client || !removed) throw new Error('no engine, or no notice');
  const documents = client.index(INDEX_UID);
  expect(await documents.getDocument(removed.id)).toMatchObject({ id: removed.id });
  const order = { reason: '示例判决', actor: TESTER, at: '2026-11-30T01:00:00.000Z', closed: [] };
  applyRemoval(rig.db, { subject: 'notice', id: removed.id, ...order });
  await removeFromEngine(client, [removed.id]);
  await expect(documents.getDocument(removed.id)).rejects.toThrow('not found');
  // What follows the changes leaves it so.
  while ((await drainChanges(rig.db, rig.engine)) > 0);
  await expect(documents.getDocument(removed.id)).rejects.toThrow('not found');
});

test("an answer is named after the index that looked for it: choices of spellings and exclusions are not the engine's", async () => {
  await searchOn('meilisearch');
  for (const q of ['改造 -道路', '改造 或 道路', '电脑采购']) {
    const page = await searchNotices(rig.db, { q });
    expect([q, page.engine, page.fallback]).toEqual([q, 'fts5', null]);
  }
  expect((await search()).engine).toBe('meilisearch');
});

test('engine killed: the built-in index gives the same answer; restarted: used again', async () => {
  const before = await searchOn('meilisearch');
  process.kill(rig.engine.pid() ?? 0, 'SIGKILL');
  const during = await search();
  expect(during.engine).toBe('fts5');
  expect(during.total).toBe(before.total);
  expect((await searchOn('meilisearch')).total).toBe(before.total);
});

test('engine stopped (hung): answers come within two seconds from the built-in index', async () => {
  await searchOn('meilisearch');
  const pid = rig.engine.pid() ?? 0;
  process.kill(pid, 'SIGSTOP');
  const during = await search();
  process.kill(pid, 'SIGCONT');
  expect(during.engine).toBe('fts5');
  await searchOn('meilisearch');
});

/** Every one of thirty turns waiting for the engine's time limit would take 36 s. */
const CROWD_LIMIT = 30_000;

test('a crowd waits its turn, and not one after the other for an engine that hangs', {
  timeout: CROWD_LIMIT,
}, async () => {
  const { total } = await searchOn('meilisearch');
  const crowd = (people: number) => Promise.all(Array.from({ length: people }, search));
  for (const page of await crowd(60)) expect([page.engine, page.total]).toEqual(['meilisearch', total]);
  const pid = rig.engine.pid() ?? 0;
  process.kill(pid, 'SIGSTOP');
  const during = await crowd(120);
  process.kill(pid, 'SIGCONT');
  for (const page of during) expect([page.engine, page.total]).toEqual(['fts5', total]);
  await searchOn('meilisearch');
});

test('verify tells a document that is wrong from one that moved while the list was read', async () => {
  const { client } = rig.engine;
  await searchOn('meilisearch');
  const index = client.index(INDEX_UID);
  const { results } = await index.getDocuments<{ id: string; version: number }>({ limit: 2 });
  const [moved, wrong] = results;
  if (!moved || !wrong) throw new Error('no documents');
  const put = (document: object) => index.addDocuments([document]).waitTask();
  let pages = 0;
  const reading = {
    index: () => ({
      async getDocuments(asked: object) {
        const page = await index.getDocuments(asked);
        // It goes to the end, and all behind it one place forward.
        if (pages++ === 0) {
          await index.deleteDocument(moved.id).waitTask();
          await put(moved);
        }
        return page;
      },
    }),
  } as unknown as typeof client;
  const found = async (through: typeof client) => Array.fromAsync(engineCheck(through, 100).find(rig.db));
  expect(await found(reading)).toEqual([]);
  expect(pages).toBeGreaterThan(2);
  await put({ ...wrong, version: 77 });
  expect(await found(client)).toEqual([expect.stringContaining(`${wrong.id} 引擎中为第 77 版`)]);
  await put(wrong);
  await index.deleteDocument(moved.id).waitTask();
  expect(await found(client)).toEqual([`${moved.id} 不在引擎中`]);
  await put(moved);
  expect(await found(client)).toEqual([]);
});

test('index wiped, emptied or without settings: reconcile makes it again', async () => {
  const { client } = rig.engine;
  const before = (await searchOn('meilisearch')).total;
  await client.deleteIndex(INDEX_UID).waitTask();
  expect((await search()).engine).toBe('fts5');
  expect((await reconcileEngine(rig.db, rig.engine)).rebuilt).toBe(true);
  expect((await searchOn('meilisearch')).total).toBe(before);
  await client.index(INDEX_UID).resetSettings().waitTask();
  expect((await reconcileEngine(rig.db, rig.engine)).rebuilt).toBe(true);
  await client.index(INDEX_UID).deleteAllDocuments().waitTask();
  expect((await reconcileEngine(rig.db, rig.engine)).rebuilt).toBe(true);
  expect(await reconcileEngine(rig.db, rig.engine)).toEqual({ repaired: 0, rebuilt: false });
});

test('single missing, extra and outdated documents are repaired', async () => {
  const index = rig.engine.client.index(INDEX_UID);
  const [a, b] = rig.corpus.slice(0, 2).map(({ id }) => id);
  await index.deleteDocument(a ?? '').waitTask();
  await index.addDocuments([{ id: 'stranger', version: 1 }]).waitTask();
  rig.db.$client.prepare('DELETE FROM search_documents WHERE notice_id = ?').run(b);
  const first = await reconcileEngine(rig.db, rig.engine);
  expect(first.rebuilt).toBe(false);
  expect(first.repaired).toBeGreaterThan(0);
  expect([reconcileFts(rig.db), reconcileFts(rig.db)]).toEqual([1, 0]);
  expect(await reconcileEngine(rig.db, rig.engine)).toEqual({ repaired: 0, rebuilt: false });
});

test('one bad document among many is set aside; the others are searchable', async () => {
  const extra = [
    ...rig.corpus.slice(0, 40).map((notice, index) =>
      withTitle(rig.corpus, index, {
        ...notice,
        id: `good${'abcdefgh'[index % 8]}${'abcdefgh'[index >> 3]}aaaaaa`,
        title: `隔离测试${index}`,
      }),
    ),
    withTitle(rig.corpus, 41, { id: '公告-5', title: '隔离测试坏' }),
  ];
  storeCorpus(rig.db, extra);
  while ((await drainChanges(rig.db, rig.engine)) > 0);
  expect(listQuarantined(rig.db).map(({ id }) => id)).toEqual(['公告-5']);
  const page = await searchNotices(rig.db, { q: '隔离测试' });
  expect([page.engine, page.total]).toEqual(['meilisearch', 40]);
  expect(await reconcileEngine(rig.db, rig.engine)).toMatchObject({ rebuilt: false });
  await rebuildIndex(rig.db, rig.engine);
  expect(listQuarantined(rig.db)).toHaveLength(1);
});

test('after a rebuild neither index has anything left to take', async () => {
  rig.db.$client.prepare('DELETE FROM key_values').run();
  await rebuildIndex(rig.db, rig.engine);
  expect(await drainChanges(rig.db, rig.engine)).toBe(0);
});

test('a second start takes over from a server that was left behind', async () => {
  const left = rig.engine.pid() ?? 0;
  const second = await startEngine({ ...rig.config }, pino({ level: 'silent' }));
  expect(() => process.kill(left, 0)).toThrow();
  await second?.stop();
  expect(second).not.toBeNull();
});

test('no engine configured: null, and searches still work', async () => {
  expect(await startEngine({ ...rig.config, SEARCH_ENGINE: 'off' }, pino({ level: 'silent' }))).toBeNull();
  expect((await search()).engine).toBe('fts5');
});
