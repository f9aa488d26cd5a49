import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { expect, test } from 'vitest';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { SOURCES, seedSources } from '#src/ingest/sources.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { parseConfig } from '#src/server/config.ts';
import { startWorker } from '#src/worker/worker.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources as seedCountySources } from '#tests/support/seed-notices.ts';
import { makeItem, makeItems } from '#tests/support/test-site.ts';
import { byTester } from '#tests/support/writer.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(20);
}

function startTestWorker(rig: IngestRig, dataDir: string) {
  const config = parseConfig({ DATA_DIR: dataDir, FEED_ALLOW_PRIVATE: rig.feed.host, SEARCH_ENGINE: 'off' });
  return startWorker({ db: rig.db, config, log: pino({ level: 'silent' }) });
}

test('the worker reads a new source at once and then on schedule, keeps the index up, and stops without a trace', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongming-worker-'));
  const rig = await startRig({ schedule: '* * * * * *' });
  rig.items = makeItems(30);
  const worker = startTestWorker(rig, dataDir);
  await until(() => rig.count('SELECT count(*) FROM search_documents') === 30);
  rig.items = [makeItem(77, { date: '2026-06-21' }), ...rig.items];
  await until(() => rig.count('SELECT count(*) FROM search_documents') === 31);
  await worker.stop();
  expect(rig.count('SELECT count(*) FROM leases')).toBe(0);
  expect(rig.count(`SELECT count(*) FROM ingest_runs WHERE state = 'running'`)).toBe(0);
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
  removeFolder(dataDir);
});

test('the worker reads anew what older rules have read', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongming-worker-'));
  const rig = await startRig();
  rig.items = makeItems(30);
  await rig.run();
  rig.db.$client.exec(`UPDATE notices SET amount_fen = 1, facts = '{}', reading_rules = 0`);
  const worker = startTestWorker(rig, dataDir);
  await until(() => rig.count('SELECT count(*) FROM notices WHERE reading_rules = 0') === 0);
  await worker.stop();
  expect(await rig.breaches()).toEqual([]);
  await rig.close();
  removeFolder(dataDir);
});

test('the worker tells of an entry when a date ends its publication', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongming-worker-'));
  const rig = await startRig();
  seedCountySources(rig.db);
  const id = seedExposure(rig.db, {
    当事人: '示例日期建设有限公司',
    文号: '示财罚〔2026〕900号',
    决定日期: formatDate(addDays(new Date().toISOString(), -30)),
  });
  const end = new Date(Date.now() + 2_000).toISOString();
  recordExposureEvent(rig.db, id, { kind: 'repaired', at: end, basis: '示例文书' }, byTester());
  const told = rig.count(`SELECT max(seq) FROM changes WHERE subject = 'exposure'`);
  const worker = startTestWorker(rig, dataDir);
  await until(
    () => rig.count(`SELECT count(*) FROM key_values WHERE key = 'exposures.swept' AND value > '${end}'`) === 1,
  );
  await worker.stop();
  expect(rig.count(`SELECT max(seq) FROM changes WHERE subject = 'exposure'`)).toBeGreaterThan(told);
  await rig.close();
  removeFolder(dataDir);
}, 60_000);

test('a source that hangs does not keep the worker from stopping', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tongming-worker-'));
  const rig = await startRig();
  rig.items = makeItems(30);
  rig.feed.break('drip');
  const worker = startTestWorker(rig, dataDir);
  await until(() => rig.feed.requests.length > 0);
  await worker.stop();
  expect(rig.rows('SELECT state FROM ingest_runs')).toEqual([{ state: 'interrupted' }]);
  expect(rig.count('SELECT count(*) FROM leases')).toBe(0);
  await rig.close();
  removeFolder(dataDir);
});

test('seeding adds and updates, and never removes or forgets how a source is doing', async () => {
  const rig = await startRig();
  rig.items = makeItems(3);
  await rig.run();
  seedSources(rig.db, SOURCES);
  seedSources(
    rig.db,
    SOURCES.slice(0, 1).map((source) => ({ ...source, name: '改名' })),
  );
  expect(rig.count('SELECT count(*) FROM sources')).toBe(SOURCES.length + 1);
  expect(rig.source('jining-city')?.name).toBe('改名');
  expect(rig.source()?.last_item_count).toBe(3);
  await rig.close();
});
