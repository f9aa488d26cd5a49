import { DISCLOSURE_DECISIONS } from '#src/domain/disclosure/decisions.ts';
import { type FieldFault, InputError, UnavailableError } from '#src/domain/errors.ts';
import { formatYuan } from '#src/domain/money/money.ts';
import {
  CASE_EVENTS,
  type CaseEventKind,
  type CaseStanding,
  isOver,
  standingOf,
} from '#src/domain/participation/case.ts';
import { PAUSE_CAUSES } from '#src/domain/participation/clock.ts';
import type { SubmissionKind } from '#src/domain/participation/kinds.ts';
import { RECEIPT_FAULTS, readReceiptCode } from '#src/domain/participation/receipt.ts';
import { addDays, formatDate, type Instant } from '#src/domain/time/time.ts';
import { listEvents, type StoredEvent } from '#src/publish/participation/cases.ts';
import { open, openReplyKey, seal } from '#src/publish/participation/sealing.ts';
import { getWorkingCalendar } from '../calendar.ts';
import { webDb, writeIntake } from '../db.ts';
import { hashOfToken, readToken } from './form-token.ts';
import { INTAKE_TABLES, insertAddition } from './intake.ts';
import { staffRecipient } from './keys.ts';
import { listOwnFiles, type OwnFile, type OwnLetter, openOwnLetters } from './letters.ts';
import { findReceipt, sealFiles, takeFiles } from './receive.ts';

/** What a form on the page of a receipt is for, in its token. */
export const ADDITION = 'addition';
const MOST_WORDS = 3_000;

/** A step that the person is told of. */
export interface ToldStep {
  kind: CaseEventKind;
  on: string;
  text: string;
  /** Words for the person, opened with the receipt code. */
  words: string | null;
}

/** What a receipt code shows: never what was sent. */
export interface SubmissionStatus {
  kind: SubmissionKind;
  receivedOn: string;
  commitment: string;
  standing: CaseStanding;
  steps: ToldStep[];
  letters: OwnLetter[];
  /** What was given with an answer. */
  files: OwnFile[];
  /** Whether what was sent was destroyed when its time was over. */
  isErased: boolean;
  mayAdd: boolean;
}

/** Where the submission of a receipt code stands. @throws InputError, at the field `code`, for one that is none of ours */
export async function readStatus(typed: string, now: Instant): Promise<SubmissionStatus & { code: string }> {
  const read = readReceiptCode(typed);
  if ('fault' in read) throw new InputError([{ name: 'code', message: RECEIPT_FAULTS[read.fault] }]);
  const row = findReceipt(read.code);
  if (!row) throw new InputError([{ name: 'code', message: '没有这个查询码，请核对' }]);
  const events = listEvents(webDb(), row.id);
  const standing = standingOf(row, events, getWorkingCalendar(), formatDate(now));
  const isErased = row.replyIdentity.length === 0;
  const identity = isErased ? null : await openReplyKey(row.replyIdentity, read.code);
  const steps = await Promise.all(events.filter(isTold).map((event) => tell(event, identity)));
  const letters = identity === null ? [] : await openOwnLetters(row.id, identity);
  const files = identity === null ? [] : await listOwnFiles(row.id, identity);
  const { kind, receivedOn, commitment } = row;
  const told = { kind, receivedOn, commitment, standing, steps, letters, files, isErased };
  return { code: read.code, ...told, mayAdd: !isOver(standing.state) };
}

const UNTOLD: ReadonlySet<CaseEventKind> = new Set([
  ...(['assigned', 'noted', 'escalated', 'proposed', 'refused'] as const),
]);
const isTold = ({ kind }: StoredEvent) => !UNTOLD.has(kind);

async function tell(event: StoredEvent, identity: string | null): Promise<ToldStep> {
  const words =
    identity !== null && event.isForPerson && event.sealed ? (await open(event.sealed, identity)).toString() : null;
  return { kind: event.kind, on: event.on, text: textOf(event), words };
}

function textOf({ kind, department, days, cause, decision, fee }: StoredEvent): string {
  const { label } = CASE_EVENTS[kind];
  if (kind === 'transferred' && department) return `转${department}办理`;
  if (kind === 'extended' && days) return `延期 ${days} 天`;
  if (kind === 'paused' && cause)
    return `暂停计时：${PAUSE_CAUSES[cause]}${fee === null ? '' : `，应缴 ${formatYuan(fee)}`}`;
  return decision ? `${label}：${DISCLOSURE_DECISIONS[decision].label}` : label;
}

/** Takes in what the person adds, with its files. Sent twice, it is taken once. Says what was done with each file. @throws InputError */
export async function receiveAddition(
  values: Readonly<Record<string, string>>,
  given: readonly File[],
  now: Instant,
): Promise<string[]> {
  const read = readReceiptCode(values.code ?? '');
  const row = 'code' in read ? findReceipt(read.code) : undefined;
  const token = readToken(values.token ?? '', ADDITION, Date.parse(now));
  const text = (values.text ?? '').trim();
  const faults: FieldFault[] = [];
  if (!row) faults.push({ name: 'code', message: '没有这个查询码，请核对' });
  if (text === '') faults.push({ name: 'text', message: '请填写要补充的内容' });
  if (text.length > MOST_WORDS) faults.push({ name: 'text', message: `最多 ${MOST_WORDS} 个字` });
  if ('fault' in token) faults.push({ name: 'text', message: '页面打开得太久了，请再按一次“补充”' });
  const recipient = staffRecipient();
  if (recipient === undefined) throw new UnavailableError('网上提交还没有开通，请打电话给我们');
  if (faults.length > 0 || !row || 'fault' in token) throw new InputError(faults);
  const files = await takeFiles({ values, files: given, now: Date.parse(now) }, faults);
  if (faults.length > 0) throw new InputError(faults);
  const events = listEvents(webDb(), row.id);
  if (isOver(standingOf(row, events, getWorkingCalendar(), formatDate(now)).state))
    throw new InputError([{ name: 'text', message: '这件事已经办结，需要的话请另外提交' }]);
  const addition = {
    ...{ submissionId: row.id, receivedOn: formatDate(now), afterEvent: events.at(-1)?.seq ?? 0 },
    sealed: await seal(text, [recipient]),
  };
  const used = { hash: hashOfToken(token.token), expiresOn: formatDate(addDays(now, 1)) };
  const sealed = await sealFiles(files, recipient, seal);
  const isTaken = await writeIntake(INTAKE_TABLES, (db) => insertAddition(db, addition, sealed, used));
  if (!isTaken) throw new InputError([{ name: 'text', message: '补充的次数太多，请打电话给我们' }]);
  return files.map(({ name, remark }) => `${name}：${remark}`);
}
