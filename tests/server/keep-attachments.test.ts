import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentCopies, attachments, notices, sources } from '#db/schema/index.ts';
import { FileStore } from '#src/attachments/store.ts';
import { createFetcher, type Fetcher } from '#src/ingest/fetch.ts';
import { keepAttachments } from '#src/ingest/keep-attachments.ts';
import { appendChange } from '#src/publish/changes/append.ts';
import { copyNamedFiles } from '#src/server/backup/attachments.ts';
import { answerPublicFile } from '#src/server/files/public.ts';
import { getNotice } from '#src/server/notices/get.ts';
import { runCheck } from '#src/server/verify/check.ts';
import { filesCheck } from '#src/server/verify/files.ts';
import { docxOf, paragraph } from '#tests/support/planted-files.ts';
import { openTestDatabase, seedNotices, seedSources } from '#tests/support/seed-notices.ts';
import { byTester } from '#tests/support/writer.ts';

const opened = openTestDatabase();
const { db } = opened;
const folder = dirname(db.$client.name);
const store = new FileStore(folder);
const FILES: Record<string, Buffer> = {
  '/a.docx': docxOf(paragraph('招标文件')),
  '/person.docx': docxOf(paragraph('身份证号 370811199001011236')),
  '/page': Buffer.from('<html>登录</html>'),
  '/large.txt': Buffer.alloc(3_000_000, 0x41),
};
let asked: string[] = [];
let site: Server;
let base = '';
let fetcher: Fetcher;
let ids: string[];
let clock = Date.parse('2026-03-02T01:00:00.000Z');
beforeAll(async () => {
  site = createServer((request, response) => {
    asked.push(request.url ?? '');
    const bytes = FILES[request.url ?? ''];
    if (request.url === '/broken') response.writeHead(500).end();
    else if (request.url === '/elsewhere') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  base = `http://${host}`;
  fetcher = createFetcher({ allowPrivate: [host] });
  seedSources(db);
  seedNotices(db, 2);
  ids = db
    .select({ id: notices.id })
    .from(notices)
    .orderBy(notices.id)
    .all()
    .map(({ id }) => id);
  db.delete(attachments).run();
});
afterAll(async () => {
  await fetcher.close();
  site.close();
  opened.close();
});

const keep = () =>
  keepAttachments({
    db,
    intake: { store, scanner: undefined },
    fetcher,
    longestFile: 1_000_000,
    now: () => new Date(clock).toISOString(),
  });
const attach = (noticeId: string, position: number, path: string) => {
  db.insert(attachments)
    .values({ noticeId, position, name: `附件${position}`, url: base + path })
    .run();
  appendChange(db, { subject: 'notice', id: noticeId, version: 1, kind: 'upsert' }, byTester());
};
const copies = () =>
  Object.fromEntries(
    db
      .select()
      .from(attachmentCopies)
      .all()
      .map(({ url, state, reason, attempts }) => [url.slice(base.length), [state, reason, attempts]]),
  );
const hashOf = (path: string) =>
  db
    .select()
    .from(attachmentCopies)
    .where(eq(attachmentCopies.url, base + path))
    .get()?.sha256 ?? '';

describe('attachments of feeds', () => {
  test('are kept, or it is said why not; what may come later is asked again, ever more rarely', async () => {
    const paths = ['/a.docx', '/person.docx', '/page', '/large.txt', '/broken', '/gone', '/elsewhere'];
    for (const [position, path] of paths.entries()) attach(ids[0] ?? '', position, path);
    expect(await keep()).toBe(1);
    expect(copies()).toEqual({
      '/a.docx': ['kept', '', 1],
      '/person.docx': ['refused', '附件含有身份证件号码或银行卡号，本站不保存', 1],
      '/page': ['refused', '这种文件不能作为附件', 1],
      '/large.txt': ['refused', '文件超过 0 MB，没有保存', 1],
      '/broken': ['waiting', '对方返回 500', 1],
      '/gone': ['failed', '对方返回 404', 1],
      '/elsewhere': ['refused', expect.stringContaining('地址不允许访问'), 1],
    });
    asked = [];
    expect(await keep()).toBe(0);
    expect(asked).toEqual([]);
    for (let round = 0; round < 6; round++) {
      clock += 7 * 86_400_000;
      await keep();
    }
    expect(asked.filter((path) => path === '/broken')).toHaveLength(4);
    expect(copies()['/broken']).toEqual(['failed', '对方返回 500', 5]);
  });

  test('are shown and given with their notice, under a name that says what they are', async () => {
    const sha256 = hashOf('/a.docx');
    const [shown] = getNotice(db, ids[0] ?? '').attachments;
    expect(shown).toMatchObject({
      name: '附件0',
      url: `${base}/a.docx`,
      copy: { sha256, size: FILES['/a.docx']?.length },
    });
    const answer = await answerPublicFile(db, folder, sha256, new Headers());
    expect(answer.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('附件0')}.docx`);
    db.update(notices)
      .set({ withdrawnAt: new Date(clock).toISOString() })
      .where(eq(notices.id, ids[0] ?? ''))
      .run();
    await expect(answerPublicFile(db, folder, sha256, new Headers())).rejects.toMatchObject({ status: 410 });
    db.update(notices)
      .set({ withdrawnAt: null })
      .where(eq(notices.id, ids[0] ?? ''))
      .run();
  });

  test('of sources that are not to be kept stay where they are', async () => {
    db.update(sources).set({ keepsFiles: false }).run();
    attach(ids[1] ?? '', 0, '/a.docx');
    asked = [];
    expect([await keep(), asked]).toEqual([0, []]);
    db.update(sources).set({ keepsFiles: true }).run();
    expect(await keep()).toBe(1);
  });
});

describe('kept files', () => {
  test('are copied with a backup, checked, and missed when they are changed', async () => {
    const target = mkdtempSync(join(tmpdir(), 'copy-'));
    const check = () => runCheck(db, filesCheck(folder));
    try {
      expect(await copyNamedFiles(db.$client.name, folder, target)).toEqual([]);
      expect((await runCheck(db, filesCheck(target))).breaches).toBe(0);
      expect((await check()).breaches).toBe(0);
      writeFileSync(store.pathOf(hashOf('/a.docx')), 'changed');
      expect(await check()).toMatchObject({ breaches: 1 });
      rmSync(store.pathOf(hashOf('/a.docx')));
      expect((await check()).examples[0]).toContain('文件不在');
      expect(await copyNamedFiles(db.$client.name, target, folder)).toEqual([]);
      expect((await check()).breaches).toBe(0);
    } finally {
      rmSync(target, { recursive: true });
    }
  });
});
