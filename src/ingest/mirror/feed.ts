import { z } from 'zod';
import { FetchError } from '#src/server/outbound/errors.ts';
import { readState, saveState } from '#src/server/search/states.ts';
import { sha256 } from '../fingerprints.ts';
import { renewLease } from '../lease.ts';
import { quarantine } from '../quarantine.ts';
import type { RunRecord } from '../run/context.ts';
import { isStorageFailure } from '../run/save-items.ts';
import { findKnownById } from '../store/known.ts';
import { type SaveContext, type SaveOutcome, saveNotice, withdrawNotice } from '../store.ts';
import { FeedFormatError } from '../types.ts';
import { type MirroredChange, type MirroredPage, parsePage, prepareMirrored } from './change.ts';
import { adoptSource, assertMirrored, markMirrored, parseSources } from './sources.ts';

/** Adapter name of sources that are another Tongming portal. */
export const MIRROR_ADAPTER = 'tongming';

const settingsSchema = z.strictObject({
  /** Address of the other portal. */
  url: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** The name under which the other portal has registered us. */
  reader: z.string().optional(),
});
type Settings = z.output<typeof settingsSchema>;

/** Changes asked for at a time. */
const PAGE_SIZE = 200;
/** Changes of one transaction: see the pull. */
const BATCH = 100;

const cursorKey = (sourceKey: string) => `mirror.cursor ${sourceKey}`;

/**
 * Follows another portal's changes to their end: its public notices are here afterwards as they are there, byte for byte,
 * and what is public there no longer is public here no longer. The position moves in the transaction of the changes before
 * it, so a killed run goes on where it was. A full run reads all changes again.
 * @throws FetchError, FeedFormatError
 */
export async function readMirrorFeed(run: RunRecord): Promise<void> {
  const settings = settingsSchema.safeParse(run.source.settings);
  if (!settings.success) throw new Error(`来源设置有误：${z.prettifyError(settings.error)}`);
  await adoptSources(run, settings.data);
  let cursor = run.options.full ? 0 : Number(readState(run.db, cursorKey(run.source.key), '0'));
  for (;;) {
    run.options.signal?.throwIfAborted();
    const page = await fetchPage(run, settings.data, cursor);
    if (page.newest < cursor) {
      // The other portal was restored from an older copy: its numbers mean other changes now.
      cursor = 0;
      continue;
    }
    takePage(run, page);
    cursor = page.next;
    if (page.upToDate) break;
  }
  if (!run.options.dryRun) markMirrored(run.db, run.source.key, new Date().toISOString());
}

async function adoptSources(run: RunRecord, { url }: Settings): Promise<void> {
  const listed = parseSources(await fetchJson(run, `${url}/api/v1/sources`));
  if (run.options.dryRun) return;
  const adopt = () => {
    for (const source of listed) adoptSource(run.db, source, run.source.key);
  };
  run.db.$client.transaction(adopt).immediate();
}

/** A page of changes, a smaller one when it is too large to be read. */
async function fetchPage(run: RunRecord, { url, reader }: Settings, since: number): Promise<MirroredPage> {
  for (let limit = PAGE_SIZE; ; limit = Math.ceil(limit / 4)) {
    try {
      const query = new URLSearchParams({ since: String(since), limit: String(limit), ...(reader ? { reader } : {}) });
      const page = parsePage(await fetchJson(run, `${url}/api/v1/changes?${query}`));
      if (!page) throw new FeedFormatError('上游的变更不合格式');
      return page;
    } catch (error) {
      if (limit === 1 || !(error instanceof FetchError) || error.retryable) throw error;
    }
  }
}

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

function takePage(run: RunRecord, page: MirroredPage): void {
  const { items } = page;
  run.counts.fetched += items.length;
  if (run.options.dryRun) return;
  for (let start = 0; start < items.length || start === 0; start += BATCH) {
    const batch = items.slice(start, start + BATCH);
    const isLast = start + BATCH >= items.length;
    takeBatch(run, batch, isLast ? page.next : (batch.at(-1)?.seq ?? page.next));
  }
  run.options.onProgress?.({ sourceKey: run.source.key, total: undefined, ...run.counts });
}

/** Stores changes, and with them the position behind them. */
function takeBatch(run: RunRecord, batch: readonly MirroredChange[], cursor: number): void {
  const context = { runId: run.runId, now: new Date().toISOString() };
  const outcomes: (SaveOutcome | 'rejected')[] = [];
  const take = () => {
    if (run.lease) renewLease(run.db, run.lease);
    for (const change of batch) outcomes.push(takeChange(run, change, context));
    saveState(run.db, cursorKey(run.source.key), String(cursor));
  };
  run.db.$client.transaction(take).immediate();
  for (const outcome of outcomes) run.counts[outcome]++;
}

function takeChange(run: RunRecord, change: MirroredChange, context: SaveContext): SaveOutcome | 'rejected' {
  const raw = {
    sourceKey: run.source.key,
    sourceItemId: change.id,
    contentHash: change.kind === 'upsert' ? sha256(change.hash) : sha256(`remove ${change.seq}`),
    listItem: JSON.stringify(change),
  };
  try {
    const known = findKnownById(run.db, change.id);
    if (change.kind === 'upsert') {
      const prepared = prepareMirrored(change);
      const { sourceKey, publishedBy } = prepared.content;
      assertMirrored(run.db, sourceKey, publishedBy, run.source.key);
      return saveNotice(run.db, prepared, raw, context);
    }
    if (!known) return 'unchanged';
    assertMirrored(run.db, known.sourceKey, known.publishedBy, run.source.key);
    return withdrawNotice(run.db, known, raw, context);
  } catch (error) {
    if (isStorageFailure(error)) throw error;
    quarantine(run.db, raw, error, '', context);
    return 'rejected';
  }
}
