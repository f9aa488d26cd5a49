import { randomUUID } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { continueWithin, currentLimit, type Limit } from '#db/limit.ts';
import type { DutyState } from '#src/domain/disclosure-score/states.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import type { ExportFormat } from '#src/domain/exports/urls.ts';
import type { ExposureFilter } from '#src/domain/exposures/filter.ts';
import type { FlagFilter, ScoreFilter } from '#src/domain/flags/filter.ts';
import type { NoticeFilter } from '#src/domain/notices/notice-filter.ts';
import type { OrganizationFilter } from '#src/domain/organizations/filter.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getConfig } from '../config.ts';
import { answerFile } from '../exports/answer.ts';
import { exposureTable, walkExposures } from '../exports/exposures.ts';
import { dutyTable, flagTable } from '../exports/flags.ts';
import { lotTable, walkLots } from '../exports/lots.ts';
import { noticeTable, walkNotices } from '../exports/notices.ts';
import { organizationTable, walkOrganizations } from '../exports/organizations.ts';
import { walkFlaggedLots } from '../flags/list.ts';
import { walkDuties } from '../score/list.ts';

/** A whole list as a file. */
export type FileRequest = { format: ExportFormat; now: Instant } & (
  | { list: 'notices' | 'lots'; filter: NoticeFilter }
  | { list: 'organizations'; filter: OrganizationFilter }
  | { list: 'exposures'; filter: ExposureFilter }
  | { list: 'flags'; filter: FlagFilter }
  | { list: 'duties'; filter: ScoreFilter & { state: DutyState } }
);

/** Files under way at once: a reader may take one as slowly as a line allows. */
const MOST_OPEN = 24;
/** Bytes that are handed on at a time: writers give them row by row. */
const PIECE = 64 * 1024;

interface OpenFile {
  reader: ReadableStreamDefaultReader<Uint8Array>;
  /** The limit that its pieces are read under, one after the other. */
  limit: Limit | undefined;
}

const open = new Map<string, OpenFile>();

/**
 * Begins a file: which rows it holds is settled, the first of them is read. Its bytes are asked for with the key that comes
 * back. @throws UnavailableError when too many are under way
 */
export async function openFile(
  db: Db,
  request: FileRequest,
): Promise<{ key: string; headers: [string, string][]; first: Uint8Array<ArrayBuffer> | null }> {
  if (open.size >= MOST_OPEN) throw new UnavailableError('同时下载的人太多，请在 30 秒后再试', { retryAfter: 30 });
  const answer = startFile(db, request);
  const key = randomUUID();
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  open.set(key, { reader, limit: currentLimit() });
  return { key, headers: [...answer.headers], first: await readFile(db, key) };
}

function startFile(db: Db, { format, now, ...request }: FileRequest): Response {
  const { SITE_URL } = getConfig();
  switch (request.list) {
    case 'notices':
      return answerFile(format, noticeTable(SITE_URL), walkNotices(db, request.filter, now), now);
    case 'lots':
      return answerFile(format, lotTable(SITE_URL), walkLots(db, request.filter, now), now);
    case 'organizations':
      return answerFile(format, organizationTable(SITE_URL), walkOrganizations(db, request.filter), now);
    case 'exposures':
      return answerFile(format, exposureTable(SITE_URL), walkExposures(db, request.filter, now), now);
    case 'flags':
      return answerFile(format, flagTable(SITE_URL), walkFlaggedLots(db, request.filter), now);
    case 'duties':
      return answerFile(format, dutyTable(SITE_URL), walkDuties(db, request.filter), now);
  }
}

/** The next bytes of a file; null after the last. @throws Error for a file that is not open */
export async function readFile(_db: Db, key: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = open.get(key);
  if (!file) throw new Error('this file is not open');
  try {
    const piece = await continueWithin(file.limit, () => readPiece(file.reader));
    if (!piece) open.delete(key);
    return piece;
  } catch (error) {
    open.delete(key);
    throw error;
  }
}

async function readPiece(reader: OpenFile['reader']): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = [];
  for (let length = 0; length < PIECE; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  return parts.length === 0 ? null : Uint8Array.from(Buffer.concat(parts));
}

/** Ends a file before its end. */
export async function closeFile(_db: Db, key: string): Promise<void> {
  const file = open.get(key);
  open.delete(key);
  await file?.reader.cancel();
}
