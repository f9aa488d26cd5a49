import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { parseCursor } from '#db/epoch.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import type { RunRecord } from '../run/context.ts';
import type { MirroredPage } from './change.ts';
import { forgetCursor, readCursor, START, toStart } from './cursor.ts';
import { MIRRORED_EXPOSURES } from './exposures.ts';
import { fetchJson, fetchPage, type Upstream } from './fetch-page.ts';
import { MIRRORED_LIBRARY } from './library.ts';
import { MIRRORED_NOTICES } from './notices.ts';
import { beginRenewal, finishRenewal } from './renewal.ts';
import { adoptSource, markMirrored, parseSources } from './sources.ts';
import type { MirroredSubject } from './subject.ts';
import { takePage } from './take.ts';

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
