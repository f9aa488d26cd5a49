import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Meilisearch } from 'meilisearch';
import pino from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { generateCorpus } from '#scripts/bench/search-quality/corpus.ts';
import { storeCorpus } from '#scripts/bench/search-quality/store-corpus.ts';
import { type Config, parseConfig } from '#src/server/config.ts';
import { createClient } from '#src/server/search/endpoint.ts';
import { type Engine, startEngine } from '#src/server/search/engine.ts';
import { drainFts, rebuildIndex } from '#src/server/search/indexer.ts';
import { enginePaths, findEngines, readMasterKey, sendSignal } from '#src/server/search/process.ts';
import { contains, hasSettings, rebuildEngineIndex } from '#src/server/search/rebuild.ts';
import { reconcileEngine } from '#src/server/search/reconcile.ts';
import { searchNotices } from '#src/server/search/search.ts';
import { INDEX_SETTINGS, INDEX_UID } from '#src/server/search/settings.ts';
import type { SearchPage } from '#src/server/search/types.ts';
import { followChanges } from '#src/worker/follow-changes.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { withTitle } from './rig.ts';

const COUNT = 300;
const corpus = generateCorpus(COUNT);
const log = pino({ level: 'silent' });
/** Far more than the two seconds that a notice may take, and less than an engine that does not come up is waited for. */
const PATIENCE = { timeout: 25_000, interval: 100 };
const LONG_PATIENCE = { timeout: 120_000, interval: 200 };

let db: Db;
let config: Config;
let following: { stop(): Promise<void> };

vi.mock('#src/server/config.ts', async (original) => ({
  ...(await original<typeof import('#src/server/config.ts')>()),
  getConfig: () => config,
}));

function follow(): typeof following {
  const stopping = new AbortController();
  const done = followChanges({ db, config, log }, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

beforeAll(async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tongming-behind-'));
  config = parseConfig({ DATA_DIR: directory, MEILI_PORT: '0' });
  db = openDatabase(join(directory, 'tongming.db'));
  storeCorpus(db, corpus);
  following = follow();
  await vi.waitFor(
    async () => expect((await searchNotices(db, { q: '改造' })).engine).toBe('meilisearch'),
    LONG_PATIENCE,
  );
});
afterAll(async () => {
  for (const pid of findEngines(config.DATA_DIR)) sendSignal(pid, 'SIGCONT');
  await following.stop();
  db.$client.close();
  removeFolder(config.DATA_DIR);
});

let published = 0;

/** Publishes a notice at this moment. Returns its title, which no other has. */
function publish(): string {
  const title = `寅卯辰巳${'甲乙丙丁戊己庚辛'[published]}号设备`;
  const id = `behind${'abcdefgh'[published]}aaaaaa`;
  const notice = withTitle(corpus, published++, { id, title, publishedAt: new Date().toISOString() });
  storeCorpus(db, [notice]);
  return title;
}

/** The page of a search for a title once the built-in index has it. */
async function findSoon(title: string, patience = PATIENCE): Promise<SearchPage> {
  return vi.waitFor(async () => {
    const page = await searchNotices(db, { q: `"${title}"` });
    expect(page.total).toBe(1);
    return page;
  }, patience);
}

const signalEngine = (signal: NodeJS.Signals) => {
  for (const pid of findEngines(config.DATA_DIR)) sendSignal(pid, signal);
};

/** The engine's client with every right. */
async function openClient(): Promise<Meilisearch> {
  const { url } = JSON.parse(readFileSync(join(config.DATA_DIR, 'meili', 'endpoint.json'), 'utf8')) as { url: string };
  return createClient(url, readMasterKey(config.DATA_DIR), 60_000);
}

/** Some seconds' work for the engine. */
const BATCHES = 3;

/** Gives the engine so much to do in another index that ours has to wait, while searches go on. */
async function occupy(client: Meilisearch): Promise<void> {
  const body = corpus.map((notice) => notice.body).join('');
  const documents = Array.from({ length: 60 }, (_, index) => ({ id: index, body: `${body}${index}` }));
  for (let batch = 0; batch < BATCHES; batch++) await client.index(`other${batch}`).addDocuments(documents);
}

/** Takes from the engine what is left of that work. */
const relieve = async (client: Meilisearch): Promise<void> => {
  const indexUids = Array.from({ length: BATCHES }, (_, batch) => `other${batch}`);
  await client.tasks.cancelTasks({ indexUids, statuses: ['enqueued', 'processing'] });
};

const idle = (client: Meilisearch) =>
  vi.waitFor(async () => {
    const { total } = await client.tasks.getTasks({ statuses: ['enqueued', 'processing'], limit: 1 });
    expect(total).toBe(0);
  }, LONG_PATIENCE);

test('settings that differ only in the order of ranking rules or searchable fields are other settings', async () => {
  const swapped = (key: 'rankingRules' | 'searchableAttributes') => ({
    ...INDEX_SETTINGS,
    [key]: INDEX_SETTINGS[key].toReversed(),
  });
  expect(contains(INDEX_SETTINGS, INDEX_SETTINGS)).toBe(true);
  expect(
    contains({ ...INDEX_SETTINGS, sortableAttributes: INDEX_SETTINGS.sortableAttributes.toReversed() }, INDEX_SETTINGS),
  ).toBe(true);
  for (const key of ['rankingRules', 'searchableAttributes'] as const)
    expect(contains(swapped(key), INDEX_SETTINGS), key).toBe(false);
});

test('an engine that hangs: what is published meanwhile is found, and the page says which index answers', async () => {
  const before = (await searchNotices(db, { q: '改造' })).total;
  signalEngine('SIGSTOP');
  const title = publish();
  const page = await findSoon(title);
  expect([page.engine, page.fallback, page.behind]).toEqual(['fts5', 'unavailable', false]);
  expect((await searchNotices(db, { q: '改造' })).total).toBe(before);
  signalEngine('SIGCONT');
  await vi.waitFor(async () => {
    const later = await searchNotices(db, { q: `"${title}"` });
    expect([later.engine, later.total]).toEqual(['meilisearch', 1]);
  }, LONG_PATIENCE);
});

test('an engine that is busy: its searches go on, but what it lacks is found in the built-in index', async () => {
  const client = await openClient();
  await occupy(client);
  const title = publish();
  const page = await vi.waitFor(async () => {
    const found = await findSoon(title);
    expect(found.fallback).toBe('behind');
    return found;
  }, LONG_PATIENCE);
  expect([page.engine, page.behind]).toEqual(['fts5', false]);
  await relieve(client);
  await idle(client);
  await vi.waitFor(
    async () => expect((await searchNotices(db, { q: title })).engine).toBe('meilisearch'),
    LONG_PATIENCE,
  );
});

test('an engine with data of another version: what is published meanwhile is found', async () => {
  writeFileSync(join(enginePaths(config.DATA_DIR).data, 'VERSION'), '1.2.3');
  signalEngine('SIGKILL');
  expect((await findSoon(publish())).engine).toBe('fts5');
  await vi.waitFor(
    async () => expect((await searchNotices(db, { q: '改造' })).engine).toBe('meilisearch'),
    LONG_PATIENCE,
  );
});

test('an engine that does not come up: the built-in index does not wait for it', async () => {
  await following.stop();
  const hanging = join(config.DATA_DIR, 'hanging-engine');
  writeFileSync(hanging, `#!/bin/sh\ntouch '${hanging}.runs'\nexec sleep 600\n`);
  chmodSync(hanging, 0o755);
  const usual = config;
  config = { ...usual, MEILI_BIN: hanging };
  following = follow();
  await vi.waitFor(() => expect(existsSync(`${hanging}.runs`)).toBe(true), PATIENCE);
  expect((await findSoon(publish())).engine).toBe('fts5');
  await following.stop();
  config = usual;
  following = follow();
  await vi.waitFor(
    async () => expect((await searchNotices(db, { q: '改造' })).engine).toBe('meilisearch'),
    LONG_PATIENCE,
  );
});

test('stopped before its engine runs, it waits for none', async () => {
  await following.stop();
  const hanging = join(config.DATA_DIR, 'hanging-engine');
  const usual = config;
  config = { ...usual, MEILI_BIN: hanging };
  rmSync(`${hanging}.runs`);
  await follow().stop();
  expect(existsSync(`${hanging}.runs`)).toBe(false);
  config = usual;
  following = follow();
});

test('an index that both lack: the page says as of when it is', async () => {
  await following.stop();
  const at = new Date(Date.now() - 60_000).toISOString();
  storeCorpus(db, [withTitle(corpus, published++, { id: 'behindlaaaaaa', title: '子丑寅卯', publishedAt: at })]);
  const page = await searchNotices(db, { q: '改造' });
  expect([page.behind, page.asOf]).toEqual([true, at]);
  while (drainFts(db) > 0);
  expect((await searchNotices(db, { q: '改造' })).behind).toBe(false);
  following = follow();
});

test('while the index is made again, what is published is found; other settings make it again', async () => {
  await following.stop();
  const engine = (await startEngine(config, log)) as Engine;
  await rebuildIndex(db, engine);
  await occupy(engine.client);
  const rebuilding = rebuildEngineIndex(db, engine);
  const title = publish();
  while (drainFts(db) > 0);
  const page = await vi.waitFor(async () => {
    const found = await findSoon(title);
    expect(found.fallback).toBe('behind');
    return found;
  }, LONG_PATIENCE);
  expect(page.engine).toBe('fts5');
  await relieve(engine.client);
  await rebuilding;
  await idle(engine.client);
  await engine.client.index(INDEX_UID).updateRankingRules(INDEX_SETTINGS.rankingRules.toReversed()).waitTask();
  expect(await hasSettings(engine.client, INDEX_UID)).toBe(false);
  expect((await reconcileEngine(db, engine)).rebuilt).toBe(true);
  expect(await hasSettings(engine.client, INDEX_UID)).toBe(true);
  await engine.stop();
  following = follow();
});
