import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  auditEvents,
  caseErasures,
  caseEvents,
  caseMails,
  foiLetters,
  publicSubmissionFiles,
  publicSubmissions,
} from '#db/schema/index.ts';
import { renderDocx } from '#src/documents/docx.ts';
import { toHtml } from '#src/documents/html.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import { jobActor } from '#src/domain/actors.ts';
import { standingOf } from '#src/domain/participation/case.ts';
import { describeClock } from '#src/domain/participation/clock.ts';
import { followingCalendar } from '#src/publish/calendar.ts';
import { listPublicTopics } from '#src/publish/foi/topics.ts';
import { getDisclosureYear } from '#src/publish/foi/year-figures.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { eraseSubmissions } from '#src/publish/participation/erase.ts';
import { toNewsMail } from '#src/server/participation/news-mail.ts';
import { createMailer } from '#src/server/subscriptions/mailer.ts';
import type { StepInput } from '#src/staff/foi/step-input.ts';
import { type CaseKey, loadCaseKey } from '#src/staff/participation/identity.ts';
import { sendCaseMails } from '#src/staff/participation/mails.ts';
import type { Session } from '#src/staff/sessions.ts';
import { readDocx, readHtml, readPdf } from '#tests/support/read-documents.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { startMailServer } from '#tests/support/smtp.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';
import { seedSubmission } from '#tests/support/submissions.ts';

const IDENTITY = '370811199001011234';
const FIELDS = {
  ...{ applicantType: 'person', applicant: '张三丰', identity: IDENTITY, contact: '济宁市演示路 1 号' },
  ...{ title: '某演示项目验收报告', text: '某演示项目的验收报告全文', form: 'electronic', way: 'online' },
  mail: 'zhang@example.org',
};
let folder: string;
let caseKey: CaseKey;
let rig: StaffRig;
let officer: Session;
let head: Session;
let id: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foi-'));
  caseKey = await loadCaseKey(folder, undefined);
  rig = new StaffRig({ caseKey });
  await rig.makeAccount('gongkai', ['disclosureOfficer', 'finalReviewer']);
  await rig.makeAccount('fuze', ['finalReviewer']);
  [officer, head] = [await rig.enter('gongkai'), await rig.enter('fuze')];
  id = await seedSubmission(rig.db, caseKey.recipient, {
    ...{ kind: 'disclosureRequest', receivedOn: '2026-02-27', fields: FIELDS, withFile: true },
  });
});
afterEach(() => {
  rig.close();
  removeFolder(folder);
});

const seen = () => ({ id, seq: listEvents(rig.db, id).at(-1)?.seq ?? 0 });
const step = (name: StepInput['step'], more: Partial<StepInput> = {}) =>
  rig.console.foi.step(officer, seen(), {
    ...{ step: name, words: '', days: null, addressee: '', decision: null, basis: null, count: null },
    ...{ files: [], isChecked: false },
    ...more,
  });
const standing = (today = '2026-03-02') =>
  standingOf({ kind: 'disclosureRequest', receivedOn: '2026-02-27' }, listEvents(rig.db, id), rig.calendar, today);
const letters = () => rig.db.select().from(foiLetters).orderBy(foiLetters.serial).all();

describe('a request for information', () => {
  test('goes its course with a letter for each step, and is counted in one row of table three', async () => {
    await step('register');
    await step('correct', { days: 15, words: '请写明项目编号。' });
    await expect(step('correct', { days: 15, words: '再补一次' })).rejects.toThrow('一次性告知');
    expect(standing().clock.waitsFor).toBe('correction');
    await step('resume');
    expect(standing().clock.start).toBe('2026-03-02');
    await step('thirdParty', { words: '验收报告中的价格构成。', addressee: '演示建设公司' });
    await step('resume');
    await expect(step('fee', { words: '窗口缴纳', basis: 'items', count: 10 })).rejects.toThrow('不收费');
    await step('fee', { words: '窗口缴纳', basis: 'pages', count: 40 });
    await step('resume');
    await expect(step('decide', { words: '见附件' })).rejects.toThrow('表三');
    await step('decide', { words: '予以部分公开，价格构成已经隐去。', decision: 'partlyGranted' });
    expect(letters().map(({ kind, serial }) => `${serial} ${kind}`)).toEqual([
      ...['1 registration', '2 correction', '3 thirdParty', '4 fee', '5 decision'],
    ]);
    const { tableThree, fees } = getDisclosureYear(rig.db, 2026);
    expect(tableThree.person.rows.partialGrant).toBe(1);
    expect(tableThree.total.newReceived + tableThree.total.carriedOver).toBe(1);
    expect(fees).toEqual({ count: 1, fen: 10_000 });
  });

  test('is extended by another person alone, once it is proposed, and within the twenty days', async () => {
    await step('register');
    await expect(step('propose', { days: 21, words: '材料多' })).rejects.toThrow('最多延期 20 天');
    await step('propose', { days: 10, words: '需要核对三年的台账。' });
    const due = standing().clock.due ?? '';
    await expect(rig.console.extensions.settle(officer, seen(), true, '')).rejects.toThrow('另一名');
    await expect(
      rig.console.extensions.proposals({ ...officer, officer: { ...officer.officer, roles: [] } }),
    ).rejects.toThrow();
    const [proposal] = await rig.console.extensions.proposals(head);
    expect(proposal).toMatchObject({ days: 10, words: '需要核对三年的台账。', isOwn: false });
    const stale = seen();
    await rig.console.extensions.settle(head, stale, true, '');
    expect((standing().clock.due ?? '') > due).toBe(true);
    await expect(rig.console.extensions.settle(head, stale, true, '')).rejects.toThrow('没有等待批准');
    expect(letters().at(-1)?.kind).toBe('extension');
  });

  test('gives its letters as page, PDF and DOCX with the same words, a number and a place for the seal', async () => {
    await step('decide', { words: '不予公开。\n理由：属于第三方的商业秘密。', decision: 'thirdParty' });
    const letter = await rig.console.foi.letter(officer, letters()[0]?.id ?? '');
    expect(letter.number).toBe('某公开〔2026〕1号');
    const words = readHtml(toHtml(letter));
    for (const piece of ['张三丰', '2026年2月27日', '应当先申请行政复议', '(印章)', '某公开〔2026〕1号'])
      expect(words).toContain(piece);
    const pdf = await renderPdf(letter);
    expect(await renderPdf(letter)).toEqual(pdf);
    const read = await readPdf(pdf);
    expect([read.words, read.isTagged]).toEqual([words, true]);
    expect(readDocx(await renderDocx(letter))).toBe(words);
    expect((await rig.console.foi.file(officer, letters()[0]?.id ?? '', 'pdf')).length).toBe(pdf.length);
  });

  test('leaves nothing readable of the person in the database, letters, deliveries and mails included', async () => {
    await step('register');
    await rig.console.foi.deliver(officer, letters()[0]?.id ?? '', {
      ...{ method: 'registered', deliveredOn: '2026-03-02', words: '签收人张三丰' },
    });
    await step('decide', { words: '张三丰先生：予以公开。', decision: 'granted' });
    const image = () => rig.db.$client.serialize();
    const found = () => Object.values(FIELDS).filter((word) => word.length > 8 && image().includes(word));
    expect(image().includes('张三丰')).toBe(false);
    expect(found()).toEqual([]);
    // The control: what is not sealed is found.
    const sealed = Buffer.from(JSON.stringify(FIELDS));
    const row = rig.db.select().from(publicSubmissions).get();
    if (!row) throw new Error('no submission');
    rig.db
      .insert(publicSubmissions)
      .values({ ...row, id: 'control', receiptHash: 'control', sealed })
      .run();
    expect(found().length).toBeGreaterThan(3);
  });

  test('has deliveries on record, each that is handed over with its receipt', async () => {
    await step('register');
    const letterId = letters()[0]?.id ?? '';
    const told = { method: 'inPerson', words: '本人签收' } as const;
    await expect(rig.console.foi.deliver(officer, letterId, { ...told, deliveredOn: '2026-03-01' })).rejects.toThrow(
      '早于',
    );
    await rig.console.foi.deliver(officer, letterId, { ...told, deliveredOn: '2026-03-02' });
    const { letters: listed } = await rig.console.foi.open(officer, id, false);
    expect(listed[0]?.deliveries).toEqual([{ letterId, method: 'inPerson', deliveredOn: '2026-03-02' }]);
    const receipt = await rig.console.foi.letter(officer, listed[1]?.id ?? '');
    expect(JSON.stringify(receipt.blocks)).toContain('政府信息公开申请登记回执');
  });

  test('opens its identity proof only when that is asked for, and writes it down', async () => {
    expect(JSON.stringify(await rig.console.foi.open(officer, id, false))).not.toContain(IDENTITY);
    expect((await rig.console.foi.open(officer, id, true)).opened.fields.identity).toBe(IDENTITY);
    const details = rig.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `case:${id}`))
      .all();
    expect(details.map((row) => JSON.parse(row.details).what)).toEqual(['content', 'identity']);
    await expect(rig.console.foi.open(head, id, false)).rejects.toThrow('您的岗位没有这项权限');
  });

  test('that came on paper is sealed as well, and its code opens its state', async () => {
    const { mail: _, ...fields } = FIELDS;
    const entered = await rig.console.foiEntry.enter(officer, {
      ...{ receivedOn: '2026-03-01', fields: { ...fields, applicantType: 'business' } },
    });
    const row = rig.db.select().from(publicSubmissions).where(eq(publicSubmissions.id, entered.id)).get();
    expect([row?.receiptHash, row?.applicantType]).toEqual([entered.code, 'business']);
    expect(row?.sealed.includes('张三丰')).toBe(false);
  });
});

describe('what hangs on requests', () => {
  test('topics that are asked for twice are proposed, decided, released by another person, and public without names', async () => {
    const { foiLedgers } = rig.console;
    const other = await seedSubmission(rig.db, caseKey.recipient, { kind: 'disclosureRequest', fields: FIELDS });
    await foiLedgers.assign(officer, id, '场地使用统计');
    expect(foiLedgers.topics(officer)[0]?.isProposed).toBe(false);
    await foiLedgers.assign(officer, other, '场地使用统计');
    const topic = foiLedgers.topics(officer)[0];
    expect([topic?.requests, topic?.isProposed]).toEqual([2, true]);
    await expect(foiLedgers.assign(officer, other, '张三先生要的统计')).rejects.toThrow();
    const verdict = { decision: 'publish', reason: '多人需要，适合公开。', publishedPath: '/open-data' } as const;
    await expect(
      foiLedgers.decide(officer, topic?.id ?? '', { ...verdict, publishedPath: 'https://evil.example' }),
    ).rejects.toThrow();
    await foiLedgers.decide(officer, topic?.id ?? '', verdict);
    expect(listPublicTopics(rig.db)).toEqual([]);
    await expect(foiLedgers.release(officer, topic?.id ?? '', verdict.reason)).rejects.toThrow('另一名');
    await foiLedgers.release(head, topic?.id ?? '', verdict.reason);
    expect(listPublicTopics(rig.db)).toEqual([
      {
        ...{ name: '场地使用统计', requests: 2, decision: 'publish', reason: verdict.reason },
        ...{ decidedOn: '2026-03-02', publishedPath: '/open-data', publishedOn: '2026-03-02' },
      },
    ]);
  });

  test('remedies stand in table four, pending until their outcome is entered', async () => {
    const { foiLedgers } = rig.console;
    const filed = { filedOn: '2026-03-02', body: '济宁市人民政府', number: '', submissionId: id };
    await foiLedgers.enterReview(officer, { ...filed, kind: 'reconsideration' });
    const { rows, tableFour } = foiLedgers.reviews(officer, 2026);
    expect(tableFour.reconsideration).toEqual({ upheld: 0, corrected: 0, other: 0, pending: 1, total: 1 });
    const ended = { outcome: 'corrected', decidedOn: '2026-03-02' } as const;
    await foiLedgers.endReview(officer, rows[0]?.id ?? '', ended);
    await expect(foiLedgers.endReview(officer, rows[0]?.id ?? '', ended)).rejects.toThrow('已经登记');
    expect(foiLedgers.reviews(officer, 2026).tableFour.reconsideration).toMatchObject({ corrected: 1, pending: 0 });
  });
});

describe('a holiday plan', () => {
  const PLAN = {
    year: 2027,
    papers: [],
    days: [
      ...['2027-01-01', '2027-01-02', '2027-01-03'].map((date) => ({ name: '元旦', date, isOffDay: true })),
      { name: '元旦', date: '2027-01-09', isOffDay: false },
    ],
  };

  test('that is entered later counts at once, moves open due days and writes down which', async () => {
    rig.pass((Date.parse('2026-12-21T01:00:00Z') - Date.parse(rig.now)) / 1_000);
    const session = await rig.enter('gongkai');
    const late = await seedSubmission(rig.db, caseKey.recipient, {
      ...{ kind: 'disclosureRequest', receivedOn: '2026-12-20', fields: FIELDS },
    });
    const clock = () =>
      standingOf({ kind: 'disclosureRequest', receivedOn: '2026-12-20' }, [], rig.calendar, '2026-12-21').clock;
    expect(describeClock(clock())).toContain('待国务院公布放假安排后确定');
    const document = '国办发明电〔2026〕8号';
    const enter = (list: unknown) => rig.console.holidays.enter(session, { document, list: JSON.stringify(list) });
    const gap = PLAN.days.filter(({ date }) => date !== '2027-01-02');
    await expect(enter({ ...PLAN, days: gap })).rejects.toThrow('gap');
    expect(await enter(PLAN)).toEqual({ year: 2027, open: 2, changed: 1 });
    await expect(enter(PLAN)).rejects.toThrow('已经登记');
    expect([clock().isCertain, clock().due]).toEqual([true, '2027-01-15']);
    const logged = rig.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subject, `case:${late}`))
      .all();
    expect(logged.map(({ action, details }) => [action, JSON.parse(details).after])).toEqual([
      ['holiday.enter', '2027-01-15'],
    ]);
    expect(followingCalendar(() => rig.db).isWorkingDay('2027-01-09')).toBe(true);
  });
});

describe('mails', () => {
  test('tell that there is something new, to the address that was sealed, and are tried again until a server takes them', async () => {
    await step('register');
    await step('propose', { days: 5, words: '内部事项' });
    expect(rig.db.select().from(caseMails).all()).toHaveLength(1);
    const server = await startMailServer();
    const site = { siteUrl: 'https://city.example', siteName: '某市公共资源交易网' };
    const mailer = createMailer({ url: server.url, from: 'news@city.example', host: 'city.example' });
    const send = (name: string, to: string) => mailer.send(toNewsMail(name, site), to);
    const parts = { db: rig.db, write: rig.write, caseKey, send };
    try {
      server.mood = { code: 451, at: 'DATA' };
      expect(await sendCaseMails(parts, rig.now)).toBe(0);
      server.mood = 'take';
      expect(await sendCaseMails(parts, rig.now)).toBe(0);
      rig.pass(3_600);
      expect(await sendCaseMails(parts, rig.now)).toBe(1);
      expect(await sendCaseMails(parts, rig.now)).toBe(0);
    } finally {
      mailer.close();
      await server.close();
    }
    const [{ to, mail } = expect.unreachable()] = server.received;
    expect([server.received.length, to, new Set(server.seen).size]).toEqual([1, FIELDS.mail, 1]);
    expect(mail.text).toContain('https://city.example/participate/status');
    for (const word of ['依申请公开', FIELDS.applicant, FIELDS.title, '登记']) {
      expect(mail.text).not.toContain(word);
      expect(mail.html).not.toContain(word);
    }
  });
});

describe('what is over its time', () => {
  test('is destroyed with all that was said, and stays in the figures; what is not may not be touched', async () => {
    await step('decide', { words: '予以公开。', decision: 'granted' });
    const how = (now: string) => ({ actor: jobActor('erase-submissions'), now, calendar: rig.calendar });
    expect(eraseSubmissions(rig.db, how('2036-03-01T12:00:00.000Z'))).toBe(0);
    expect(() => rig.db.$client.exec("UPDATE public_submissions SET sealed = x''")).toThrow('append-only');
    expect(eraseSubmissions(rig.db, how('2036-03-02T12:00:00.000Z'))).toBe(1);
    expect(eraseSubmissions(rig.db, how('2036-03-03T12:00:00.000Z'))).toBe(0);
    const row = rig.db.select().from(publicSubmissions).where(eq(publicSubmissions.id, id)).get();
    expect([row?.sealed.length, row?.replyIdentity.length]).toEqual([0, 0]);
    expect(rig.db.select().from(publicSubmissionFiles).all()).toEqual([]);
    expect(
      rig.db
        .select()
        .from(caseEvents)
        .all()
        .map(({ sealed }) => sealed),
    ).toEqual([null]);
    expect(letters().map(({ sealed }) => sealed.length)).toEqual([0]);
    expect(rig.db.select().from(caseErasures).all()).toMatchObject([{ submissionId: id, years: 10 }]);
    expect(getDisclosureYear(rig.db, 2026).tableThree.total.rows.granted).toBe(1);
    expect(rig.actions()).toContain('sealed.erase');
    expect((await rig.console.foi.open(officer, id, true)).opened.isErased).toBe(true);
  });
});
