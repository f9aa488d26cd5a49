import { existsSync } from 'node:fs';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentCopies, files, uploads } from '#db/schema/files.ts';
import { FileStore } from '#src/attachments/store.ts';
import { sweepFiles } from '#src/attachments/sweep.ts';
import { emptyContent } from '#src/domain/drafts/content.ts';
import { getWorkingCalendar } from '#src/server/calendar.ts';
import { answerPublicFile } from '#src/server/files/public.ts';
import { releaseDraft } from '#src/staff/drafts/release.ts';
import { contentOf, getDraft } from '#src/staff/drafts/store.ts';
import type { Session } from '#src/staff/sessions.ts';
import { commentsOf, coreProperties, docxOf, paragraph, pdfOf } from '#tests/support/planted-files.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';

const rig = new StaffRig();
const folder = dirname(rig.db.$client.name);
const store = new FileStore(folder);
let clerk: Session;
let first: Session;
let final: Session;
let elsewhere: Session;
beforeAll(async () => {
  await rig.makeAccount('qufu.jingban', ['countyClerk'], 'qufu');
  await rig.makeAccount('chushen', ['firstReviewer']);
  await rig.makeAccount('fushen', ['finalReviewer']);
  await rig.makeAccount('zoucheng.jingban', ['countyClerk'], 'zoucheng');
  await rig.makeAccount('bianji', ['editor']);
  [clerk, first, final, elsewhere] = (await Promise.all(
    ['qufu.jingban', 'chushen', 'fushen', 'zoucheng.jingban'].map((name) => rig.enter(name)),
  )) as [Session, Session, Session, Session];
});
afterAll(() => rig.close());

async function* chunks(bytes: Buffer, breakAfter = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) {
    if (at >= breakAfter) throw new Error('the line broke');
    yield bytes.subarray(at, at + 1_000);
  }
}
const { attachments, drafts } = rig.console;
const BODY = '<p>本项目的内容详见附件，请各供应商按时领取文件并提交响应文件。</p>';
const begin = async (more: Partial<ReturnType<typeof emptyContent>> = {}) =>
  (
    await drafts.create(
      clerk,
      'qufu',
      emptyContent({
        category: 'procurement',
        stage: 'awardNotice',
        title: '曲阜市某采购结果公告',
        bodyHtml: BODY,
        ...more,
      }),
    )
  ).id;
const send = (id: string, name: string, bytes: Buffer, session = clerk) =>
  attachments.receive(session, id, name, chunks(bytes));
const seen = (id: string) => ({ id, revision: getDraft(rig.db, id).revision });
const look = (id: string) => attachments.files(clerk, id);
const PLANTED = docxOf(
  `${paragraph('结果公告附件')}<w:p><w:del w:author="甲"><w:r><w:delText>联系 13800138000</w:delText></w:r></w:del></w:p>`,
  {
    'docProps/core.xml': coreProperties('张三'),
    'word/comments.xml': commentsOf('李四', '内部资料'),
  },
);
const publicly = (sha256: string, headers = {}) => answerPublicFile(rig.db, folder, sha256, new Headers(headers));
const statusOf = (sha256: string) =>
  publicly(sha256).then(
    ({ status }) => status,
    ({ status }) => status,
  );

describe('an upload', () => {
  test('is looked into, kept by its hash, attached, and written down', async () => {
    const id = await begin();
    await send(id, '../公告附件.docx', PLANTED);
    const { content, screening } = look(id);
    expect(content.attachments.map(({ name }) => name)).toEqual(['公告附件.docx']);
    const [file] = screening.files;
    expect(file?.findings.map(({ kind }) => kind).sort()).toEqual(['comment', 'property', 'trackedChange']);
    expect(file?.scan).toBe('unscanned');
    expect(screening.finds.map(({ rule, part }) => [rule, part])).toEqual([
      ['mobile', 'attachment'],
      ['internalMark', 'attachment'],
    ]);
    expect(existsSync(store.pathOf(file?.sha256 ?? ''))).toBe(true);
    expect(rig.actions().slice(-2)).toEqual(['draft.edit', 'draft.attach']);
    expect(await statusOf(file?.sha256 ?? '')).toBe(404);
  });

  test('that may not be kept leaves nothing but why', async () => {
    const id = await begin();
    const large = Buffer.alloc(21 * 1024 * 1024, 0x41);
    for (const [name, bytes] of [
      ['a.html', Buffer.from('<script>')],
      ['a.txt', large],
      ['..', Buffer.from('x')],
      ['a.txt', Buffer.alloc(0)],
    ] as const)
      await expect(send(id, name, bytes)).rejects.toMatchObject({ name: 'InputError' });
    expect(look(id).content.attachments).toEqual([]);
    expect(look(id).uploads.map(({ state, reason }) => [state, reason])).toEqual(
      expect.arrayContaining([
        ['refused', '文件超过 20 MB，没有保存'],
        ['refused', '这种文件不能作为附件'],
        ['refused', '文件没有可用的名称'],
        ['refused', '文件是空的'],
      ]),
    );
    expect(await readdir(join(folder, 'files/receiving'))).toEqual([]);
  });

  test('that breaks off leaves nothing, and the same file goes in afterwards', async () => {
    const id = await begin();
    const bytes = Buffer.from(`正文 ${'公告 '.repeat(2_000)}`);
    await expect(attachments.receive(clerk, id, 'a.txt', chunks(bytes, 5_000))).rejects.toThrow('the line broke');
    expect(look(id).uploads).toMatchObject([{ state: 'refused', reason: '上传中断' }]);
    expect(await readdir(join(folder, 'files/receiving'))).toEqual([]);
    await send(id, 'a.txt', bytes);
    expect(look(id).content.attachments).toHaveLength(1);
    await expect(send(id, 'b.txt', bytes)).rejects.toThrow('这个文件已经在附件里');
  });

  test('of somebody who may not is refused before a byte is read', async () => {
    const id = await begin();
    const before = rig.db.select().from(uploads).all().length;
    for (const session of [elsewhere, first]) {
      expect(() => attachments.assertMayUpload(session, id)).toThrow(/没有这项权限|不属于您/);
      await expect(send(id, 'a.txt', Buffer.from('x'), session)).rejects.toMatchObject({ name: 'ForbiddenError' });
    }
    expect(rig.db.select().from(uploads).all()).toHaveLength(before);
    expect(() => attachments.files(elsewhere, id)).toThrow('不属于您');
    await expect(attachments.open(elsewhere, id, '0'.repeat(64))).rejects.toMatchObject({ name: 'ForbiddenError' });
    await expect(attachments.open(clerk, id, '0'.repeat(64))).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('what was found', () => {
  test('is cleaned with one click; the original stays, sealed', async () => {
    const id = await begin();
    await send(id, '附件.docx', PLANTED);
    const before = look(id).content.attachments[0]?.sha256 ?? '';
    await attachments.clean(clerk, seen(id), before, 'accept');
    const { content, screening } = look(id);
    expect(screening.files.map(({ findings }) => findings)).toEqual([[]]);
    expect(screening.finds).toEqual([]);
    expect(content.attachments[0]?.sha256).not.toBe(before);
    expect((await attachments.open(clerk, id, before)).name).toBe('附件.docx');
    expect(rig.actions().at(-1)).toBe('sealed.read');
    await expect(attachments.clean(clerk, seen(id), content.attachments[0]?.sha256 ?? '', 'accept')).rejects.toThrow(
      '没有可以自动清理',
    );
  });

  test('holds a draft up until it is masked or justified, in words that are written down', async () => {
    const id = await begin({ title: '联系 13800138000 的公告', bodyHtml: `${BODY}<p>密级：机密</p>` });
    const refusal = () => drafts.draft(clerk, id).choices.find(({ event }) => event === 'submit')?.refused ?? '';
    expect(refusal()).toMatch(/保密筛查|必填/);
    const [phone, mark] = look(id).screening.finds;
    await attachments.mask(clerk, seen(id), phone?.key ?? '');
    expect(contentOf(getDraft(rig.db, id)).title).toBe('联系 *********** 的公告');
    await expect(attachments.mask(clerk, { id, revision: 1 }, mark?.key ?? '')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await expect(attachments.justify(elsewhere, id, mark?.key ?? '', '可以公开')).rejects.toMatchObject({
      name: 'ForbiddenError',
    });
    await attachments.justify(clerk, id, mark?.key ?? '', '引用的是标题，不涉密');
    expect(look(id).screening.finds).toMatchObject([{ justification: { reason: '引用的是标题，不涉密' } }]);
    expect(rig.actions().at(-1)).toBe('draft.justify');
    await expect(attachments.justify(clerk, id, mark?.key ?? '', '再说一次')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(() => rig.db.$client.exec("UPDATE draft_justifications SET reason = 'x'")).toThrow('append-only');
  });

  test('what nobody can read by machine a reviewer ticks, and the author cannot', async () => {
    const id = await begin();
    await send(id, '扫描.pdf', pdfOf(['q 595 0 0 842 0 0 cm /Im1 Do Q']));
    const key = look(id).screening.files[0]?.findings[0]?.key ?? '';
    await expect(attachments.justify(clerk, id, key, '看过了可以')).rejects.toMatchObject({ name: 'ForbiddenError' });
    await attachments.justify(first, id, key, '逐页看过，没有问题');
    expect(rig.actions().at(-1)).toBe('draft.tick');
  });
});

/** As reviewers leave a draft; whether they may is asked elsewhere. */
function schedule(id: string): void {
  const { hash } = getDraft(rig.db, id);
  rig.db.$client
    .prepare(
      "UPDATE drafts SET state = 'scheduled', first_reviewer_id = ?, first_hash = ?, final_reviewer_id = ?, final_hash = ?, scheduled_at = ? WHERE id = ?",
    )
    .run(first.officer.accountId, hash, final.officer.accountId, hash, rig.now, id);
}
const RELEASE = { calendar: getWorkingCalendar(), urlOf: (sha256: string) => `http://portal.example/file/${sha256}` };

describe('a file of a published notice', () => {
  test('is public with the notice: whole, in parts, as a download; gone when it is withdrawn', async () => {
    const id = await begin();
    const bytes = Buffer.from(`附件正文 ${'公告 '.repeat(500)}`);
    await send(id, '结果（一）.txt', bytes);
    const sha256 = look(id).content.attachments[0]?.sha256 ?? '';
    schedule(id);
    expect(await statusOf(sha256)).toBe(404);
    expect(releaseDraft(rig.db, id, rig.now, RELEASE)).toBe('released');
    const whole = await publicly(sha256);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(whole.headers)).toMatchObject({
      'content-disposition': `attachment; filename="_.txt"; filename*=UTF-8''${encodeURIComponent('结果（一）')}.txt`,
      etag: `"${sha256}"`,
      'content-length': String(bytes.length),
    });
    const part = await publicly(sha256, { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(10, 20))).toBe(true);
    expect((await publicly(sha256, { range: `bytes=${bytes.length}-` })).status).toBe(416);

    const noticeId = getDraft(rig.db, id).noticeId ?? '';
    const back = await begin({ action: 'withdraw', original: noticeId, reason: '内容有误' });
    schedule(back);
    expect(releaseDraft(rig.db, back, rig.now, RELEASE)).toBe('released');
    expect(await statusOf(sha256)).toBe(410);
  });

  test('is not made public by a notice of a feed that names its address', async () => {
    const id = await begin();
    await send(id, '密封.txt', Buffer.from('没有发布的内容'));
    const sha256 = look(id).content.attachments[0]?.sha256 ?? '';
    rig.db.$client.exec(
      `INSERT INTO attachments (notice_id, position, name, url) SELECT id, 900, 'x', 'http://portal.example/file/${sha256}' FROM notices LIMIT 1`,
    );
    expect(await statusOf(sha256)).toBe(404);
    expect(
      rig.db
        .select()
        .from(attachmentCopies)
        .all()
        .some((copy) => copy.sha256 === sha256),
    ).toBe(false);
  });
});

describe('the sweep', () => {
  test('takes what nothing names, after a day, and nothing else', async () => {
    const id = await begin();
    await send(id, '留着.txt', Buffer.from('留着的内容'));
    const kept = look(id).content.attachments[0]?.sha256 ?? '';
    const orphan = await store.receive(chunks(Buffer.from('没有行的文件')), 1_000);
    await store.keep(orphan);
    const half = join(folder, 'files/receiving/half');
    await writeFile(half, 'half');
    rig.db
      .insert(uploads)
      .values({
        id: 'cut',
        draftId: id,
        name: 'x',
        state: 'receiving',
        accountId: clerk.officer.accountId,
        startedAt: rig.now,
      })
      .run();
    const now = Date.now();
    expect(await sweepFiles(rig.db, store, now)).toBe(0);
    const old = new Date(now - 25 * 3600_000);
    await Promise.all([half, store.pathOf(orphan.sha256), store.pathOf(kept)].map((path) => utimes(path, old, old)));
    expect(await sweepFiles(rig.db, store, now)).toBe(2);
    expect([existsSync(half), await store.has(orphan.sha256), await store.has(kept)]).toEqual([false, false, true]);
    expect(
      rig.db
        .select()
        .from(uploads)
        .all()
        .find((upload) => upload.id === 'cut'),
    ).toMatchObject({ state: 'refused', reason: '上传中断' });
    expect(
      rig.db
        .select()
        .from(files)
        .all()
        .some((file) => file.sha256 === kept),
    ).toBe(true);
  });
});
