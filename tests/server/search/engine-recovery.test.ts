import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { storeCorpus } from '#scripts/bench/search-quality/store-corpus.ts';
import { drainChanges } from '#src/server/search/indexer.ts';
import { enginePaths, findEngines } from '#src/server/search/process.ts';
import { listQuarantined } from '#src/server/search/push.ts';
import { type Reconciliation, reconcileEngine } from '#src/server/search/reconcile.ts';
import { INDEX_UID } from '#src/server/search/settings.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { openRig, type Rig, withTitle } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await openRig(60);
});
afterAll(() => rig.close());

/** Reconciles once the engine answers again. */
function repair(): Promise<Reconciliation> {
  return vi.waitFor(() => reconcileEngine(rig.db, rig.engine), { timeout: 30_000, interval: 200 });
}

/** Documents that the announced search key finds. */
async function countFound(): Promise<number> {
  const path = join(rig.config.DATA_DIR, 'meili', 'endpoint.json');
  const { url, searchKey } = JSON.parse(readFileSync(path, 'utf8')) as { url: string; searchKey: string };
  const answer = await fetch(`${url}/indexes/${INDEX_UID}/search?limit=1000`, {
    headers: { authorization: `Bearer ${searchKey}` },
  });
  return ((await answer.json()) as { hits?: unknown[] }).hits?.length ?? -answer.status;
}

const paths = () => enginePaths(rig.config.DATA_DIR);

test('an engine is found that its worker could not note before it was killed', () => {
  rmSync(paths().pid);
  expect(findEngines(rig.config.DATA_DIR)).toEqual([rig.engine.pid()]);
  expect(findEngines(`${rig.config.DATA_DIR}x`)).toEqual([]);
});

test('data lost and killed: the empty engine gets a key of its own again and is filled', async () => {
  removeFolder(paths().data);
  process.kill(rig.engine.pid() ?? 0, 'SIGKILL');
  expect((await repair()).rebuilt).toBe(true);
  await vi.waitFor(async () => expect(await countFound()).toBe(60), { timeout: 10_000 });
});

test('data that the engine does not start on: it is started on none', async () => {
  writeFileSync(join(paths().data, 'VERSION'), '1.2.3');
  process.kill(rig.engine.pid() ?? 0, 'SIGKILL');
  expect((await repair()).rebuilt).toBe(true);
  expect(await countFound()).toBe(60);
});

test('files lost under a running engine: no document is blamed; a renewed engine is filled', async () => {
  removeFolder(paths().data);
  storeCorpus(rig.db, [withTitle(rig.corpus, 3, { title: '文件丢失之后' })]);
  await expect(drainChanges(rig.db, rig.engine)).rejects.toThrow();
  expect(listQuarantined(rig.db)).toEqual([]);
  await rig.engine.renew?.(false);
  expect((await repair()).rebuilt).toBe(true);
  expect(await countFound()).toBe(61);
});

test('renewed on empty data: the index is made again', async () => {
  await rig.engine.renew?.(true);
  expect((await repair()).rebuilt).toBe(true);
  expect(await countFound()).toBe(61);
});
