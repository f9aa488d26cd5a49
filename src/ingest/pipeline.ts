import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { acquireLease, type Lease, LeaseLostError, releaseLease, renewLease } from '#db/lease.ts';
import { defineQuery } from '#db/query.ts';
import { sources } from '#db/schema/sources.ts';
import { isStorageFailure } from '#db/storage-errors.ts';
import { COUNTY_SLUGS, type County } from '#src/domain/counties/counties.ts';
import { addDays, formatDate } from '#src/domain/time/time.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { loadOverlay } from '#src/publish/items/overlay.ts';
import { SourceHeldError } from '#src/publish/items/reasons.ts';
import { ADAPTERS } from './adapters/index.ts';
import type { LoadedFeed } from './details/complete.ts';
import { LIBRARY_ADAPTER, readLibraryFeed } from './library-feed.ts';
import { MIRROR_ADAPTER, readMirrorFeed } from './mirror/feed.ts';
import type { RunContext, RunCounts, RunOptions, RunRecord, SourceRow } from './run/context.ts';
import { hasFixedLists, readLists } from './run/lists.ts';
import { finishRun, isReleased, type RunEnd, startRun } from './run/records.ts';
import { shakeHands } from './run/session.ts';
import type { FeedAdapter } from './types.ts';

export type { RunOptions, RunProgress } from './run/context.ts';

const FIND = defineQuery((db, p: Params<{ key: string }>) => db.select().from(sources).where(eq(sources.key, p.key)));

/** Days that every incremental run reads again: rows are back-dated, withdrawn and shifted while paging. */
const OVERLAP_DAYS = 3;
/** A full run with fewer items than this share of the last one is held. */
const SHRINK_LIMIT = 0.7;
const RENEWAL_MS = 15_000;

/** Feeds that are no lists of items: by the adapter name of their sources. */
const OTHER_FEEDS: Partial<Record<string, (run: RunRecord) => Promise<void>>> = {
  [LIBRARY_ADAPTER]: readLibraryFeed,
  [MIRROR_ADAPTER]: readMirrorFeed,
};

export interface RunSummary extends RunCounts {
  sourceKey: string;
  runId: string;
  /** `busy`: another process is reading this source. */
  state: 'succeeded' | 'failed' | 'held' | 'interrupted' | 'busy';
  /** Notices newly flagged as gone from the feed. */
  gone: number;
  error: string | undefined;
  durationMs: number;
}

/**
 * Reads one source: fetch, parse, validate, normalise, extract, sanitize, screen, store. Whatever goes wrong ends in the
 * source's row and the summary; only an unknown source throws.
 */
export async function runSource(db: Db, sourceKey: string, options: RunOptions): Promise<RunSummary> {
  const started = performance.now();
  const source = findSource(db, sourceKey);
  const lease = options.dryRun ? undefined : acquireLease(db, `ingest ${sourceKey}`);
  const run = toRunRecord(db, source, lease, options);
  const summarize = (end: RunEnd | { state: 'busy' }): RunSummary => {
    return {
      sourceKey,
      runId: run.runId,
      gone: 0,
      error: undefined,
      ...end,
      ...run.counts,
      durationMs: Math.round(performance.now() - started),
    };
  };
  if (!options.dryRun && !lease) return summarize({ state: 'busy' });
  const renewal = lease && setInterval(() => keepAlive(db, lease), RENEWAL_MS);
  try {
    if (lease) startRun(run);
    const end = await readSource(run);
    return summarize(lease ? finishRun(run, end) : end);
  } catch (error) {
    // Another holder has the source: the record is no longer ours to write.
    if (error instanceof LeaseLostError) return summarize({ state: 'interrupted', error: error.message });
    // Nothing about the source, everything about this machine: what was read is read again.
    if (isStorageFailure(error)) return summarize({ state: 'interrupted', error: `未能保存：${describe(error)}` });
    throw error;
  } finally {
    clearInterval(renewal);
    if (lease) releaseLease(db, lease);
  }
}

/** Reads everything and judges the result. @throws SqliteError when it cannot be stored, LeaseLostError */
async function readSource(record: RunRecord): Promise<RunEnd> {
  try {
    const readOther = OTHER_FEEDS[record.source.adapter];
    if (readOther) {
      await readOther(record);
      return { state: 'succeeded' };
    }
    const run = Object.assign(record, loadFeed(record.source));
    await shakeHands(run);
    await readLists(run);
    const held = run.released ? undefined : assessRun(run);
    return held ? { state: 'held', error: held } : { state: 'succeeded' };
  } catch (error) {
    if (record.options.signal?.aborted) return { state: 'interrupted', error: '运行被中止' };
    if (isStorageFailure(error)) throw error;
    if (error instanceof SourceHeldError) return { state: 'held', error: error.message };
    return { state: 'failed', error: describe(error) };
  }
}

/** The adapter of a source and its parsed settings. @throws Error when there is no such adapter or the settings do not fit it. */
export function loadFeed(source: Pick<SourceRow, 'adapter' | 'settings'>): LoadedFeed {
  const adapter: FeedAdapter<unknown> | undefined = ADAPTERS[source.adapter];
  if (!adapter) throw new Error(`没有这个适配器：${source.adapter}`);
  const settings = adapter.settings.safeParse(source.settings);
  if (!settings.success) throw new Error(`来源设置有误：${z.prettifyError(settings.error)}`);
  return { adapter, settings: settings.data };
}

/** Why the run may not count as good: the feed shows too little. Absence is never taken for deletion. */
function assessRun(run: RunContext): string | undefined {
  const { minimumItems, lastItemCount } = run.source;
  const count = run.counts.fetched;
  if (run.since !== undefined) {
    const isOutage = count === 0 && run.notModified === 0 && hasFixedLists(run);
    return isOutage ? '来源没有返回任何公告，按故障处理' : undefined;
  }
  if (count < minimumItems) return `只收到 ${count} 条，少于最低 ${minimumItems} 条`;
  if (lastItemCount !== null && count < lastItemCount * SHRINK_LIMIT) {
    return `只收到 ${count} 条，不到上次 ${lastItemCount} 条的七成`;
  }
  return undefined;
}

/** The source's row. @throws Error when there is none. */
export function findSource(db: Db, key: string): SourceRow {
  const row = FIND.first(db, { key });
  if (!row) throw new Error(`没有这个来源：${key}`);
  return row;
}

/** What one run over a source carries along, at its start. */
export function toRunRecord(db: Db, source: SourceRow, lease: Lease | undefined, options: RunOptions): RunRecord {
  return {
    db,
    source: { ...source, county: toCounty(source.county) },
    options,
    runId: randomUUID(),
    lease,
    overlay: loadOverlay(db, source),
    since: windowStart(source, options),
    released: isReleased(db, source.key),
    counts: { fetched: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 },
    total: undefined,
    seen: new Set(),
    newest: '',
    session: undefined,
    validators: {},
    isPartial: false,
    notModified: 0,
    queue: [],
    savedAt: performance.now(),
  };
}

function toCounty(text: string): County {
  const county = COUNTY_SLUGS.find((slug) => slug === text);
  if (!county) throw new Error(`unknown county ${text}`);
  return county;
}

/** First day to read; undefined when the whole feed is read: on demand, the first time, and after a hold. */
function windowStart(source: SourceRow, { since, full }: RunOptions): string | undefined {
  if (since) return since;
  const { lastSuccessAt, lastPublishedAt, heldReason } = source;
  if (full || !lastSuccessAt || heldReason !== null) return undefined;
  const base = lastPublishedAt !== null && lastPublishedAt < lastSuccessAt ? lastPublishedAt : lastSuccessAt;
  return formatDate(addDays(base, -OVERLAP_DAYS));
}

function keepAlive(db: Db, lease: Lease): void {
  try {
    renewLease(db, lease);
  } catch {
    // The next write meets the same fence and ends the run with the reason.
  }
}

function describe(error: unknown): string {
  if (error instanceof FeedFormatError && error.excerpt) return `${error.message}（${error.excerpt}）`;
  return error instanceof Error ? error.message : String(error);
}
