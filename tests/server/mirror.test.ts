import { describe, expect, it, vi } from 'vitest';
import type { Db } from '#db/client.ts';
import { retryRejected } from '#src/ingest/retry.ts';
import { NOTICE_READER } from '#src/publish/facts/reading.ts';
import { type IssuedKey, issueKey } from '#src/server/push/keys.ts';
import { readingCheck } from '#src/server/verify/reading.ts';
import { DATABASE_CHECKS, verifyInvariants } from '#src/server/verify/verify.ts';
import { startFeedServer } from '#tests/support/feed-server.ts';
import {
  cleanups,
  editAndKill,
  follow,
  openShared,
  PATIENCE,
  readOnce,
  serve,
  serveChanges,
} from '#tests/support/mirror-harness.ts';
import { makeNotice, sendPush, signPush, toLines } from '#tests/support/push-client.ts';
import { PORTAL_SITE, type Portal } from '#tests/support/test-portal.ts';
import { TESTER } from '#tests/support/writer.ts';

/** What is public: every notice's canonical content with its hash. */
function publicContent(db: Db): Map<string, string> {
  const sql = `SELECT n.id, v.hash || ' ' || v.content AS content FROM published_notices n
    JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version ORDER BY n.id`;
  const rows = db.$client.prepare(sql).all() as { id: string; content: string }[];
  return new Map(rows.map(({ id, content }) => [id, content]));
}

async function expectSound(db: Db): Promise<void> {
  const checks = [...DATABASE_CHECKS.filter(({ key }) => !key.includes('index')), readingCheck(NOTICE_READER)];
  const results = await verifyInvariants(db, checks);
  expect(results.filter(({ breaches }) => breaches > 0)).toEqual([]);
}

/** Thirty random edits by a county: new notices, corrections, withdrawals, restored ones. */
async function edit(portal: Portal, key: IssuedKey, round: number): Promise<void> {
  const items = Array.from({ length: 30 }, (_, each) => {
    const number = (round * 17 + each * 7) % 90;
    if ((round + each) % 6 === 0) return { id: `QF-${number}`, withdrawn: true };
    return makeNotice(number, { bodyHtml: `<p>第 ${round} 次内容，预算金额：${number + round} 万元</p>` });
  });
  const { status } = await sendPush(portal.url, await signPush(key, toLines(items)));
  expect(status).toBe(200);
}

describe('a mirror', () => {
  it('ends with the public content of its upstream, byte for byte, though both are killed on the way', async () => {
    const [upstream, mirror] = [openShared(), openShared()];
    const key = issueKey(upstream.db, 'qufu', PORTAL_SITE, new Date().toISOString());
    const first = await serve(upstream);
    const source = follow(mirror, first);
    const { portal, stop } = await editAndKill({ upstream, mirror, portal: first, source }, 12, (portal, round) =>
      edit(portal, key, round),
    );
    const truth = publicContent(upstream.db);
    expect(truth.size).toBeGreaterThan(30);
    await vi.waitFor(() => expect(publicContent(mirror.db)).toEqual(truth), PATIENCE);
    stop();
    await expectSound(mirror.db);
    const count = (sql: string) => mirror.db.$client.prepare(sql).pluck().get();
    expect(count("SELECT count(*) FROM raw_items WHERE state = 'rejected'")).toBe(0);
    // The comparison can fail: one more edit that nobody reads.
    await edit(portal, key, 13);
    expect(publicContent(mirror.db)).not.toEqual(publicContent(upstream.db));
  });

  it('of a mirror brings the counties’ notices from the city to the province', async () => {
    const [county, city, province] = [openShared(), openShared(), openShared()];
    const key = issueKey(county.db, 'qufu', PORTAL_SITE, new Date().toISOString());
    const [countyPortal, cityPortal] = [await serve(county), await serve(city)];
    const [fromCounty, fromCity] = [
      follow(city, countyPortal, 'mirror-county'),
      follow(province, cityPortal, 'mirror-city'),
    ];
    for (let round = 0; round < 3; round++) {
      await edit(countyPortal, key, round);
      expect((await readOnce(city.db, fromCounty, countyPortal)).state).toBe('succeeded');
      expect((await readOnce(province.db, fromCity, cityPortal)).state).toBe('succeeded');
      expect(publicContent(province.db)).toEqual(publicContent(county.db));
    }
    const names = province.db.$client.prepare("SELECT name FROM sources WHERE adapter = 'mirrored'").pluck().all();
    expect(names).toContain(county.db.$client.prepare("SELECT name FROM sources WHERE adapter = 'push'").pluck().get());
    await expectSound(province.db);
  });

  it('takes nothing twice, again from the start as well', async () => {
    const [upstream, mirror] = [openShared(), openShared()];
    const key = issueKey(upstream.db, 'qufu', PORTAL_SITE, new Date().toISOString());
    const portal = await serve(upstream);
    const source = follow(mirror, portal);
    await edit(portal, key, 1);
    const first = await readOnce(mirror.db, source, portal);
    expect(first).toMatchObject({ state: 'succeeded', rejected: 0 });
    expect(await readOnce(mirror.db, source, portal)).toMatchObject({ fetched: 0, created: 0, changed: 0 });
    const again = await readOnce(mirror.db, source, portal, true);
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: again.fetched });
    const versions = mirror.db.$client.prepare('SELECT max(version) FROM notices').pluck().get();
    expect(versions).toBe(1);
  });

  it('says who it is when it was registered, and its upstream shows how far it has read', async () => {
    const [upstream, mirror] = [openShared(), openShared()];
    const key = issueKey(upstream.db, 'qufu', PORTAL_SITE, new Date().toISOString());
    const portal = await serve(upstream, '0', { MIRRORS: 'province=某某省平台' });
    const board = async () => (await (await fetch(`${portal.url}/sync`)).text()).replaceAll(/\s+/g, ' ');
    await edit(portal, key, 1);
    await vi.waitFor(
      async () => expect(await board()).toMatch(/某某省平台：还没有读取，\s*还有 \d+ 项变更未读/),
      PATIENCE,
    );
    const source = follow(mirror, portal, 'mirror-upstream', { reader: 'province' });
    expect((await readOnce(mirror.db, source, portal)).state).toBe('succeeded');
    upstream.db.$client
      .prepare(
        "UPDATE key_values SET value = json_set(value, '$.at', '2026-01-01T00:00:00.000Z') WHERE key LIKE 'changes.reader%'",
      )
      .run();
    await readOnce(mirror.db, source, portal);
    await vi.waitFor(async () => expect(await board()).toMatch(/某某省平台：最近读取 [^，]+，\s*没有落后/), PATIENCE);
    const stranger = follow(mirror, portal, 'mirror-upstream', { reader: 'nobody' });
    expect(await readOnce(mirror.db, stranger, portal)).toMatchObject({ state: 'failed' });
  });
});

describe('a mirror does not believe its upstream', () => {
  async function collectChanges(): Promise<Record<string, unknown>[]> {
    const upstream = openShared();
    const key = issueKey(upstream.db, 'qufu', PORTAL_SITE, new Date().toISOString());
    const portal = await serve(upstream);
    await sendPush(
      portal.url,
      await signPush(key, toLines([makeNotice(1), makeNotice(2), makeNotice(3), makeNotice(4)])),
    );
    const response = await fetch(`${portal.url}/api/v1/changes`);
    return ((await response.json()) as { items: Record<string, unknown>[] }).items;
  }

  it('puts aside what is changed, unclean, or under a foreign source, with the reason, and takes the rest', async () => {
    const { default: canonicalize } = await import('canonicalize');
    const { sha256 } = await import('#src/publish/prepare/fingerprints.ts');
    const [one, two, three, four] = (await collectChanges()) as [Change, Change, Change, Change];
    type Change = Record<string, unknown> & { notice: Record<string, unknown> };
    const sealed = (change: Change, more: object) => {
      const notice = { ...change.notice, ...more };
      return { ...change, notice, hash: sha256(canonicalize(notice) ?? '') };
    };
    const mirror = openShared();
    const server = await serveChanges([
      { ...one, notice: { ...one.notice, title: '被改过的标题' } },
      sealed(two, { bodyHtml: '<p onclick="x()">文本</p><script>x()</script>' }),
      sealed(three, { bodyHtml: '<p>联系人手机 13812345678</p>' }),
      four,
    ]);
    const source = follow(mirror, server);
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ state: 'succeeded', created: 1, rejected: 3 });
    const reasons = mirror.db.$client
      .prepare("SELECT reasons FROM raw_items WHERE state = 'rejected' ORDER BY id")
      .pluck();
    const codes = (reasons.all() as string[]).map((json) => (JSON.parse(json) as { code: string }[])[0]?.code);
    expect(codes).toEqual(['hash', 'unclean', 'personal']);
    // The same source key is another upstream's from now on.
    const rival = follow(mirror, server, 'mirror-rival');
    mirror.db.$client.prepare('DELETE FROM key_values').run();
    expect(await readOnce(mirror.db, rival, server)).toMatchObject({ created: 0, rejected: 4 });
    expect(publicContent(mirror.db).size).toBe(1);
  });

  it('reads what was put aside again when staff asks, as it is upstream by then', async () => {
    const [one, two] = (await collectChanges()) as [{ notice: object }, object];
    const changes: object[] = [{ ...one, notice: { ...one.notice, title: '被改过的标题' } }, two];
    const mirror = openShared();
    const server = await serveChanges(changes);
    const source = follow(mirror, server);
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ created: 1, rejected: 1 });
    changes[0] = one;
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ created: 0 });
    expect(retryRejected(mirror.db, TESTER)).toEqual({ accepted: 0, rejected: 0, deferred: 1 });
    expect(await readOnce(mirror.db, source, server)).toMatchObject({ created: 1, unchanged: 1, rejected: 0 });
    expect(publicContent(mirror.db).size).toBe(2);
    expect(retryRejected(mirror.db, TESTER)).toEqual({ accepted: 0, rejected: 0, deferred: 0 });
  });

  it('fails when the answer is no page of changes, and keeps its place', async () => {
    const mirror = openShared();
    const server = await startFeedServer(() => ({ type: 'application/json', body: '{"items":"none"}' }));
    cleanups.push(() => server.close());
    const source = follow(mirror, server);
    expect(await readOnce(mirror.db, source, server)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('不合格式'),
    });
    for (const fault of ['login-page', 'truncated', 'status-500', 'reset'] as const) {
      server.break(fault);
      expect((await readOnce(mirror.db, source, server)).state, fault).toBe('failed');
    }
  });
});
