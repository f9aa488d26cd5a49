import type { Db } from '#db/client.ts';
import {
  type foiLetters,
  foiRequestTopics,
  foiReviewOutcomes,
  foiReviews,
  foiTopics,
  type publicSubmissions,
} from '#db/schema/index.ts';
import { createWorkingCalendar } from '#src/domain/calendar/working-days.ts';
import type { ApplicantType, DisclosureDecision } from '#src/domain/disclosure/decisions.ts';
import type { LetterKind } from '#src/domain/foi/letter-kinds.ts';
import type { CaseEventKind } from '#src/domain/participation/case.ts';
import { type PauseCause, runClock } from '#src/domain/participation/clock.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { seal } from '#src/publish/participation/sealing.ts';
import { type LetterContent, writeLetter } from '#src/staff/foi/letters.ts';

/** What was done to a submission of the demonstration. */
export interface DemoEvent {
  kind: CaseEventKind;
  /** Days ago. */
  ago: number;
  words?: string;
  department?: string;
  days?: number;
  cause?: PauseCause;
  decision?: DisclosureDecision;
  /** In fen. */
  fee?: number;
  /** Name of a text that is given with it. */
  file?: string;
}

interface DemoRequest {
  /** As what it is handled since it was moved. */
  kind?: 'consultation' | 'tipOff';
  ago: number;
  text: string;
  applicantType: ApplicantType;
  events: DemoEvent[];
}

/** Fictional requests for information, one in each state. */
export const REQUESTS: readonly DemoRequest[] = [
  { ago: 1, text: '申请公开某演示项目的开标记录。', applicantType: 'person', events: [] },
  {
    ...{ ago: 10, text: '申请公开某演示项目的验收报告。', applicantType: 'person' },
    events: [{ kind: 'asked', ago: 8, days: 15, words: '请写明项目编号。' }],
  },
  {
    ...{ ago: 26, text: '申请公开某演示项目的合同。', applicantType: 'business' },
    events: [
      { kind: 'accepted', ago: 25 },
      { kind: 'paused', ago: 20, cause: 'thirdParty' },
      { kind: 'resumed', ago: 12 },
      {
        ...{ kind: 'answered', ago: 5, decision: 'partlyGranted', file: '合同（演示）.txt' },
        words: '予以部分公开，涉及商业秘密的价格构成已经隐去。',
      },
    ],
  },
  {
    ...{ ago: 28, text: '申请公开场地使用的统计。', applicantType: 'research' },
    events: [
      { kind: 'accepted', ago: 27 },
      { kind: 'proposed', ago: 7, days: 10, words: '需要整理三年的台账。' },
      { kind: 'extended', ago: 6, days: 10, words: '需要整理三年的台账，经批准延期。' },
    ],
  },
  {
    ...{ ago: 20, text: '申请公开近三年场地使用的统计数据。', applicantType: 'business' },
    events: [
      { kind: 'accepted', ago: 19 },
      { kind: 'proposed', ago: 2, days: 5, words: '数据需要两个科室核对。' },
    ],
  },
  {
    ...{ ago: 16, text: '申请公开某演示项目的询标记录。', applicantType: 'legalService' },
    events: [
      { kind: 'accepted', ago: 15 },
      { kind: 'paused', ago: 9, cause: 'thirdParty' },
    ],
  },
  {
    ...{ ago: 18, text: '申请公开某演示项目全部投标文件的目录。', applicantType: 'business' },
    events: [
      { kind: 'accepted', ago: 17 },
      { kind: 'paused', ago: 6, cause: 'fee', fee: 10_000, words: '请到窗口缴纳。' },
    ],
  },
  {
    ...{ ago: 45, text: '申请公开某演示项目专家的联系方式。', applicantType: 'person' },
    events: [
      { kind: 'accepted', ago: 44 },
      { kind: 'answered', ago: 30, decision: 'thirdParty', words: '属于个人隐私，本人不同意公开。' },
    ],
  },
  {
    ...{ ago: 60, text: '申请公开某演示项目的采购合同。', applicantType: 'person' },
    events: [{ kind: 'answered', ago: 58, decision: 'alreadyPublic', words: '已经在本平台的合同公告中公开。' }],
  },
  {
    ...{ ago: 40, text: '申请公开某演示项目的会议材料。', applicantType: 'socialOrganization' },
    events: [{ kind: 'asked', ago: 36, days: 15, words: '请写明是哪一次会议。' }],
  },
  {
    ...{ ago: 3, kind: 'consultation', text: '请问演示项目的保证金什么时候退？', applicantType: 'person' },
    events: [{ kind: 'rerouted', ago: 2, decision: 'question', words: '您询问的是办事流程，转为咨询答复。' }],
  },
];

const LETTERS: Partial<Record<CaseEventKind, LetterKind>> = {
  ...{ accepted: 'registration', asked: 'correction', extended: 'extension', answered: 'decision' },
};

const extendedDue = (start: string, extension: number) =>
  runClock(createWorkingCalendar(), { start, limit: { count: 20, unit: 'wd' }, extension }).due;

type DemoLetter = Omit<typeof foiLetters.$inferInsert, 'accountId'>;

/** The letter of the last step of a request; undefined where that has none. */
export async function issueDemoLetter(
  { text, events }: Pick<DemoRequest, 'text' | 'events'>,
  row: Pick<typeof publicSubmissions.$inferInsert, 'id' | 'kind' | 'receivedOn' | 'replyRecipient'>,
  { recipient, issuedOn }: { recipient: string; issuedOn: string },
): Promise<DemoLetter | undefined> {
  const last = events.at(-1);
  const kind = last && row.kind === 'disclosureRequest' ? LETTERS[last.kind] : undefined;
  if (!last || kind === undefined) return undefined;
  const year = Number(issuedOn.slice(0, 4));
  const serial = Number(row.id.replace(/\D/g, '')) - FIRST_REQUEST + 1;
  const facts = {
    ...{
      office: { name: '济宁市公共资源交易服务中心', prefix: '济公资公开' },
      year,
      serial,
    },
    ...{
      issuedOn,
      applicant: '演示申请人',
      receivedOn: row.receivedOn,
      description: text,
      words: last.words ?? '',
      dueOn: null,
    },
  };
  const content: LetterContent =
    kind === 'decision'
      ? { kind, decision: last.decision ?? 'granted', files: [], movesTo: null }
      : kind === 'extension'
        ? { kind, days: last.days ?? 0, newDue: extendedDue(row.receivedOn, last.days ?? 0) ?? issuedOn }
        : { kind: 'correction' };
  const letter = JSON.stringify(writeLetter(facts, content));
  const sealed = await seal(letter, [recipient, row.replyRecipient]);
  return { id: `letter-${row.id}`, submissionId: row.id, kind, year, serial, issuedOn, sealed, isForPerson: true };
}

/** Topics of the requests, one of them published, one proposed; and remedies. The caller holds the transaction. */
export function insertFoiDemo(
  db: Db,
  { handler, releaser, now, day }: { handler: string; releaser: string; now: Instant; day(ago: number): string },
): void {
  const decided = {
    decision: 'publish',
    reason: '多人需要，适合主动公开。',
    decidedBy: handler,
    decidedOn: day(3),
  } as const;
  db.insert(foiTopics)
    .values([
      { id: 'demo-contracts', name: '采购合同', createdOn: day(40), ...decided, ...released(releaser, now, day(2)) },
      { id: 'demo-venues', name: '场地使用统计', createdOn: day(20) },
    ])
    .run();
  const topicOf = { 合同: 'demo-contracts', 统计: 'demo-venues' };
  const rows = REQUESTS.flatMap(({ text }, index) => {
    const word = (Object.keys(topicOf) as (keyof typeof topicOf)[]).find((key) => text.includes(key));
    return word ? [{ submissionId: `demo-${FIRST_REQUEST + index}`, topicId: topicOf[word] }] : [];
  });
  db.insert(foiRequestTopics).values(rows).run();
  const who = { accountId: handler, at: now };
  const review = { submissionId: null, number: '', ...who };
  db.insert(foiReviews)
    .values([
      { id: 'demo-upheld', kind: 'reconsideration', filedOn: day(90), body: '演示市人民政府', ...review },
      { id: 'demo-pending', kind: 'litigation', filedOn: day(20), body: '演示人民法院', ...review },
    ])
    .run();
  db.insert(foiReviewOutcomes)
    .values({ reviewId: 'demo-upheld', outcome: 'upheld', decidedOn: day(40), ...who })
    .run();
}

const released = (releasedBy: string, releasedAt: Instant, publishedOn: string) => ({
  ...{ publishedPath: '/open-data', publishedOn, releasedBy, releasedAt },
});

/** Number of the first request among the submissions of the demonstration. */
export const FIRST_REQUEST = 9;
