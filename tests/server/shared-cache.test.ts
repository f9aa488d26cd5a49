import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from '#scripts/launch/root.ts';
import { stopChild } from '#scripts/launch/supervise.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { findPort } from '#src/server/search/process.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { seedExposure } from '#tests/support/seed-exposures.ts';
import { type SeedNotice, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { type Portal, startPortal } from '#tests/support/test-portal.ts';
import { byTester } from '#tests/support/writer.ts';

const hasNginx = spawnSync('nginx', ['-v']).error === undefined;
/** Longer than any shared cache may answer by itself. */
const PATIENCE = { timeout: 40_000, interval: 250 };

let portal: Portal;
let nginx: ChildProcess;
let url: string;
let notice: SeedNotice;
let exposure: string;
const directory = mkdtempSync(join(tmpdir(), 'tongming-nginx-'));

/** The documented configuration, with the places and ports of this test. */
function configure(port: number): string {
  const documented = /```nginx\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/operations.md'), 'utf8'))?.[1] ?? '';
  const site = documented
    .replace('/var/cache/nginx/tongming', join(directory, 'cache'))
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('http://127.0.0.1:4321', portal.url);
  expect(site).toContain(portal.url);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${join(directory, kind)};`)
    .join(' ');
  return `daemon off; master_process off; pid ${join(directory, 'pid')}; error_log ${join(directory, 'error.log')};
events {} http { access_log off; ${temporary} ${site} }`;
}

beforeAll(async () => {
  if (!hasNginx) return;
  portal = await startPortal(
    (db) => {
      seedSources(db);
      [notice] = seedNotices(db, 60) as [SeedNotice];
      const decided = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      exposure = seedExposure(db, { 当事人: '某某建设有限公司', 文号: '示财罚〔2026〕1号', 决定日期: decided });
    },
    { LOG_LEVEL: 'debug' },
  );
  const port = await findPort(0);
  mkdirSync(join(directory, 'cache'));
  writeFileSync(join(directory, 'nginx.conf'), configure(port));
  nginx = spawn('nginx', ['-c', join(directory, 'nginx.conf'), '-e', join(directory, 'error.log')], {
    stdio: 'inherit',
  });
  url = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(`${url}/healthz`), PATIENCE);
});
afterAll(async () => {
  if (hasNginx) {
    await stopChild(nginx);
    await portal.stop();
  }
  removeFolder(directory);
});

/** Requests for a path that came through to us, with their status. */
const passed = (path: string, status?: number) =>
  portal
    .printed()
    .split('\n')
    .filter(
      (line) =>
        line.includes('"msg":"request"') &&
        line.includes(`"path":"${path}"`) &&
        (status === undefined || line.includes(`"status":${status}`)),
    );
const read = async (path: string) => (await fetch(url + path)).text();

describe.skipIf(!hasNginx)('nginx in front, configured as the documents say', () => {
  it('answers many readers with few requests of its own', async () => {
    const answers = new Set<string>();
    for (let reader = 0; reader < 200; reader++) answers.add(await read('/feeds/notices.rss'));
    expect(answers.size).toBe(1);
    expect(passed('/feeds/notices.rss').length).toBeLessThan(20);
  });

  it('shows what has changed, and asks only whether it has', async () => {
    const [page, list] = [`/notice/${notice.id}`, '/api/v1/notices'];
    for (const path of [page, list]) expect(await read(path)).toContain(notice.title);
    const askAgain = async () => {
      await read(page);
      return passed(page, 304).length;
    };
    await expect.poll(askAgain, PATIENCE).toBeGreaterThan(0);
    portal.db.$client.prepare("UPDATE notices SET title = '改过的标题' WHERE id = ?").run(notice.id);
    for (const path of [page, list]) await expect.poll(() => read(path), PATIENCE).toContain('改过的标题');
  });

  it('stops to show an entry whose publication has ended', async () => {
    const path = `/exposure/${exposure}`;
    expect(await read(path)).toContain('某某建设有限公司');
    const at = new Date(Date.now() - 1_000).toISOString();
    recordExposureEvent(portal.db, exposure, { kind: 'revoked', at, basis: '复议决定' }, byTester());
    await expect.poll(async () => (await fetch(url + path)).status, PATIENCE).toBe(410);
    expect(await read(path)).not.toContain('某某建设有限公司');
  });

  it('keeps no answer to what a reader sends, and no error', async () => {
    for (let time = 0; time < 2; time++) {
      expect((await fetch(`${url}/notice/aaaaaaaaaaaa`)).status).toBe(404);
      await fetch(`${url}/developers/validate`, { method: 'POST', body: new URLSearchParams({ kind: 'x' }) });
    }
    for (const path of ['/notice/aaaaaaaaaaaa', '/developers/validate'])
      await expect.poll(() => passed(path).length).toBe(2);
  });

  it('shows the last page while we cannot be reached, and nothing that may have ended', async () => {
    const before = await read('/counties');
    portal.kill();
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await read('/counties')).toBe(before);
    expect((await fetch(`${url}/exposure`)).status).toBe(502);
  });
});
