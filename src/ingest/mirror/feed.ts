import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { parseCursor } from '#db/epoch.ts';
import { saveKeyValue } from '#db/key-values.ts';
import { renewLease } from '#db/lease.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { FetchError } from '#src/outbound/errors.ts';
import type { SaveOutcome } from '#src/publish/notices/store.ts';
import type { RunRecord } from '../run/context.ts';
import { toSaveContext } from '../run/records.ts';
import { type MirroredChange, type MirroredPage, parsePage } from './change.ts';
import { cursorKey, forgetCursor, readCursor, START, toStart } from './cursor.ts';
import { MIRRORED_EXPOSURES } from './exposures.ts';
import { MIRRORED_LIBRARY } from './library.ts';
import { MIRRORED_NOTICES } from './notices.ts';
import { beginRenewal, finishRenewal, noteTold } from './renewal.ts';
import { adoptSource, markMirrored, parseSources } from './sources.ts';
import type { MirroredSubject } from './subject.ts';
import { takeChange } from './take-change.ts';

/** Changes of one transaction: many, because a commit waits for the disk; few enough that other writers wait only briefly. */
const BATCH = 100;

/** Stores the changes of a page, many to a transaction; the place behind them moves with them. A dry run only counts them. */
function takePage(run: RunRecord, subject: MirroredSubject, { items, next }: MirroredPage): void {
  run.counts.fetched += items.length;
  if (run.options.dryRun) return;
  for (let start = 0; start < items.length || start === 0; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const isLast = start + BATCH >= items.length;
    takeBatch(run, subject, batch, isLast ? next : toCursorAt(next, batch));
  }
  run.options.onProgress?.({ sourceKey: run.source.key, total: undefined, ...run.counts });
}

/** The cursor behind the last change of a batch, in the sequence that a cursor is of. */
function toCursorAt(cursor: string, batch: readonly MirroredChange[]): string {
  const { epoch } = parseCursor(cursor) ?? {};
  const seq = String(batch.at(-1)?.seq ?? 0);
  return epoch ? `${epoch}-${seq}` : seq;
}

function takeBatch(run: RunRecord, subject: MirroredSubject, batch: readonly MirroredChange[], cursor: string): void {
  const context = toSaveContext(run);
  const outcomes: (SaveOutcome | 'rejected')[] = [];
  const take = () => {
    if (run.lease) renewLease(run.db, run.lease);
    for (const change of batch) outcomes.push(takeChange(run, subject, change, context));
    noteTold(run, subject, batch);
    saveKeyValue(run.db, cursorKey(run.source.key, subject.of), cursor);
  };
  run.db.$client.transaction(take).immediate();
  for (const outcome of outcomes) run.counts[outcome]++;
}

/** The other portal, and who we are to it. */
interface Upstream {
  url: string;
  reader?: string | undefined;
}

/** Changes asked for at a time. */
const PAGE_SIZE = 200;

/**
 * A page of changes, a smaller one when it is too large to be read; undefined when the other portal does not know of the subject,
 * `ended` when its sequence has begun anew since it gave the cursor. @throws FetchError, FeedFormatError
 */
async function fetchPage(
  run: RunRecord,
  upstream: Upstream,
  of: MirroredSubject['of'],
  since: string,
): Promise<MirroredPage | 'ended' | undefined> {
  for (let limit = PAGE_SIZE; ; limit = Math.ceil(limit / 4)) {
    try {
      const page = parsePage(await fetchJson(run, toUrl(upstream, of, since, limit)));
      if (!page) throw new FeedFormatError('上游的变更不合格式');
      return page;
    } catch (error) {
      if (!(error instanceof FetchError) || error.retryable) throw error;
      if (error.status === 410) return 'ended';
      if (error.status === 400 && of !== 'notices') return undefined;
      if (error.status !== undefined || limit === 1) throw error;
    }
  }
}

/** Older portals know notices only, and refuse a parameter that they do not know. */
function toUrl({ url, reader }: Upstream, of: MirroredSubject['of'], since: string, limit: number): string {
  const query = new URLSearchParams({
    ...(of === 'notices' ? {} : { of }),
    since,
    limit: String(limit),
    ...(reader ? { reader } : {}),
  });
  return `${url}/api/v1/changes?${query}`;
}

/** The answer of an address. @throws FetchError, FeedFormatError when it is not JSON */
async function fetchJson(run: RunRecord, url: string): Promise<unknown> {
  const { fetcher, signal } = run.options;
  const { bytes } = await fetcher.get({ url, expect: 'json' }, { signal });
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new FeedFormatError('上游的答复不是 JSON', text);
  }
}

/** Adapter name of sources that are another Tongming portal. */
export const MIRROR_ADAPTER = 'tongming';

const settingsSchema = z.strictObject({
  /** Address of the other portal. */
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** The name under which the other portal has registered us. */
  reader: z.string().optional(),
});

/** What is followed, each by its own changes. */
const SUBJECTS: readonly MirroredSubject[] = [MIRRORED_NOTICES, MIRRORED_EXPOSURES, MIRRORED_LIBRARY];

/**
 * Follows another portal's changes to their end: its public content is here afterwards as it is there, byte for byte, and what
 * is public there no longer is public here no longer. The position moves in the transaction of the changes before it, so a
 * killed run goes on where it was. A full run reads all changes again. When the other portal was restored from a backup, everything is
 * read anew, and what it does not tell again is taken down.
 * @throws FetchError, FeedFormatError
 */
export async function readMirrorFeed(run: RunRecord): Promise<void> {
  const settings = settingsSchema.safeParse(run.source.settings);
  if (!settings.success) throw new Error(`来源设置有误：${z.prettifyError(settings.error)}`);
  await adoptSources(run, settings.data);
  for (const subject of SUBJECTS) await follow(run, settings.data, subject);
  if (!run.options.dryRun) markMirrored(run.db, run.source.key, new Date().toISOString());
}

/** Makes the next run of a mirror read all changes again: what was put aside may have been changed or removed there since. */
export function rewindMirror(db: Db, mirror: string): void {
  for (const subject of SUBJECTS) forgetCursor(db, mirror, subject);
}

async function adoptSources(run: RunRecord, { url }: Upstream): Promise<void> {
  const listed = parseSources(await fetchJson(run, `${url}/api/v1/sources`));
  if (run.options.dryRun) return;
  const adopt = () => {
    for (const source of listed) adoptSource(run.db, source, run.source.key);
  };
  run.db.$client.transaction(adopt).immediate();
}

async function follow(run: RunRecord, upstream: Upstream, subject: MirroredSubject): Promise<void> {
  const { db, source, options } = run;
  const kept = readCursor(db, source.key, subject);
  let cursor = options.full ? toStart(kept) : kept;
  let isAnew = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const page = await fetchPage(run, upstream, subject.of, cursor);
    if (!page) return;
    if (page === 'ended' || isOfAnother(page, cursor)) {
      if (isAnew) throw new FeedFormatError('上游的变更序列一再更换');
      isAnew = true;
      cursor = START;
      continue;
    }
    if (isAnew && cursor === START && !options.dryRun) beginRenewal(run, subject);
    if (toSeq(page.next) <= toSeq(cursor) && !page.upToDate) throw new FeedFormatError('上游的变更没有往前');
    takePage(run, subject, page);
    cursor = page.next;
    if (page.upToDate) break;
  }
  if (!options.dryRun) finishRenewal(run, subject, cursor);
}

const toSeq = (cursor: string): number => parseCursor(cursor)?.seq ?? 0;

/** Does a page go on in another sequence than the one that the cursor is of? The other portal was restored, or replaced. */
function isOfAnother({ next, newest }: MirroredPage, cursor: string): boolean {
  const before = parseCursor(cursor)?.epoch;
  if (before === undefined) return false;
  return parseCursor(next)?.epoch !== before || toSeq(newest) < toSeq(cursor);
}
