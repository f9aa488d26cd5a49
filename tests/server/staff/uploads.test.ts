import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as ask } from 'node:http';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uploads } from '#db/schema/files.ts';
import { createDemoStaff, DEMO_PASSWORD } from '#scripts/demo/staff.ts';
import { FileStore } from '#src/attachments/store.ts';
import { sweepFiles } from '#src/attachments/sweep.ts';
import { emptyContent } from '#src/domain/drafts/content.ts';
import { getWorkingCalendar } from '#src/server/calendar.ts';
import { listAccounts } from '#src/staff/accounts.ts';
import { releaseDraft } from '#src/staff/drafts/release.ts';
import { contentOf, getDraft, insertDraft } from '#src/staff/drafts/store.ts';
import { docxOf, paragraph, zipOf } from '#tests/support/planted-files.ts';
import { openTestDatabase } from '#tests/support/seed-notices.ts';
import { CONSOLE_SITE, PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const shared = openTestDatabase();
const { db } = shared;
const LIMIT = 2 * 1024 * 1024;
let staff: Portal;
let site: Portal;
let cookie = '';
let id = '';
const accountOf = (name: string) => listAccounts(db, null).find(({ loginName }) => loginName === name)?.id ?? '';
beforeAll(async () => {
  const now = new Date().toISOString();
  await createDemoStaff(db, now);
  const environment = { STAFF_SECOND_FACTOR: 'false', UPLOAD_LIMIT_MB: '2' };
  staff = await startPortal(() => undefined, environment, shared, 'staff');
  site = await startPortal(() => undefined, {}, shared);
  cookie = await signIn('qufu.jingban');
  id = begin();
});
/** A draft of the clerk's; returns its id. */
function begin(): string {
  const authorId = accountOf('qufu.jingban');
  const doer = { actor: `account:${authorId}` as const, roles: [], address: '', now: new Date().toISOString() };
  const content = emptyContent({
    category: 'procurement',
    stage: 'awardNotice',
    title: '曲阜市某采购结果公告',
    bodyHtml: '<p>本项目的内容详见附件，请按时领取文件并提交响应文件。</p>',
  });
  return insertDraft(db, doer, { county: 'qufu', content, authorId }, getWorkingCalendar()).id;
}
afterAll(async () => {
  await Promise.all([staff.stop(), site.stop()]);
  shared.close();
});

async function signIn(loginName: string): Promise<string> {
  const body = new URLSearchParams({ loginName, password: DEMO_PASSWORD, code: '' });
  const answer = await fetch(`${staff.url}/staff/sign-in`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: CONSOLE_SITE },
  });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

function formOf(name: string, bytes: Buffer): FormData {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(bytes)], name));
  return form;
}
const send = (name: string, bytes: Buffer, headers: Record<string, string> = {}) =>
  fetch(`${staff.url}/staff/drafts/${id}/upload`, {
    method: 'POST',
    body: formOf(name, bytes),
    redirect: 'manual',
    headers: { origin: CONSOLE_SITE, cookie, accept: 'application/json', ...headers },
  });
/** What is answered to who says that so many bytes come, before the first of them. */
const announce = (bytes: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = {
      origin: CONSOLE_SITE,
      cookie,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(bytes),
    };
    const sending = ask(`${staff.url}/staff/drafts/${id}/upload`, { method: 'POST', headers }, ({ statusCode }) => {
      sending.destroy();
      resolve(statusCode);
    });
    sending.on('error', reject);
    sending.flushHeaders();
  });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(staff.url + path, { redirect: 'manual', headers: { cookie, ...headers } });
const names = () => contentOf(getDraft(db, id)).attachments.map(({ name }) => name);

describe('an upload over the wire', () => {
  test('goes in, and shows on the page with what was found', async () => {
    const answer = await send('公告附件.docx', docxOf(paragraph('藏起来的话', '<w:vanish/>')));
    expect([answer.status, await answer.json()]).toEqual([200, { refused: null }]);
    expect(names()).toEqual(['公告附件.docx']);
    const page = await (await get(`/staff/drafts/${id}/files`)).text();
    for (const words of ['公告附件.docx', '隐藏的文字', '藏起来的话', '没有杀毒软件，未检查'])
      expect(page).toContain(words);
    const plain = await send('说明.txt', Buffer.from('说明文字'), { accept: 'text/html' });
    expect([plain.status, plain.headers.get('location')]).toEqual([303, `/staff/drafts/${id}/files`]);
  });

  test('is refused for what it is, whatever it is called, and the page says why', async () => {
    const files: [string, Buffer][] = [
      ['x.html', Buffer.from('<script>alert(1)</script>')],
      ['x.pdf', Buffer.from('GIF89a/*<script>alert(1)</script>*/')],
      ['x.docx', zipOf({ '../evil': 'x' })],
      ['x.zip', zipOf({ big: new Uint8Array(60_000_000) })],
    ];
    for (const [name, bytes] of files) {
      const answer = await send(name, bytes);
      expect([name, answer.status]).toEqual([name, 200]);
      expect(await answer.json()).toEqual({ refused: expect.stringContaining('没有收下') });
    }
    expect(names()).toEqual(['公告附件.docx', '说明.txt']);
    expect(await (await get(`/staff/drafts/${id}/files`)).text()).toContain('这种文件不能作为附件');
  });

  /** Whoever is refused before all is sent may find the connection closed first: asks again. */
  async function again(ask: () => Promise<Response>): Promise<Response> {
    for (let left = 4; ; left--) {
      try {
        return await ask();
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  test('that is too large, comes from elsewhere, from nobody, or is no form changes nothing', async () => {
    const before = db.select().from(uploads).all().length;
    expect(await announce(LIMIT + 200_000)).toBe(413);
    expect((await again(() => send('a.txt', Buffer.from('x'), { origin: 'http://evil.example' }))).status).toBe(403);
    expect((await again(() => send('a.txt', Buffer.from('x'), { cookie: '' }))).headers.get('location')).toContain(
      '/staff/sign-in',
    );
    const reader = await signIn('jiandu');
    expect((await again(() => send('a.txt', Buffer.from('x'), { cookie: reader }))).status).toBe(403);
    const json = { origin: CONSOLE_SITE, cookie, 'content-type': 'application/json' };
    const target = `${staff.url}/staff/drafts/${id}/upload`;
    expect((await again(() => fetch(target, { method: 'POST', body: '{}', headers: json }))).status).toBe(400);
    expect(
      (
        await fetch(`${site.url}/staff/drafts/${id}/upload`, {
          method: 'POST',
          body: formOf('a.txt', Buffer.from('x')),
        })
      ).status,
    ).toBe(404);
    expect(db.select().from(uploads).all()).toHaveLength(before);
  });

  test('that breaks off in the middle leaves no file', async () => {
    const boundary = 'x'.repeat(20);
    const headers = {
      origin: CONSOLE_SITE,
      cookie,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': '1000000',
    };
    const half = () =>
      db
        .select()
        .from(uploads)
        .all()
        .find(({ name }) => name === 'half.txt');
    const sending = ask(`${staff.url}/staff/drafts/${id}/upload`, { method: 'POST', headers });
    const ended = new Promise((resolve) => sending.once('error', resolve));
    sending.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="half.txt"\r\n\r\n${'half '.repeat(5_000)}`,
    );
    await expect.poll(() => half()?.state, { timeout: 20_000 }).toBe('receiving');
    sending.destroy();
    await ended;
    await expect.poll(() => half()?.state, { timeout: 20_000 }).toBe('refused');
    expect(names()).toEqual(['公告附件.docx', '说明.txt']);
  });
});

describe('a file', () => {
  test('is a download in a sandbox for staff, and for the public once its notice is published', async () => {
    const { sha256 } = contentOf(getDraft(db, id)).attachments[1] ?? { sha256: '' };
    const own = await get(`/staff/drafts/${id}/files/${sha256}`);
    const harmless = (answer: Response) => ({
      status: answer.status,
      disposition: answer.headers.get('content-disposition')?.split(';')[0],
      nosniff: answer.headers.get('x-content-type-options'),
      sandbox: answer.headers.get('content-security-policy')?.includes('sandbox'),
      cookie: answer.headers.get('set-cookie'),
    });
    const download = { status: 200, disposition: 'attachment', nosniff: 'nosniff', sandbox: true, cookie: null };
    expect(harmless(own)).toEqual(download);
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${site.url}/file/${sha256}`)).status).toBe(404);
    expect((await fetch(`${site.url}/staff/drafts/${id}/files/${sha256}`)).status).toBe(404);
    for (const path of ['..%2f..%2ftongming.db', `${sha256}%00`, `${sha256}/x`, sha256.toUpperCase()])
      expect([path, (await fetch(`${site.url}/file/${path}`)).status]).toEqual([
        path,
        expect.toSatisfy((status: number) => status >= 400 && status < 500),
      ]);

    const { hash } = getDraft(db, id);
    db.$client
      .prepare(
        "UPDATE drafts SET state = 'scheduled', first_reviewer_id = ?, first_hash = ?, final_reviewer_id = ?, final_hash = ?, scheduled_at = ? WHERE id = ?",
      )
      .run(accountOf('chushen'), hash, accountOf('fushen'), hash, new Date().toISOString(), id);
    const urlOf = (file: string) => `${PORTAL_SITE}/file/${file}`;
    expect(releaseDraft(db, id, new Date().toISOString(), { calendar: getWorkingCalendar(), urlOf })).toBe('released');
    const whole = await fetch(`${site.url}/file/${sha256}`);
    expect(harmless(whole)).toEqual(download);
    expect(await whole.text()).toBe('说明文字');
    const part = await fetch(`${site.url}/file/${sha256}`, { headers: { range: 'bytes=0-5' } });
    expect([part.status, await part.text()]).toEqual([206, '说明']);
    expect((await fetch(`${site.url}/file/${sha256}`, { headers: { range: 'bytes=99-' } })).status).toBe(416);
    expect((await fetch(`${site.url}/file/${sha256}`, { headers: { 'if-none-match': `"${sha256}"` } })).status).toBe(
      304,
    );
    const notice = await (await fetch(`${site.url}/notice/${getDraft(db, id).noticeId}`)).text();
    expect(notice).toContain(`/file/${sha256}`);
    expect(await new FileStore(dirname(shared.path)).faultOf(sha256, 12)).toBeUndefined();
  });
});

test('an upload that a kill -9 cuts off leaves nothing public, nothing half kept, and is told as broken off', async () => {
  const store = new FileStore(dirname(shared.path));
  const receiving = join(dirname(shared.path), 'files/receiving');
  const own = begin();
  const attached = () => contentOf(getDraft(db, own)).attachments;
  const bytes = Buffer.alloc(1_500_000, '文');
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="断在半路.txt"\r\n\r\n';
  const headers = {
    ...{ origin: CONSOLE_SITE, cookie, 'content-type': 'multipart/form-data; boundary=x' },
    'content-length': String(head.length + bytes.length + 100),
  };
  const sending = ask(`${staff.url}/staff/drafts/${own}/upload`, { method: 'POST', headers });
  const ended = new Promise((resolve) => sending.once('error', resolve));
  sending.write(head);
  sending.write(bytes.subarray(0, 900_000));
  await expect.poll(async () => (await readdir(receiving)).length, { timeout: 20_000 }).toBe(1);
  staff.kill();
  await ended;
  const isReceiving = () => db.select().from(uploads).where(eq(uploads.state, 'receiving')).all();
  expect(isReceiving()).toHaveLength(1);
  expect(attached()).toEqual([]);
  const half = createHash('sha256').update(bytes.subarray(0, 900_000)).digest('hex');
  expect((await fetch(`${site.url}/file/${half}`)).status).toBe(404);
  await sweepFiles(db, store, Date.now() + 25 * 3_600_000);
  expect(await readdir(receiving)).toEqual([]);
  expect(isReceiving()).toEqual([]);
  expect(db.select().from(uploads).where(eq(uploads.name, '断在半路.txt')).get()).toMatchObject({
    ...{ state: 'refused', reason: '上传中断' },
  });
});
