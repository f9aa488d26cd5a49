import { eq } from 'drizzle-orm';
import { publicSubmissions } from '#db/schema/participation.ts';
import { APPLICANT_TYPE_KEYS, type ApplicantType } from '#src/domain/disclosure/decisions.ts';
import { type FieldFault, UnavailableError } from '#src/domain/errors.ts';
import { looksLike } from '#src/domain/foi/triage.ts';
import { type SubmissionKind, submissionKind } from '#src/domain/participation/kinds.ts';
import { normaliseText } from '#src/domain/search/fold.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { toCommitment, toSubmittedText } from '#src/publish/participation/content.ts';
import { makeReplyKey, type Seal, seal } from '#src/publish/participation/sealing.ts';
import { webDb, writeIntake } from '../db.ts';
import { type ReadForm, readFields } from './fields.ts';
import { FileFault, type KeptFile, MOST_FILES, takeFile } from './files.ts';
import { type FormToken, hashOfToken, isWorkedFor, readToken } from './form-token.ts';
import { INTAKE_TABLES, insertSubmission, type NewFile } from './intake.ts';
import { hashReceipt, keyed, staffRecipient, toReceipt } from './keys.ts';
import { intakeLimits } from './limits.ts';
import { findNoticeTitle } from './notice-title.ts';

/** What the person gets: shown once, never stored as it is. */
export interface Receipt {
  kind: SubmissionKind;
  code: string;
  /** `YYYY-MM-DD` in Shanghai. */
  receivedOn: string;
  salt: string;
  commitment: string;
  /** What was done with each file. */
  files: { name: string; remark: string }[];
}

/** A sent form as it came in. */
export interface SentSubmission {
  values: Record<string, string>;
  files: File[];
  network: string;
  now: number;
}

/** A form that was not taken, with what was typed and why; the token stays good where it is. */
export interface Refused {
  values: Record<string, string>;
  faults: FieldFault[];
  token: FormToken | undefined;
}

const refuse = (values: Record<string, string>, faults: FieldFault[], token?: FormToken): Refused => ({
  ...{ values, faults, token },
});
const ofForm = (message: string): FieldFault[] => [{ name: 'form', message }];
const BUSY = '现在提交的人太多，您填写的内容还在下面：请过一会儿再按一次“提交”，或者打电话给我们。';

/**
 * Takes a form in: checks it, seals it, stores it and its receipt in one transaction. `sealWith` is another only in the control of the
 * test that looks for readable words. @throws UnavailableError where there is no key to seal to
 */
export async function receiveSubmission(
  kind: SubmissionKind,
  sent: SentSubmission,
  sealWith: Seal = seal,
): Promise<Receipt | Refused> {
  const { values, network, now } = sent;
  const recipient = staffRecipient();
  if (recipient === undefined) throw new UnavailableError('网上提交还没有开通，请打电话给我们');
  const token = readToken(values.token ?? '', kind, now);
  if ('fault' in token) return refuse(values, ofForm('页面打开得太久了：内容还在，请再按一次“提交”。'));
  // A field that nobody sees: only programs fill it in.
  if (values.website) return refuse(values, ofForm(BUSY), token);
  const { form, faults } = readFields(kind, values);
  if (kind === 'disclosureRequest' && values.isSure !== 'yes') faults.push(...mistakenFaults(form.fields.text ?? ''));
  const noticeId = findNotice(values.notice ?? '');
  const files = await takeFiles(sent, faults);
  if (faults.length > 0) return refuse(values, faults, token);
  const wasWorkedFor = isWorkedFor(token, values.work ?? '');
  const isRepeat = findReceipt(toReceipt(token.nonce).code) !== undefined;
  if (!isRepeat && !wasWorkedFor) {
    if (token.isEarly) return refuse(values, ofForm('提交得太快了，请看一遍填写的内容再提交。'), token);
    if (!intakeLimits().takeSlow(network, now)) return refuse(values, ofForm(BUSY), token);
  }
  return store({ kind, form, noticeId, files, token, wasWorkedFor, recipient, now }, sealWith);
}

/** What asks for no document is answered sooner elsewhere: said once, and whoever insists is taken at their word. */
function mistakenFaults(text: string): FieldFault[] {
  const mistaken = looksLike(text);
  if (mistaken === null) return [];
  const message =
    mistaken === 'question'
      ? '您写的像是一个问题：当作咨询，5 个工作日内答复'
      : '您写的像是举报：当作举报，可以匿名，由监督岗位办理';
  return [{ name: mistaken, message: `${message}。确实要一份文件的，请勾选下面的确认再提交` }];
}

const findNotice = (id: string): string | null => (id !== '' && findNoticeTitle(webDb(), id) !== undefined ? id : null);

/** The submission of a receipt code. */
export const findReceipt = (code: string): typeof publicSubmissions.$inferSelect | undefined =>
  webDb()
    .select()
    .from(publicSubmissions)
    .where(eq(publicSubmissions.receiptHash, hashReceipt(code)))
    .get();

/** Takes the files of a form in, with what is wrong with them. */
export async function takeFiles(
  {
    values,
    files,
    now,
  }: Pick<SentSubmission, 'now'> & { values: Readonly<Record<string, string>>; files: readonly File[] },
  faults: FieldFault[],
): Promise<KeptFile[]> {
  const given = files.filter(({ size }) => size > 0);
  if (given.length > MOST_FILES) faults.push({ name: 'files', message: `最多 ${MOST_FILES} 个文件` });
  if (faults.length > 0) return [];
  if (
    !intakeLimits().takeBytes(
      given.reduce((sum, { size }) => sum + size, 0),
      now,
    )
  ) {
    faults.push({ name: 'files', message: '现在收到的文件太多，请去掉附件先提交文字，凭查询码再联系补交' });
    return [];
  }
  const kept: KeptFile[] = [];
  for (const file of given) {
    try {
      kept.push(await takeFile(file, values.keepOriginal === 'yes'));
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      faults.push({ name: 'files', message: error.message });
    }
  }
  return kept;
}

interface Storing {
  kind: SubmissionKind;
  form: ReadForm;
  noticeId: string | null;
  files: KeptFile[];
  token: FormToken;
  wasWorkedFor: boolean;
  recipient: string;
  now: number;
}

async function store(storing: Storing, sealWith: Seal): Promise<Receipt> {
  const { kind, form, noticeId, files, token, wasWorkedFor, recipient, now } = storing;
  const { code, salt } = toReceipt(token.nonce);
  const instant = new Date(now).toISOString();
  const receivedOn = formatDate(instant);
  const text = toSubmittedText({
    ...{ kind, fields: form.fields },
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  });
  const reply = await makeReplyKey(code);
  const row = {
    ...{ kind, county: form.county, noticeId, receivedOn, wasWorkedFor },
    applicantType: toApplicantType(form.fields.applicantType),
    receiptHash: hashReceipt(code),
    sealed: await sealWith(text, [recipient]),
    commitment: toCommitment(salt, text),
    fingerprint: toFingerprint(kind, form.fields),
    replyRecipient: reply.recipient,
    replyIdentity: reply.sealedIdentity,
  };
  const sealedFiles = await sealFiles(files, recipient, sealWith);
  const used = { hash: hashOfToken(token.token), expiresOn: formatDate(addDays(instant, 1)) };
  const isFirst = await writeIntake(INTAKE_TABLES, (db) => insertSubmission(db, row, sealedFiles, used));
  const kept = isFirst ? row : (findReceipt(code) ?? row);
  const told = files.map(({ name, remark }) => ({ name, remark }));
  return { kind, code, receivedOn: kept.receivedOn, salt, commitment: kept.commitment, files: told };
}

/** Seals files with their names. */
export const sealFiles = (files: readonly KeptFile[], recipient: string, sealWith: Seal): Promise<NewFile[]> =>
  Promise.all(
    files.map(async ({ name, bytes }) => ({
      size: bytes.length,
      sealedName: await sealWith(name, [recipient]),
      sealed: await sealWith(bytes, [recipient]),
    })),
  );

/** The column of table three of a request for information; null for other kinds. */
const toApplicantType = (value: string | undefined): ApplicantType | null =>
  APPLICANT_TYPE_KEYS.find((key) => key === value) ?? null;

/** The same words again, however they are spaced; nothing of a tip-off, whose words nobody may try out. */
function toFingerprint(kind: SubmissionKind, fields: Readonly<Record<string, string>>): string | null {
  if (submissionKind(kind).isAnonymous) return null;
  return keyed('words', `${kind} ${normaliseText(fields.text ?? '').replaceAll(/\s/g, '')}`).toString('hex');
}
