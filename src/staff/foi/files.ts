import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Db } from '#db/client.ts';
import { publicSubmissionFiles } from '#db/schema/participation.ts';
import { scanFile } from '#src/attachments/clamav.ts';
import { blankPdf } from '#src/attachments/clean/pdf.ts';
import { UnfitFileError } from '#src/attachments/errors.ts';
import type { Intake } from '#src/attachments/intake.ts';
import { cleanInto, lookInto } from '#src/attachments/look/look.ts';
import { FileTooLargeError, type Received } from '#src/attachments/store.ts';
import {
  describeFinding,
  FINDING_RULES,
  type Finding,
  isCleanable,
  refusals,
} from '#src/domain/attachments/findings.ts';
import { type FileType, toFileName } from '#src/domain/attachments/types.ts';
import { InputError } from '#src/domain/errors.ts';
import { MOST_ANSWER_FILES } from '#src/domain/foi/steps.ts';
import { seal } from '#src/publish/participation/sealing.ts';

/** A file that is to go with an answer, as it was chosen. */
export interface GivenFile {
  name: string;
  bytes: Uint8Array;
}

/** The same, cleaned, sealed with its name to the staff and to the person. */
export interface SealedFile {
  name: string;
  size: number;
  sealedName: Buffer;
  sealed: Buffer;
}

/** Bytes of one file at most. */
const MOST_BYTES = 10_000_000;

/**
 * Takes files in for one person: looked into and cleaned like the attachments of notices, but kept sealed in the database alone. What is
 * in them besides what is seen is taken out where that can be done, or else refused unless `isChecked` says that somebody looked at it.
 * @throws InputError with the reason
 */
export async function takeAnswerFiles(
  intake: Intake,
  given: readonly GivenFile[],
  isChecked: boolean,
  recipients: readonly string[],
): Promise<SealedFile[]> {
  if (given.length > MOST_ANSWER_FILES) throw fault(`最多 ${MOST_ANSWER_FILES} 个文件`);
  const taken: SealedFile[] = [];
  for (const { name: typed, bytes } of given) {
    const name = toFileName(typed);
    if (name === '') throw fault('文件没有可用的名称');
    const clean = await takeOne(intake, { name, bytes }, isChecked).catch((error: unknown) => {
      const isAnswer = error instanceof UnfitFileError || error instanceof FileTooLargeError;
      throw isAnswer ? fault(`《${name}》没有收下：${error.message}`) : error;
    });
    const [sealedName, sealed] = [await seal(name, recipients), await seal(clean, recipients)];
    taken.push({ name, size: clean.length, sealedName, sealed });
  }
  return taken;
}

const fault = (message: string) => new InputError([{ name: 'files', message }]);

/** Nothing of it stays on the disk, whatever happens. */
async function takeOne(intake: Intake, { name, bytes }: GivenFile, isChecked: boolean): Promise<Buffer> {
  const received = await intake.store.receive(Readable.from([Buffer.from(bytes)]), MOST_BYTES);
  const cleaned = `${received.path}.clean`;
  try {
    return await readFile(await cleanOne(intake, received, { name, cleaned, isChecked }));
  } finally {
    await intake.store.drop(received);
    await rm(cleaned, { force: true });
  }
}

/** Returns where the file that may be given away lies. */
async function cleanOne(
  { scanner }: Intake,
  { path }: Received,
  { name, cleaned, isChecked }: { name: string; cleaned: string; isChecked: boolean },
): Promise<string> {
  const { type, inspection } = await lookInto(path, name);
  const [refused] = refusals(inspection);
  if (refused) throw new UnfitFileError(refused.kind, refused.detail || FINDING_RULES[refused.kind].label);
  const { scan, detail } = await scanFile(scanner, path);
  if (scan === 'infected') throw new UnfitFileError('polyglot', `发现病毒：${detail}`);
  const { findings } = inspection;
  // What somebody tracked has to be decided by whoever wrote it.
  if (findings.some(({ kind }) => kind === 'trackedChange'))
    throw new UnfitFileError('trackedChange', '有修订痕迹，请先在文件里接受或者拒绝全部修订');
  const isCleaned = await takeOut({ path, type, findings }, cleaned);
  await assertNothingHidden(isCleaned ? cleaned : path, isChecked);
  return isCleaned ? cleaned : path;
}

/** Writes a file to `target` without what can be taken out of it; false where that is nothing. */
async function takeOut(
  { path, type, findings }: { path: string; type: FileType; findings: readonly Finding[] },
  target: string,
): Promise<boolean> {
  if (type === 'pdf' && findings.some(({ kind }) => kind === 'property')) {
    const blank = blankPdf(await readFile(path));
    if (blank) await writeFile(target, blank);
    return blank !== undefined;
  }
  const isCleaned = findings.some((finding) => isCleanable(type, finding));
  if (isCleaned) await cleanInto({ path, type }, target, 'accept');
  return isCleaned;
}

async function assertNothingHidden(path: string, isChecked: boolean): Promise<void> {
  if (isChecked) return;
  const { inspection } = await lookInto(path, null);
  const left = inspection.findings.filter(({ kind }) => FINDING_RULES[kind].level !== 'refuse');
  if (left.length === 0) return;
  const told = left.slice(0, 5).map(describeFinding).join('、');
  throw new UnfitFileError(
    'unreadable',
    `里面有看不见或者不能自动检查的内容（${told}）。请处理后再传；确认可以提供的，勾选“已经核对”`,
  );
}

/** Writes down files of an answer. The caller holds the transaction. */
export function insertAnswerFiles(db: Db, submissionId: string, eventSeq: number, files: readonly SealedFile[]): void {
  for (const { size, sealedName, sealed } of files)
    db.insert(publicSubmissionFiles)
      .values({ id: randomUUID(), submissionId, eventSeq, size, sealedName, sealed })
      .run();
}
