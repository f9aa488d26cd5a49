import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGranted } from '#db/client.ts';
import { publicAnswers, publicSubmissions } from '#db/schema/participation.ts';
import { leadingZeroBits, workText } from '#src/domain/participation/work.ts';
import { getWorkingCalendar } from '#src/server/calendar.ts';
import { INTAKE_TABLES } from '#src/server/participation/intake.ts';
import type { CaseAction } from '#src/staff/participation/act.ts';
import { CaseDesk } from '#src/staff/participation/desk.ts';
import { loadCaseKey } from '#src/staff/participation/identity.ts';
import { findPublished, findReadable } from '#tests/support/readable.ts';
import { insertNotices, openTestDatabase, seedSources, toSeedNotice } from '#tests/support/seed-notices.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';
import { seedSubmission } from '#tests/support/submissions.ts';
import { PORTAL_SITE, type Portal, startPortal } from '#tests/support/test-portal.ts';

const shared = openTestDatabase();
const folder = dirname(shared.path);
let portal: Portal;
beforeAll(async () => {
  await loadCaseKey(join(folder, 'keys'), undefined);
  portal = await startPortal(() => undefined, { LOG_LEVEL: 'debug' }, shared);
});
afterAll(async () => {
  await portal.stop();
  shared.close();
});

const NETWORK = '203.0.113.7';
const ask = (path: string, init: RequestInit = {}, network = NETWORK) => {
  const headers = new Headers(init.headers);
  headers.set('x-forwarded-for', network);
  if (init.method === 'POST') headers.set('origin', PORTAL_SITE);
  return fetch(portal.url + path, { ...init, headers });
};
const pick = (html: string, pattern: RegExp): string => pattern.exec(html)?.[1] ?? '';
const codeIn = (html: string) => pick(html, /receipt-code[^>]*>\s*([0-9A-Z-]{23})/);

/** What a browser's worker does. */
function solve(token: string, bits: number): string {
  for (let solution = 0; ; solution++) {
    const hash = createHash('sha256').update(workText(token, solution)).digest();
    if (leadingZeroBits(hash) >= bits) return String(solution);
  }
}

/** Opens a form and does its work. */
async function openForm(slug: string): Promise<{ token: string; work: string }> {
  const html = await (await ask(`/participate/${slug}`)).text();
  const token = pick(html, /name="token" value="([^"]+)"/);
  return { token, work: solve(token, Number(pick(html, /data-bits="(\d+)"/))) };
}

/** The token of a form that is opened without script. */
const openPlainly = async (slug: string, network = NETWORK) =>
  pick(await (await ask(`/participate/${slug}`, {}, network)).text(), /name="token" value="([^"]+)"/);

async function send(slug: string, fields: Record<string, string>, files: File[] = [], network = NETWORK) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  for (const file of files) body.append('files', file);
  const answer = await ask(`/participate/${slug}`, { method: 'POST', body }, network);
  return { status: answer.status, html: await answer.text() };
}

const QUESTION = { subject: '怎样报名', text: '请问怎样报名参加邹城的项目', contact: '0537-1234567' };
const countRows = () => shared.db.select().from(publicSubmissions).all().length;

describe('a form', () => {
  test('is taken in, and its receipt shows where it stands but never what was sent', async () => {
    const { status, html } = await send('consultation', { ...QUESTION, ...(await openForm('consultation')) });
    expect(status).toBe(200);
    const code = codeIn(html);
    expect(code).toMatch(/^(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}$/);
    expect(html).not.toContain(QUESTION.text);
    const body = new URLSearchParams({ code: code.toLowerCase().replaceAll('-', ' ') });
    const page = await (await ask('/participate/status', { method: 'POST', body })).text();
    expect(page).toContain('已收到，待受理');
    expect(page).toMatch(/第 5 个工作日为 \d{4}-\d\d-\d\d|不早于/);
    expect(page).not.toContain(QUESTION.text);
    const stored = JSON.stringify(shared.db.select().from(publicSubmissions).all());
    expect(stored).not.toContain(code);
  });

  test('that is sent twice is one submission with one receipt', async () => {
    const form = { ...QUESTION, text: '同一份', ...(await openForm('consultation')) };
    const before = countRows();
    const codes = (await Promise.all([send('consultation', form), send('consultation', form)])).map(({ html }) =>
      codeIn(html),
    );
    const again = codeIn((await send('consultation', form)).html);
    expect(new Set([...codes, again]).size).toBe(1);
    expect(countRows()).toBe(before + 1);
  });

  test('with something wrong comes back with all that was typed, and can be sent with the same token', async () => {
    const form = await openForm('challenge');
    const typed = { ...form, applicant: '甲公司', text: '质疑的内容', project: '' };
    const refused = await send('challenge', typed);
    expect(refused.status).toBe(400);
    for (const words of ['甲公司', '质疑的内容', '请填写项目名称或编号', '请填写联系电话'])
      expect(refused.html).toContain(words);
    const whole = {
      ...typed,
      project: 'ZC-1',
      contact: '1',
      token: pick(refused.html, /name="token" value="([^"]+)"/),
    };
    expect((await send('challenge', whole)).status).toBe(200);
  });

  test('of a forged or used token, or filled in where nobody sees, is not taken', async () => {
    const form = await openForm('suggestion');
    const before = countRows();
    const forged = form.token.replace(/\.(\d+)\./, '.9999999999.');
    const faulty: Record<string, string>[] = [{ token: '' }, { token: forged }, { token: form.token, website: 'x' }];
    for (const wrong of faulty) {
      const answer = await send('suggestion', { ...form, subject: '建', text: '议', ...wrong });
      expect(answer.status).toBe(400);
      expect(answer.html).toContain('议</textarea>');
    }
    expect((await send('suggestion', { ...form, token: (await openForm('consultation')).token })).status).toBe(400);
    expect(countRows()).toBe(before);
  });

  test('without the work goes the slow way: after seconds, and a network’s share of it leaves that of others', async () => {
    const token = await openPlainly('consultation');
    const early = await send('consultation', { ...QUESTION, text: '太快', token });
    expect(early.html).toContain('提交得太快了');
    const waiting = Array.from({ length: 70 }, () => openPlainly('consultation', '198.51.100.1'));
    const tokens = await Promise.all(waiting);
    const other = await openPlainly('consultation', '192.0.2.9');
    await new Promise((done) => setTimeout(done, 4_500));
    const before = countRows();
    const answers = await Promise.all(
      tokens.map((each, index) =>
        send('consultation', { ...QUESTION, text: `洪水 ${index}`, token: each }, [], '198.51.100.1'),
      ),
    );
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(taken).toBe(60);
    expect(countRows()).toBe(before + 60);
    expect(answers.find(({ status }) => status === 400)?.html).toContain('您填写的内容还在下面');
    expect((await send('consultation', { ...QUESTION, text: '别人', token: other }, [], '192.0.2.9')).status).toBe(200);
  }, 60_000);

  test('asks more work of a network that fills in many, and less of others', async () => {
    const bitsOf = async (network: string) =>
      Number(pick(await (await ask('/participate/suggestion', {}, network)).text(), /data-bits="(\d+)"/));
    const first = await bitsOf('203.0.113.200');
    for (let count = 0; count < 450; count++) await bitsOf('203.0.113.200');
    expect(await bitsOf('203.0.113.200')).toBe(first + 2);
    expect(await bitsOf('203.0.113.201')).toBe(first);
  }, 60_000);

  test('takes pictures without what they tell besides, and refuses what is no picture', async () => {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Artist: 'EXIFZHANGSAN' } })
      .jpeg()
      .toBuffer();
    expect(picture.includes('EXIFZHANGSAN')).toBe(true);
    const form = await openForm('consultation');
    const file = new File([new Uint8Array(picture)], '现场.jpg', { type: 'image/jpeg' });
    const { html } = await send('consultation', { ...QUESTION, text: '附图', ...form }, [file]);
    expect(html).toContain('已经去掉拍摄时间、地点、设备等信息');
    const wrong = new File(['MZ not a picture'], 'x.jpg', { type: 'image/jpeg' });
    const refused = await send('consultation', { ...QUESTION, text: '程序', ...(await openForm('consultation')) }, [
      wrong,
    ]);
    expect([refused.status, refused.html.includes('不是图片')]).toEqual([400, true]);
  });
});

describe('what is sealed', () => {
  const TIP_OFF = ['密封原词甲乙丙', '鲁H密封牌照', '密封附件名'];
  const REQUEST = {
    ...{ applicantType: 'person', applicant: '密封申请人名', identity: '密封证号370811', contact: '密封地址一号' },
    ...{ title: '密封文件名称', text: '密封所需信息', form: 'electronic', way: 'online', mail: 'sealed@example.org' },
  };
  const ANSWER = { words: '密封答复原文', file: '密封答复附件' };

  test('of a tip-off cannot be read anywhere, and no time finer than a day is kept', async () => {
    const [text = '', project = '', name = ''] = TIP_OFF;
    const picture = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'blue' } })
      .png()
      .toBuffer();
    const form = await openForm('tip-off');
    const { status, html } = await send('tip-off', { ...form, text, project }, [
      new File([new Uint8Array(picture)], `${name}.png`),
    ]);
    expect(status).toBe(200);
    const code = codeIn(html);
    expect(await findReadable(portal, [...TIP_OFF, code, NETWORK])).toEqual([]);
    const row = shared.db
      .select()
      .from(publicSubmissions)
      .all()
      .find(({ kind }) => kind === 'tipOff');
    expect(row?.fingerprint).toBeNull();
    expect(row?.receivedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Object.values(row ?? {}).filter((value) => typeof value === 'string' && /T\d\d:/.test(value))).toEqual([]);
    // The receipt proves what was sent to whoever has its salt and the words.
    const salt = pick(html, /随机串\s*<span[^>]*>\s*([0-9a-f]{32})/);
    expect(salt).not.toBe('');
    expect(html).toContain(row?.commitment ?? '-');
  });

  test('of a request for information, its letter, its answer and the answer’s file neither, but by the receipt code', async () => {
    const caseKey = await loadCaseKey(join(folder, 'keys'), undefined);
    const code = codeIn(
      (await send('disclosure-request', { ...REQUEST, ...(await openForm('disclosure-request')) })).html,
    );
    const rig = new StaffRig({ caseKey }, Date.now(), shared);
    await rig.makeAccount('gongkai', ['disclosureOfficer']);
    const request = shared.db
      .select()
      .from(publicSubmissions)
      .where(eq(publicSubmissions.kind, 'disclosureRequest'))
      .get();
    const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    await rig.console.foi.step(
      await rig.enter('gongkai'),
      { id: request?.id ?? '', seq: 0 },
      {
        ...{
          step: 'decide',
          decision: 'granted',
          words: ANSWER.words,
          days: null,
          addressee: '',
          basis: null,
          count: null,
        },
        ...{ files: [{ name: `${ANSWER.file}.jpg`, bytes }], isChecked: true },
      },
    );
    const own = Object.values(REQUEST).filter((word) => word.length > 6 && word !== 'electronic');
    expect(await findReadable(portal, [...own, ...Object.values(ANSWER), REQUEST.title, REQUEST.text, code])).toEqual(
      [],
    );

    const page = await (
      await ask('/participate/status', { method: 'POST', body: new URLSearchParams({ code }) })
    ).text();
    expect(page).toContain(ANSWER.words);
    const file = pick(page, /name="file" value="([^"]+)"/);
    const save = (typed: string) =>
      ask('/participate/file', { method: 'POST', body: new URLSearchParams({ code: typed, file }) });
    const saved = await save(code);
    expect([saved.headers.get('content-disposition'), saved.headers.get('cache-control')]).toEqual([
      `attachment; filename*=UTF-8''${encodeURIComponent(`${ANSWER.file}.jpg`)}`,
      expect.stringContaining('no-store'),
    ]);
    expect(Buffer.from(await saved.arrayBuffer()).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    const other = codeIn(
      (await send('consultation', { ...QUESTION, text: '另一件', ...(await openForm('consultation')) })).html,
    );
    expect((await save(other)).status).toBe(400);
  });

  test('would be found if it were not sealed: in the database and its backup, on pages, in bulk files and exports', async () => {
    const word = '没有密封的词';
    const id = 'control';
    const sample = shared.db.select().from(publicSubmissions).all()[0];
    if (!sample) throw new Error('no submission');
    const row = { ...sample, id, receiptHash: id, sealed: Buffer.from(word) };
    shared.db.insert(publicSubmissions).values(row).run();
    const kept = await findReadable(portal, [word]);
    expect(kept).toEqual(expect.arrayContaining(['backup.db', expect.stringMatching(/^[^.]*\.db$/)]));
    seedSources(shared.db);
    insertNotices(shared.db, [{ ...toSeedNotice(1), title: `关于${word}的公告` }]);
    const found = await findPublished(portal, [word]);
    expect(found).toEqual(
      expect.arrayContaining([
        '/notices',
        '/api/v1/notices.csv',
        '/api/v1/notices.xlsx',
        expect.stringMatching(/^bulk/),
      ]),
    );
  });
});

describe('the handle of the public', () => {
  test('puts in what is sent in, and changes nothing else', () => {
    const intake = openGranted(shared.path, INTAKE_TABLES);
    try {
      for (const table of ['notices', 'case_events', 'public_answers', 'staff_accounts', 'audit_events', 'changes']) {
        const columns = intake.$client.pragma(`table_info(${table})`) as { name: string }[];
        const insert = `INSERT INTO ${table} DEFAULT VALUES`;
        expect(() => intake.$client.exec(insert), table).toThrow(/not granted/);
        expect(columns.length).toBeGreaterThan(0);
      }
      const refused = /is not granted|append-only/;
      expect(() => intake.$client.exec("UPDATE public_submissions SET kind = 'suggestion'")).toThrow(refused);
      expect(() => intake.$client.exec('DELETE FROM public_submissions')).toThrow(refused);
    } finally {
      intake.$client.close();
    }
  });
});

describe('staff', () => {
  const action = (kind: CaseAction['kind'], words = '', more: Partial<CaseAction> = {}): CaseAction => ({
    ...{ kind, words, department: '', days: null, cause: null, decision: null, owner: null },
    ...more,
  });

  test('transfer, ask, answer; another person releases; the person reads it all with the code', async () => {
    const caseKey = await loadCaseKey(join(folder, 'keys'), undefined);
    const rig = new StaffRig({ caseKey });
    const write = async <Value>(work: (db: typeof rig.db) => Value) =>
      rig.db.$client.transaction(() => work(rig.db)).immediate();
    const cases = new CaseDesk({ db: rig.db, write, calendar: getWorkingCalendar(), caseKey });
    await rig.makeAccount('jiandu', ['supervisor']);
    await rig.makeAccount('shenhe', ['finalReviewer']);
    await rig.makeAccount('gongkai', ['disclosureOfficer']);
    const [supervisor, reviewer, officer] = [
      await rig.enter('jiandu'),
      await rig.enter('shenhe'),
      await rig.enter('gongkai'),
    ];
    const complaint = await seedSubmission(rig.db, caseKey.recipient, { kind: 'complaint', receivedOn: '2026-03-02' });
    const question = await seedSubmission(rig.db, caseKey.recipient, {
      receivedOn: '2026-02-10',
      fields: { subject: '怎样报名', text: '请问怎样报名？', applicant: '某某演示公司' },
    });
    expect(cases.list(supervisor, 'overdue').map(({ id }) => id)).toEqual([question]);
    await expect(cases.open(officer, complaint)).rejects.toThrow('您的岗位没有这项权限');

    await cases
      .act(supervisor, { id: question, seq: 0 }, action('assigned', '', { owner: officer.officer.accountId }))
      .then(
        () => expect.unreachable(),
        (error: Error) => expect(error.message).toContain('不能办理'),
      );
    const handler = cases
      .handlers({ kind: 'consultation', county: 'jining' })
      .find(({ name }) => name.startsWith('jiandu'));
    await cases.act(supervisor, { id: question, seq: 0 }, action('assigned', '', { owner: handler?.id ?? null }));
    expect(cases.list(supervisor, 'mine').map(({ id }) => id)).toEqual([question]);
    const seenOf = async (id: string) => ({ id, seq: (await cases.open(supervisor, id)).seen });
    const first = await seenOf(complaint);
    await cases.act(supervisor, first, action('transferred', '', { department: '曲阜市财政局' }));
    await expect(cases.act(supervisor, first, action('noted', '迟到'))).rejects.toThrow('新的进展');
    await expect(
      cases.act(supervisor, await seenOf(complaint), action('extended', '事情多', { days: 3 })),
    ).rejects.toThrow('期限是法定的');
    expect((await cases.open(supervisor, complaint)).standing.department).toBe('曲阜市财政局');
    const { entries } = cases.ledger(supervisor, { from: '2026-01-01', to: '2026-12-31' });
    expect(entries).toEqual([{ kind: 'complaintTransferred', count: 1 }]);

    await cases.act(supervisor, await seenOf(question), action('answered', '请在截止前报名。'));
    const told = { question: '怎样报名？', answer: '请打 13800138000' };
    const refusedFor = (answer: string) =>
      expect(cases.writeAnswer(supervisor, question, { ...told, answer }, null)).rejects.toThrow();
    await refusedFor(told.answer);
    await refusedFor('请李明同志到窗口办理。');
    await refusedFor('由某某演示公司补交材料。');
    await cases.writeAnswer(supervisor, question, { ...told, answer: '在交易系统里报名。' }, null);
    const [written] = cases.answers(reviewer);
    const { id = '', writtenAt = '' } = written ?? {};
    await expect(cases.release(supervisor, id, writtenAt)).rejects.toThrow('另一名');
    // A form that is open while the answer is written anew.
    rig.pass(60);
    const later = await rig.enter('jiandu');
    await expect(cases.writeAnswer(later, question, { ...told, answer: '旧的。' }, null)).rejects.toThrow('有人改过');
    await cases.writeAnswer(later, question, { ...told, answer: '在交易系统报名。' }, writtenAt);
    await expect(cases.release(reviewer, id, writtenAt)).rejects.toThrow('刚刚改过');
    await cases.release(reviewer, id, cases.answers(reviewer)[0]?.writtenAt ?? '');
    expect(rig.db.select().from(publicAnswers).get()?.releasedAt).not.toBeNull();
    expect(rig.actions().filter((done) => done === 'sealed.read').length).toBeGreaterThan(2);
    rig.close();
  });
});
