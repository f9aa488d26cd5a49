import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import {
  caseEvents,
  foiLetters,
  ledgerEntries,
  publicAnswers,
  publicSubmissionFiles,
  publicSubmissions,
  publishedNotices,
  staffAccounts,
} from '#db/schema/index.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { ApplicantType } from '#src/domain/disclosure/decisions.ts';
import { type SubmissionKind, submissionKind } from '#src/domain/participation/kinds.ts';
import { RECEIPT_BYTES, toReceiptCode } from '#src/domain/participation/receipt.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { toCommitment, toSubmittedText } from '#src/publish/participation/content.ts';
import { makeReplyKey, seal } from '#src/publish/participation/sealing.ts';
import { loadTokenKey } from '#src/server/subscriptions/tokens.ts';
import { loadCaseKey } from '#src/staff/participation/identity.ts';
import { type DemoEvent, insertFoiDemo, issueDemoLetter, REQUESTS } from './foi.ts';

interface DemoSubmission {
  kind: SubmissionKind;
  county: County;
  /** Days ago. */
  ago: number;
  text: string;
  events: DemoEvent[];
  /** What is public of it; released by another person. */
  answer?: { question: string; answer: string; isReleased: boolean };
  applicantType?: ApplicantType;
}

const MARK = '（演示数据，虚构）';

/** Fictional submissions, one in each state and queue. */
const SUBMISSIONS: readonly DemoSubmission[] = [
  { kind: 'consultation', county: 'qufu', ago: 1, text: '保证金可以用保函吗？', events: [] },
  { kind: 'consultation', county: 'zoucheng', ago: 20, text: '项目延期以后报名还有效吗？', events: [] },
  {
    ...{ kind: 'consultation', county: 'jining', ago: 30, text: '第一次参加政府采购，需要办理什么手续？' },
    events: [
      { kind: 'assigned', ago: 29 },
      { kind: 'answered', ago: 27, words: '先在交易系统注册并办理数字证书，再在公告期内获取采购文件。' },
    ],
    answer: {
      question: '第一次参加政府采购，要办什么手续？',
      answer: '先在交易系统注册并办理数字证书，再在公告期内获取采购文件。（演示数据，虚构）',
      isReleased: true,
    },
  },
  {
    ...{ kind: 'suggestion', county: 'jining', ago: 14, text: '建议开标时间尽量不要安排在节假日后第一天。' },
    events: [{ kind: 'answered', ago: 8, words: '谢谢您的建议，已经纳入开标安排的提醒。' }],
    answer: {
      question: '建议开标时间避开节假日后的第一个工作日。',
      answer: '已经纳入开标安排的提醒。（演示数据，虚构）',
      isReleased: false,
    },
  },
  { kind: 'tipOff', county: 'weishan', ago: 3, text: '某演示项目的几份投标文件格式、错字完全一样。', events: [] },
  {
    ...{ kind: 'tipOff', county: 'jining', ago: 12, text: '某演示公司借用他人资质投标。' },
    events: [
      { kind: 'accepted', ago: 11 },
      { kind: 'transferred', ago: 9, department: '演示市住房和城乡建设局' },
    ],
  },
  {
    ...{ kind: 'objection', county: 'yanzhou', ago: 2, text: '对中标候选人的业绩有异议。' },
    events: [{ kind: 'transferred', ago: 1, department: '演示招标人' }],
  },
  {
    ...{ kind: 'challenge', county: 'qufu', ago: 6, text: '采购文件的参数有倾向性。' },
    events: [{ kind: 'asked', ago: 4, words: '请补充具体是哪一条参数。' }],
  },
  {
    ...{ kind: 'complaint', county: 'liangshan', ago: 25, text: '对质疑答复不满意。' },
    events: [
      { kind: 'accepted', ago: 23 },
      { kind: 'transferred', ago: 22, department: '演示县财政局' },
      { kind: 'outcome', ago: 3, words: '财政部门已经作出处理决定：投诉不成立。' },
      { kind: 'closed', ago: 2 },
    ],
  },
  ...REQUESTS.map((request) => ({ kind: 'disclosureRequest', county: 'jining', ...request }) as const),
  {
    ...{ kind: 'creditRepair', county: 'jining', ago: 4, text: '罚款已缴，已整改，申请停止公示。' },
    events: [{ kind: 'accepted', ago: 3 }],
  },
  {
    ...{ kind: 'creditObjection', county: 'jining', ago: 9, text: '公示的决定书文号有误。' },
    events: [{ kind: 'declined', ago: 7, words: '经核对，文号与决定书一致。' }],
  },
  { kind: 'correction', county: 'jining', ago: 2, text: '县区页面的电话打不通。', events: [] },
];

/** The ledger of 2020, as the report told it: 29 calls, 8 complaints transferred, 6 bidders referred. */
const LEDGER_2020 = [
  ...Array.from({ length: 29 }, (_, index) => ({ kind: 'hotlineCall', index, count: 1 }) as const),
  ...Array.from({ length: 8 }, (_, index) => ({ kind: 'complaintTransferred', index, count: 1 }) as const),
  { kind: 'bidderReferred', index: 5, count: 6 } as const,
];

/** Puts the fictional submissions in where there are none, with what staff did to them. Their receipt codes follow from `demo` and their number. */
export async function createDemoSubmissions(db: Db, directory: string, now: Instant): Promise<void> {
  if (db.select({ id: publicSubmissions.id }).from(publicSubmissions).limit(1).get()) return;
  const { recipient } = await loadCaseKey(join(directory, 'keys'), undefined);
  const pepper = loadTokenKey(directory, 'participation.key');
  const day = (ago: number) => formatDate(addDays(now, -ago));
  const rows = await Promise.all(
    SUBMISSIONS.map(async (submission, index) => {
      const code = demoReceiptCode(index);
      const { kind, county, ago, text } = submission;
      const applicantType = submission.applicantType ?? null;
      const fields = {
        ...sampleFields(kind),
        text: `${text}${MARK}`,
        ...(applicantType === null ? {} : { applicantType, applicant: '演示申请人' }),
      };
      const sent = toSubmittedText({ kind, fields, files: [] });
      const reply = await makeReplyKey(code);
      const row: typeof publicSubmissions.$inferInsert = {
        ...{ id: `demo-${index}`, kind, county, receivedOn: day(ago), wasWorkedFor: true },
        applicantType,
        noticeId: index === 2 ? latestNotice(db) : null,
        receiptHash: createHmac('sha256', pepper).update(`stored:${code}`).digest('hex'),
        ...{ sealed: await seal(sent, [recipient]), commitment: toCommitment('demo', sent) },
        ...{ replyRecipient: reply.recipient, replyIdentity: reply.sealedIdentity },
      };
      const events = await Promise.all(
        submission.events.map(async (event) => ({
          ...{
            submissionId: row.id,
            kind: event.kind,
            occurredOn: day(event.ago),
            isForPerson: event.kind !== 'assigned' && event.kind !== 'proposed',
          },
          ...{
            department: event.department,
            days: event.days,
            cause: event.cause,
            decision: event.decision,
            fee: event.fee,
          },
          sealed: event.words === undefined ? null : await seal(`${event.words}${MARK}`, [recipient, reply.recipient]),
          file: event.file === undefined ? null : await sealFile(event.file, [recipient, reply.recipient]),
        })),
      );
      const letter = await issueDemoLetter(submission, row, {
        recipient,
        issuedOn: day(submission.events.at(-1)?.ago ?? 0),
      });
      return { row, events, submission, letter };
    }),
  );
  db.$client
    .transaction(() => {
      const [writer, releaser, handler] = ['jiandu', 'fushen', 'gongkai'].map((name) => accountOf(db, name));
      if (!writer || !releaser || !handler) return;
      for (const { row, events, submission, letter } of rows) {
        db.insert(publicSubmissions).values(row).run();
        for (const { file, ...event } of events) {
          const ownerId = event.kind === 'assigned' ? writer : null;
          // An extension is approved by another person than who proposed it.
          const officer = event.kind === 'extended' ? releaser : handler;
          const accountId = row.applicantType ? officer : writer;
          const { seq } = db
            .insert(caseEvents)
            .values({ ...event, accountId, ownerId })
            .returning({ seq: caseEvents.seq })
            .get();
          if (file)
            db.insert(publicSubmissionFiles)
              .values({ id: `file-${row.id}`, submissionId: row.id, eventSeq: seq, ...file })
              .run();
        }
        if (letter)
          db.insert(foiLetters)
            .values({ ...letter, accountId: handler })
            .run();
        if (submission.answer)
          insertAnswer(db, row, submission.answer, { writer, releaser, now, on: day(submission.ago - 3) });
      }
      insertFoiDemo(db, { handler, releaser, now, day });
      for (const { kind, index, count } of LEDGER_2020) {
        const occurredOn = `2020-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 27) + 1).padStart(2, '0')}`;
        const told = { department: '演示行政监督部门', outcome: '已办结（演示数据，虚构）' };
        db.insert(ledgerEntries)
          .values({ kind, count, occurredOn, county: 'jining', ...told, accountId: writer, at: now })
          .run();
      }
    })
    .immediate();
}

/** A text that is given with an answer. */
async function sealFile(name: string, recipients: readonly string[]) {
  const text = `演示文件${MARK}`;
  const [sealedName, sealed] = [await seal(name, recipients), await seal(text, recipients)];
  return { size: Buffer.byteLength(text), sealedName, sealed };
}

/** The receipt code of a submission of the demonstration: for trying, and no secret. */
export const demoReceiptCode = (index: number): string =>
  toReceiptCode(createHash('sha256').update(`demo ${index}`).digest().subarray(0, RECEIPT_BYTES));

const accountOf = (db: Db, loginName: string): string | undefined =>
  db.select({ id: staffAccounts.id }).from(staffAccounts).where(eq(staffAccounts.loginName, loginName)).get()?.id;

const latestNotice = (db: Db): string | null =>
  db
    .select({ id: publishedNotices.id })
    .from(publishedNotices)
    .where(eq(publishedNotices.county, 'jining'))
    .orderBy(desc(publishedNotices.publishedAt))
    .limit(1)
    .get()?.id ?? null;

/** What the other fields of a form say. */
function sampleFields(kind: SubmissionKind): Record<string, string> {
  const required = submissionKind(kind).fields.filter((field) => field.required);
  return Object.fromEntries(required.map(({ name, choices }) => [name, choices?.[0]?.value ?? '演示']));
}

function insertAnswer(
  db: Db,
  { id, kind, county, noticeId, receivedOn }: typeof publicSubmissions.$inferInsert,
  { question, answer, isReleased }: NonNullable<DemoSubmission['answer']>,
  { writer, releaser, now, on }: { writer: string; releaser: string; now: Instant; on: string },
): void {
  db.insert(publicAnswers)
    .values({
      ...{ id: `answer-${id}`, submissionId: id, kind, county, noticeId, askedOn: receivedOn, answeredOn: on },
      ...{ question, answer, searchText: normaliseText(`${question} ${answer}`) },
      ...{ writtenBy: writer, writtenAt: now },
      ...(isReleased ? { releasedBy: releaser, releasedAt: now } : {}),
    })
    .run();
}
