import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditEvents, foiLetters, publicSubmissionFiles, publicSubmissions } from '#db/schema/index.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import { standingOf } from '#src/domain/participation/case.ts';
import { getDisclosureYear } from '#src/publish/foi/year-figures.ts';
import { listEvents } from '#src/publish/participation/cases.ts';
import { open, openReplyKey } from '#src/publish/participation/sealing.ts';
import type { StepInput } from '#src/staff/foi/step-input.ts';
import { type CaseKey, loadCaseKey } from '#src/staff/participation/identity.ts';
import type { Session } from '#src/staff/sessions.ts';
import { readPdf } from '#tests/support/read-documents.ts';
import { removeFolder } from '#tests/support/remove-folder.ts';
import { StaffRig } from '#tests/support/staff-rig.ts';
import { seedSubmission } from '#tests/support/submissions.ts';

const CODE = 'the code of the receipt';
const FIELDS = {
  ...{ applicantType: 'person', applicant: '张三丰', identity: '370811199001011234', contact: '济宁市演示路 1 号' },
  ...{ text: '请问怎么报名？', form: 'electronic', way: 'online' },
};
let folder: string;
let caseKey: CaseKey;
let rig: StaffRig;
let officer: Session;
let supervisor: Session;
let id: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'foi-'));
  caseKey = await loadCaseKey(folder, undefined);
  rig = new StaffRig({ caseKey });
  await rig.makeAccount('gongkai', ['disclosureOfficer']);
  await rig.makeAccount('jiandu', ['supervisor']);
  [officer, supervisor] = [await rig.enter('gongkai'), await rig.enter('jiandu')];
  id = await seedSubmission(rig.db, caseKey.recipient, {
    ...{ kind: 'disclosureRequest', receivedOn: '2026-02-27', fields: FIELDS, code: CODE },
  });
});
afterEach(() => {
  rig.close();
  removeFolder(folder);
});

const row = () => rig.db.select().from(publicSubmissions).where(eq(publicSubmissions.id, id)).get();
const step = (name: StepInput['step'], more: Partial<StepInput> = {}) =>
  rig.console.foi.step(
    officer,
    { id, seq: listEvents(rig.db, id).at(-1)?.seq ?? 0 },
    {
      ...{ step: name, words: '', days: null, addressee: '', decision: null, basis: null, count: null },
      ...{ files: [], isChecked: false, ...more },
    },
  );
const standing = (today = '2026-03-02') => {
  const { kind = 'disclosureRequest' } = row() ?? {};
  return standingOf({ kind, receivedOn: '2026-02-27' }, listEvents(rig.db, id), rig.calendar, today);
};
const lastLetter = async () => {
  const letter = rig.db.select().from(foiLetters).all().at(-1);
  return letter ? (await open(letter.sealed, await replyKey())).toString() : '';
};
const replyKey = () => openReplyKey(row()?.replyIdentity ?? Buffer.alloc(0), CODE);

describe('what was filed as a request and is none', () => {
  test('is moved to the questions with its receipt and clock, a letter, an audit row and its row of table three', async () => {
    const { receiptHash } = row() ?? {};
    const { due } = standing().clock;
    await expect(step('toConsultation')).rejects.toThrow('请写明');
    await step('toConsultation', { words: '您询问的是办事流程。' });
    expect(row()).toMatchObject({ kind: 'consultation', receiptHash, receivedOn: '2026-02-27' });
    expect(await lastLetter()).toMatch(/属于咨询.*您询问的是办事流程.*已转为咨询办理，凭原查询码/s);
    expect(rig.db.select().from(auditEvents).all().at(-1)).toMatchObject({
      ...{ action: 'case.disclosure', subject: `case:${id}`, details: '{"act":"toConsultation"}' },
    });
    expect(getDisclosureYear(rig.db, 2026).tableThree.person).toMatchObject({
      ...{ newReceived: 1, totalProcessed: 1, rows: { 'other.other': 1 } },
    });
    // Five working days from then on, and never more than the request had.
    expect(standing().clock.due).toBe('2026-03-09');
    expect(standing().clock.due?.localeCompare(due ?? '')).toBe(-1);
    await expect(rig.console.foi.open(officer, id, false)).rejects.toThrow('不是依申请公开');
    const { cases } = rig.console;
    expect(cases.list(supervisor, 'open').map((each) => each.id)).toEqual([id]);
    const opened = await cases.open(supervisor, id);
    expect([opened.fields.text, opened.fields.identity, opened.fields.applicant]).toEqual([
      FIELDS.text,
      undefined,
      undefined,
    ]);
    const answer = { kind: 'answered', words: '网上报名。', department: '', days: null, cause: null } as const;
    await cases.act(supervisor, { id, seq: opened.seen }, { ...answer, decision: null, owner: null });
    expect(getDisclosureYear(rig.db, 2026).tableThree.total.totalProcessed).toBe(1);
    // The form promised that nothing of it is made public.
    await expect(cases.writeAnswer(supervisor, id, { question: '怎么报名', answer: '网上' }, null)).rejects.toThrow(
      '不公开',
    );
  });

  test('is moved to the tip-offs, where only those who handle them read it, and nobody tries its words out', async () => {
    rig.db
      .insert(publicSubmissions)
      .values({ ...copy(), id: 'other', receiptHash: 'other', fingerprint: 'f' })
      .run();
    id = 'other';
    await step('correct', { days: 15, words: '请补正' });
    await step('toTipOff', { words: '您反映的是违法线索。' });
    expect(row()).toMatchObject({ kind: 'tipOff', fingerprint: null });
    expect(standing().clock.waitsFor).toBeNull();
    expect(getDisclosureYear(rig.db, 2026).tableThree.person.rows['notProcessed.petition']).toBe(1);
    await expect(rig.console.cases.open(officer, id)).rejects.toThrow('没有这项权限');
    expect((await rig.console.cases.open(supervisor, id)).fields).toEqual({ text: FIELDS.text });
  });

  test('changes its kind in no other way', async () => {
    const change = (to: string) => rig.db.$client.exec(`UPDATE public_submissions SET kind = '${to}'`);
    expect(() => change('consultation')).toThrow('append-only');
    await step('toConsultation', { words: '属于咨询' });
    for (const kind of ['tipOff', 'disclosureRequest', 'complaint']) expect(() => change(kind)).toThrow('append-only');
  });
});

const copy = () => {
  const found = row();
  if (!found) throw new Error('no submission');
  return found;
};

describe('files of an answer', () => {
  const decide = (files: StepInput['files'], isChecked = false) =>
    step('decide', { words: '予以公开，见附件。', decision: 'granted', files, isChecked });

  test('are cleaned, sealed to the person and the staff, named in the letter, and lie nowhere else', async () => {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
    const bytes = await picture
      .withExif({ IFD0: { Artist: 'EXIFZHANGSAN' } })
      .jpeg()
      .toBuffer();
    // No program reads what a picture says: somebody has to have looked.
    await expect(decide([{ name: '验收报告.jpg', bytes }])).rejects.toThrow('已经核对');
    await decide([{ name: '../验收报告.jpg', bytes }], true);
    const [file] = rig.db.select().from(publicSubmissionFiles).all();
    if (!file) throw new Error('no file');
    const identity = await replyKey();
    expect((await open(file.sealedName, identity)).toString()).toBe('验收报告.jpg');
    const given = await open(file.sealed, identity);
    expect([given.includes('EXIFZHANGSAN'), (await sharp(given).metadata()).width]).toEqual([false, 8]);
    expect(await lastLetter()).toContain('附件：验收报告.jpg');
    expect((await rig.console.cases.file(officer, id, file.id)).bytes.equals(given)).toBe(true);
    expect(rig.db.$client.serialize().includes('验收报告')).toBe(false);
    const store = join(dirname(rig.db.$client.name), 'files');
    const left = existsSync(store) ? readdirSync(store, { recursive: true, withFileTypes: true }) : [];
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  test('are refused when they are not what they say, or hold what nobody sees, unless somebody looked', async () => {
    await expect(decide([{ name: '程序.pdf', bytes: Buffer.from('MZ not a paper') }])).rejects.toThrow('没有收下');
    const paper = await renderPdf({
      title: '验收报告',
      issuer: '某局',
      number: '1',
      addressee: '某人：',
      blocks: [],
    });
    const grown = Buffer.concat([paper, Buffer.from('\n%%EOF\n')]);
    await expect(decide([{ name: '报告.pdf', bytes: grown }])).rejects.toThrow('修改前的版本');
    await decide([{ name: '报告.pdf', bytes: grown }], true);
    const [kept] = rig.db.select().from(publicSubmissionFiles).all();
    const given = await open(kept?.sealed ?? Buffer.alloc(0), await replyKey());
    expect([(await readPdf(given)).title?.trim() ?? '', given.length]).toEqual(['', grown.length]);
    expect(standing().state).toBe('answered');
    expect(rig.db.select().from(publicSubmissionFiles).all()).toHaveLength(1);
  });
});

describe('what does not come in time', () => {
  test('is listed the day after, and only then is the request given up; it stays unclear only after it was asked about', async () => {
    const late = () => rig.console.foi.list(officer, 'late').map((each) => each.id);
    await expect(step('decide', { words: '不明确', decision: 'unclear' })).rejects.toThrow('没有要求过补正');
    await step('correct', { days: 10, words: '请写明项目编号。' });
    expect([standing('2026-03-12').wait, standing('2026-03-13').wait?.isLate]).toEqual([
      { cause: 'correction', due: '2026-03-12', isLate: false },
      true,
    ]);
    const giveUp = () => step('decide', { words: '逾期未补正', decision: 'notCorrected' });
    await expect(giveUp()).rejects.toThrow('补正期限还没有过');
    expect(late()).toEqual([]);
    rig.pass(11 * 86_400);
    officer = await rig.enter('gongkai');
    expect(late()).toEqual([id]);
    await expect(step('decide', { words: '未缴费', decision: 'notPaid' })).rejects.toThrow('没有发收费通知');
    await giveUp();
    expect(late()).toEqual([]);
    expect(getDisclosureYear(rig.db, 2026).tableThree.person.rows['other.notCorrected']).toBe(1);
  });
});
