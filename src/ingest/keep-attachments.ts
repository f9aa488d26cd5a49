import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { attachmentCopies, attachments, notices, sources } from '#db/schema/index.ts';
import { UnfitFileError } from '#src/attachments/errors.ts';
import { type Intake, takeIn } from '#src/attachments/intake.ts';
import { saveFile } from '#src/attachments/rows.ts';
import { FileTooLargeError } from '#src/attachments/store.ts';
import type { Inspection } from '#src/domain/attachments/findings.ts';
import { findPersonalNumbers } from '#src/domain/personal-data/redact.ts';
import { findMarks } from '#src/domain/screening/secrecy-marks.ts';
import { FetchError, ForbiddenAddressError } from '#src/outbound/errors.ts';
import type { Fetcher } from './fetch.ts';

export interface KeepParts {
  db: Db;
  intake: Intake;
  fetcher: Pick<Fetcher, 'take'>;
  /** Bytes of the largest file that is kept. */
  longestFile: number;
  signal?: AbortSignal;
  /** The present instant. */
  now(): string;
}

/** Attachments asked for in one round. */
const ROUND = 20;
const MOST_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 10 * 60_000;
/** Notices that are looked at for attachments nobody has noted yet. */
const NOTED = 2_000;

/**
 * Fetches attachments of public notices that are not kept yet, of sources that are to be kept, one after another, and keeps them as what
 * staff send is kept: so that they outlive the county's site. What its own site cannot give is tried again, ever more rarely. Returns how
 * many are kept now that were not.
 */
export async function keepAttachments(parts: KeepParts): Promise<number> {
  noteNew(parts);
  let kept = 0;
  for (const due of listDue(parts)) {
    if (parts.signal?.aborted) break;
    if (await keepOne(parts, due)) kept += 1;
  }
  return kept;
}

function noteNew({ db, now }: KeepParts): void {
  const at = now();
  const rows = db
    .selectDistinct({ noticeId: attachments.noticeId, url: attachments.url })
    .from(attachments)
    .innerJoin(notices, eq(notices.id, attachments.noticeId))
    .innerJoin(sources, and(eq(sources.key, notices.sourceKey), eq(sources.keepsFiles, true)))
    .where(
      sql`NOT EXISTS (SELECT 1 FROM ${attachmentCopies} WHERE ${attachmentCopies.noticeId} = ${attachments.noticeId} AND ${attachmentCopies.url} = ${attachments.url})`,
    )
    .limit(NOTED)
    .all();
  if (rows.length === 0) return;
  db.$client
    .transaction(() => {
      for (const row of rows)
        db.insert(attachmentCopies)
          .values({ ...row, state: 'waiting', nextAt: at })
          .onConflictDoNothing()
          .run();
    })
    .immediate();
}

type Due = Pick<typeof attachmentCopies.$inferSelect, 'noticeId' | 'url' | 'attempts'>;

const listDue = ({ db, now }: KeepParts): Due[] =>
  db
    .select({ noticeId: attachmentCopies.noticeId, url: attachmentCopies.url, attempts: attachmentCopies.attempts })
    .from(attachmentCopies)
    .innerJoin(notices, and(eq(notices.id, attachmentCopies.noticeId), eq(notices.isPublic, 1)))
    .innerJoin(sources, and(eq(sources.key, notices.sourceKey), eq(sources.keepsFiles, true)))
    .where(and(eq(attachmentCopies.state, 'waiting'), lte(attachmentCopies.nextAt, now())))
    .orderBy(asc(attachmentCopies.nextAt), asc(attachmentCopies.noticeId))
    .limit(ROUND)
    .all();

async function keepOne({ db, intake, fetcher, longestFile, signal, now }: KeepParts, due: Due): Promise<boolean> {
  try {
    const receive = (body: AsyncIterable<Uint8Array>) => intake.store.receive(body, longestFile);
    const received = await fetcher.take(due.url, receive, signal);
    const file = await takeIn(intake, received, null, assertPublishable);
    db.$client
      .transaction(() => {
        saveFile(db, file, now());
        settle(db, due, { state: 'kept', sha256: file.sha256, reason: '', nextAt: null, fetchedAt: now() });
      })
      .immediate();
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    settle(db, due, toFailure(error, due.attempts + 1, now()));
    return false;
  }
}

/** What the source shows is no reason for us to show it again. @throws UnfitFileError */
function assertPublishable({ text }: Inspection): void {
  const numbers = findPersonalNumbers(text).filter(({ kind }) => kind !== 'mobile');
  if (numbers.length > 0) throw new UnfitFileError('property', '附件含有身份证件号码或银行卡号，本站不保存');
  if (findMarks(text).some(({ rule }) => rule === 'secrecyMark'))
    throw new UnfitFileError('property', '附件带有国家秘密标志，本站不保存');
}

type Outcome = Partial<typeof attachmentCopies.$inferInsert>;

const settle = (db: Db, { noticeId, url, attempts }: Due, outcome: Outcome): void => {
  db.update(attachmentCopies)
    .set({ ...outcome, attempts: attempts + 1 })
    .where(and(eq(attachmentCopies.noticeId, noticeId), eq(attachmentCopies.url, url)))
    .run();
};

/** Why a file is not kept, and whether it is tried again. */
function toFailure(error: unknown, attempts: number, now: string): Outcome {
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  const isFinal =
    error instanceof UnfitFileError || error instanceof FileTooLargeError || error instanceof ForbiddenAddressError;
  if (isFinal) return { state: 'refused', reason, nextAt: null };
  const isOver = attempts >= MOST_ATTEMPTS || (error instanceof FetchError && !error.retryable && error.status === 404);
  if (isOver) return { state: 'failed', reason, nextAt: null };
  const nextAt = new Date(Date.parse(now) + FIRST_PAUSE_MS * 6 ** (attempts - 1)).toISOString();
  return { state: 'waiting', reason, nextAt };
}
