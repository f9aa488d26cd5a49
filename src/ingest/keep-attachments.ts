import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery, defineStatement } from '#db/query.ts';
import { attachmentCopies, attachments, notices, sources } from '#db/schema/index.ts';
import { UnfitFileError } from '#src/attachments/errors.ts';
import { type Intake, takeIn } from '#src/attachments/intake.ts';
import { saveFile } from '#src/attachments/rows.ts';
import { FileTooLargeError } from '#src/attachments/store.ts';
import type { Inspection } from '#src/domain/attachments/findings.ts';
import { findPersonalNumbers } from '#src/domain/personal-data/redact.ts';
import { findMarks } from '#src/domain/screening/secrecy-marks.ts';
import { FetchError, ForbiddenAddressError } from '#src/outbound/errors.ts';
import { follow, savePosition } from '#src/publish/changes/follow.ts';
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
/** Changes that are looked at in one round for attachments nobody has noted yet. */
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

/** Notes attachments of what changed since the last time; of everything when other sources are to be kept than then. */
function noteNew({ db, now }: KeepParts): void {
  const at = now();
  const keptSources = listKept(db);
  if (keptSources.join(' ') !== readKeyValue(db, KEPT_SOURCES, '')) {
    savePosition(db, 'attachments', 0);
    saveKeyValue(db, KEPT_SOURCES, keptSources.join(' '));
  }
  if (keptSources.length === 0) return;
  const batch = follow(db, 'attachments', NOTED);
  if (!batch) return;
  const note = () => {
    for (const id of batch.ids) NOTE.run(db, { id, at });
    batch.keep();
  };
  db.$client.transaction(note).immediate();
}

/** Key in `keyValues`: the sources whose attachments were kept the last time. */
const KEPT_SOURCES = 'attachments.sources';
const KEPT = defineQuery((db) =>
  db.select({ key: sources.key }).from(sources).where(eq(sources.keepsFiles, true).inlineParams()).orderBy(sources.key),
);
const listKept = (db: Db): string[] => KEPT.all(db).map(({ key }) => key);

const NOTE = defineStatement(
  (p: Params<{ id: string; at: string }>) => sql`
    INSERT OR IGNORE INTO ${attachmentCopies} (notice_id, url, state, next_at)
    SELECT ${attachments.noticeId}, ${attachments.url}, 'waiting', ${p.at} FROM ${attachments}
      JOIN ${notices} ON ${notices.id} = ${attachments.noticeId}
      JOIN ${sources} ON ${sources.key} = ${notices.sourceKey} AND ${sources.keepsFiles}
    WHERE ${attachments.noticeId} = ${p.id}`,
);

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
