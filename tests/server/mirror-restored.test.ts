import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { makeCreditCode } from '#scripts/demo/generate/codes.ts';
import { Random } from '#scripts/demo/generate/random.ts';
import { FOLLOWED } from '#src/domain/changes.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { importLibrary } from '#src/publish/library/import.ts';
import type { Problem } from '#src/server/api/problem-schema.ts';
import { restoreBackup } from '#src/server/backup/restore.ts';
import { writeBackup } from '#src/server/backup/write.ts';
import { newestOf } from '#src/server/changes/list.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import {
  cleanups,
  follow,
  openShared,
  PATIENCE,
  readOnce,
  type Shared,
  serve,
  startReader,
} from '#tests/support/mirror-harness.ts';
import { makeNotice, sendPush, signPush, toLines } from '#tests/support/push-client.ts';
import { PENALTIES, seedExposure } from '#tests/support/seed-exposures.ts';
import { seedSources } from '#tests/support/seed-notices.ts';
import { PORTAL_SITE, type Portal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

const random = new Random(11, 'mirror-restored');
const CODES = Array.from({ length: 60 }, () => makeCreditCode(random, '370811'));

/** A day in Shanghai, so many days from today. */
const day = (offset: number) => formatDate(addDays(new Date().toISOString(), offset));

const PUBLIC = {
  notices: `SELECT n.id, v.hash, v.content FROM published_notices n
    JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version ORDER BY n.id`,
  exposures: `SELECT e.id, v.hash FROM exposures e JOIN exposure_versions v ON v.exposure_id = e.id AND v.version = e.version
    WHERE e.withheld = 0 AND e.public_until > strftime('%Y-%m-%dT%H:%M:%fZ', 'now') ORDER BY e.id`,
  library: 'SELECT id, grade, certificate_no FROM qualifications ORDER BY id',
};

/** All that is public, of every kind that mirrors follow. */
const publicContent = (db: Db) =>
  Object.fromEntries(Object.entries(PUBLIC).map(([of, sql]) => [of, db.$client.prepare(sql).all()]));

interface Upstream {
  shared: Shared;
  portal: Portal;
  key: IssuedKey;
}

async function openUpstream(): Promise<Upstream> {
  const shared = openShared();
  seedSources(shared.db);
  const key = issueKey(shared.db, 'qufu', PORTAL_SITE, new Date().toISOString());
  return { shared, key, portal: await serve(shared) };
}

/** Notices, a decision and a certificate for each number, in the words of a round. */
async function edit({ shared: { db }, portal, key }: Upstream, numbers: readonly number[], round: string) {
  const items = numbers.map((number) => makeNotice(number, { bodyHtml: `<p>${round}：预算金额：${number} 万元</p>` }));
  expect((await sendPush(portal.url, await signPush(key, toLines(items)))).status).toBe(200);
  for (const number of numbers) {
    const fields = {
      当事人: `示例第${number}建设有限公司`,
      文号: `示财罚〔2026〕${number}号`,
      违法事实: `${round}的事实。`,
    };
    seedExposure(db, { ...fields, 决定日期: day(-40), 处罚有效期: day(300) }, { column: PENALTIES });
    const row = [`示例第${number}建设有限公司`, CODES[number] ?? '', '建筑工程施工总承包', `YS${number}`, round];
    const table = [
      ['企业名称', '统一社会信用代码', '资质名称', '证书编号', '资质等级', '来源地址'],
      [...row, 'https://register.example/list'],
    ];
    importLibrary(db, table, { source: '示例名录', ...byTester() });
  }
}

/** Stops the portal, restores the backup by the real procedure, and serves what is there then on the same port. */
async function restoreUpstream({ shared, portal, key }: Upstream, backup: string): Promise<Upstream> {
  await portal.stop();
  shared.db.$client.close();
  await restoreBackup({ dataDirectory: dirname(shared.path), from: backup });
  const db = openDatabase(shared.path);
  cleanups.push(() => db.$client.close());
  const restored = { ...shared, db };
  return { shared: restored, key, portal: await serve(restored, new URL(portal.url).port) };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, each) => from + each);

/** An upstream whose newest changes were read by a mirror and then lost with a restore; it has since given their numbers out anew. */
async function loseAndReuse(upstream: Upstream, readAll: (portal: Portal) => Promise<void>): Promise<Upstream> {
  const backup = join(dirname(upstream.shared.path), 'backup.db');
  await edit(upstream, range(0, 12), '备份之前');
  await readAll(upstream.portal);
  await writeBackup(upstream.shared.path, backup);
  // Corrections of what is in the backup, and what is not in it.
  await edit(upstream, range(8, 20), '备份之后');
  await readAll(upstream.portal);
  const lost = FOLLOWED.map((of) => newestOf(upstream.shared.db, of));
  const restored = await restoreUpstream(upstream, backup);
  await edit(restored, [...range(4, 6), ...range(30, 52)], '恢复之后');
  const reused = FOLLOWED.map((of) => newestOf(restored.shared.db, of));
  // By its numbers alone nothing is to be noticed: they have gone on beyond what the mirror has read.
  for (const [index, last] of reused.entries()) expect(last).toBeGreaterThan(lost[index] ?? 0);
  return restored;
}

async function expectSound(db: Db): Promise<void> {
  const results = await verifyInvariants(
    db,
    DATABASE_CHECKS.filter(({ key }) => !key.includes('index')),
  );
  expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
}

describe('a mirror whose upstream was restored from an older backup and gives numbers out again', () => {
  it('equals it at the end, and so does a mirror of the mirror', async () => {
    const [city, province] = [openShared(), openShared()];
    const upstream = await openUpstream();
    const source = follow(city, upstream.portal);
    const cityPortal = await serve(city);
    const above = follow(province, cityPortal, 'mirror-city');
    const readAll = async (portal: Portal) => {
      expect(await readOnce(city.db, source, portal)).toMatchObject({ state: 'succeeded', rejected: 0 });
      expect(await readOnce(province.db, above, cityPortal)).toMatchObject({ state: 'succeeded', rejected: 0 });
    };
    const old = (await (await fetch(`${upstream.portal.url}/api/v1/changes`)).json()) as { next: string };
    const restored = await loseAndReuse(upstream, readAll);
    const refused = await fetch(`${restored.portal.url}/api/v1/changes?since=${old.next}`);
    expect(refused.status).toBe(410);
    expect(((await refused.json()) as Problem).detail).toContain('从头读取');
    await readAll(restored.portal);
    const truth = publicContent(restored.shared.db);
    expect(truth.notices).toHaveLength(12 + 22);
    expect(publicContent(city.db)).toEqual(truth);
    expect(publicContent(province.db)).toEqual(truth);
    await expectSound(city.db);
    // From here on it follows as before.
    expect(await readOnce(city.db, source, restored.portal)).toMatchObject({ fetched: 0, changed: 0 });
    expect(city.db.$client.prepare('SELECT count(*) FROM mirror_told').pluck().get()).toBe(0);
  });

  it('equals it though the mirror is killed again and again while it reads everything anew', async () => {
    const mirror = openShared();
    const upstream = await openUpstream();
    const source = follow(mirror, upstream.portal);
    const restored = await loseAndReuse(upstream, async (portal) => {
      expect((await readOnce(mirror.db, source, portal)).state).toBe('succeeded');
    });
    for (let kill = 0; kill < 6; kill++) {
      const reader = startReader(mirror, source, restored.portal);
      await sleep(900 + 150 * kill);
      reader.kill('SIGKILL');
    }
    startReader(mirror, source, restored.portal);
    const truth = publicContent(restored.shared.db);
    await vi.waitFor(() => expect(publicContent(mirror.db)).toEqual(truth), PATIENCE);
  });

  it('equals it after a retry of what was put aside, which forgets the place but not the epoch', async () => {
    const { rewindMirror } = await import('#src/ingest/mirror/feed.ts');
    const mirror = openShared();
    const upstream = await openUpstream();
    const source = follow(mirror, upstream.portal);
    const restored = await loseAndReuse(upstream, async (portal) => {
      expect((await readOnce(mirror.db, source, portal)).state).toBe('succeeded');
    });
    rewindMirror(mirror.db, source);
    expect((await readOnce(mirror.db, source, restored.portal)).state).toBe('succeeded');
    expect(publicContent(mirror.db)).toEqual(publicContent(restored.shared.db));
  });
});

it('a mirror whose upstream was emptied keeps what it has until staff releases it', async () => {
  const mirror = openShared();
  const upstream = await openUpstream();
  await edit(upstream, range(0, 5), '清空之前');
  const source = follow(mirror, upstream.portal);
  await readOnce(mirror.db, source, upstream.portal);
  const emptied = await serve(openShared());
  follow(mirror, emptied);
  expect(await readOnce(mirror.db, source, emptied)).toMatchObject({
    state: 'held',
    error: expect.stringContaining('5 条'),
  });
  expect(publicContent(mirror.db).notices).toHaveLength(5);
  const { releaseSource } = await import('#src/ingest/run/records.ts');
  releaseSource(mirror.db, source);
  expect(await readOnce(mirror.db, source, emptied)).toMatchObject({ state: 'succeeded' });
  expect(publicContent(mirror.db).notices).toHaveLength(0);
});
