import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { rawItems, retryRequests, sources } from '#db/schema/index.ts';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { findSupplement, saveIncomplete } from '#src/publish/exposures/incomplete-rows.ts';
import { saveExposure } from '#src/publish/exposures/store.ts';
import { assertReleased } from '#src/publish/items/hold.ts';
import { loadOverlay, overlayOf, type SourceOverlay } from '#src/publish/items/overlay.ts';
import { unpackAnswers } from '#src/publish/items/packed-answers.ts';
import { quarantine } from '#src/publish/items/quarantine.ts';
import type { RawItem } from '#src/publish/items/raw-items.ts';
import { findKnown } from '#src/publish/notices/known.ts';
import { saveNotice } from '#src/publish/notices/store.ts';
import { columnsSchema, findColumn } from './adapters/common/columns.ts';
import { completeItem, type LoadedFeed } from './details/complete.ts';
import { MIRROR_ADAPTER, rewindMirror } from './mirror/feed.ts';
import { findSource, loadFeed } from './pipeline.ts';
import type { SourceRow } from './run/context.ts';

export interface RetrySummary {
  accepted: number;
  rejected: number;
  /** Items that have to be fetched again, or their details: the next run does it. */
  deferred: number;
}

const REJECTED = {
  id: rawItems.id,
  sourceKey: rawItems.sourceKey,
  sourceItemId: rawItems.sourceItemId,
  contentHash: rawItems.contentHash,
  listItem: rawItems.listItem,
  body: rawItems.body,
  bodyUrl: rawItems.bodyUrl,
  runId: rawItems.runId,
};
type RejectedRow = RowOf<typeof REJECTED>;

interface Which {
  sourceKey: string | null;
  rawItemId: number | null;
  after: number;
  limit: number;
}
const LIST_REJECTED = defineQuery((db, p: Params<Which>) =>
  db
    .select(REJECTED)
    .from(rawItems)
    .where(
      and(
        eq(rawItems.state, 'rejected').inlineParams(),
        sql`(${p.sourceKey} IS NULL OR ${rawItems.sourceKey} = ${p.sourceKey})`,
        sql`(${p.rawItemId} IS NULL OR ${rawItems.id} = ${p.rawItemId})`,
        gt(rawItems.id, p.after),
      ),
    )
    .orderBy(asc(rawItems.sourceKey), asc(rawItems.id))
    .limit(p.limit),
);
/** More than any list of rejected items. */
const ALL_OF_THEM = 10_000_000;
const BATCH = 20;
const NEXT_REQUEST = defineQuery((db) => db.select().from(retryRequests).orderBy(asc(retryRequests.askedAt)).limit(1));
/** A request that was made anew meanwhile begins at the start. */
const isRequest = (p: Params<{ sourceKey: string; askedAt: string }>) =>
  and(eq(retryRequests.sourceKey, p.sourceKey), eq(retryRequests.askedAt, p.askedAt));
const KEEP_REQUEST = defineQuery((db, p: Params<{ sourceKey: string; askedAt: string; done: number }>) =>
  db.update(retryRequests).set({ done: p.done }).where(isRequest(p)),
);
const END_REQUEST = defineQuery((db, p: Params<{ sourceKey: string; askedAt: string }>) =>
  db.delete(retryRequests).where(isRequest(p)),
);
const LEAVE = defineQuery((db, p: Params<{ id: number }>) =>
  db.update(rawItems).set({ attempts: 0 }).where(eq(rawItems.id, p.id)),
);
const FORGET_VALIDATORS = defineQuery((db, p: Params<{ key: string }>) =>
  db.update(sources).set({ validators: {} }).where(eq(sources.key, p.key)),
);

/** Judges rejected items again from what was kept of them, under the present rules and column maps. */
export function retryRejected(
  db: Db,
  actor: Actor,
  which: { sourceKey?: string; rawItemId?: number } = {},
): RetrySummary {
  const { sourceKey = null, rawItemId = null } = which;
  return retryRows(db, actor, LIST_REJECTED.all(db, { sourceKey, rawItemId, after: 0, limit: ALL_OF_THEM }));
}

/**
 * Judges again what waits since a code was mapped, in small batches; a batch is one step, so that a process that ends goes on there.
 * Returns whether something is left.
 */
export function retryRequested(db: Db): boolean {
  const request = NEXT_REQUEST.first(db);
  if (!request) return false;
  const { sourceKey, actor, done: after } = request;
  const rows = LIST_REJECTED.all(db, { sourceKey, rawItemId: null, after, limit: BATCH });
  retryRows(db, actor, rows);
  const last = rows.at(-1);
  if (last) KEEP_REQUEST.run(db, { sourceKey, done: last.id, askedAt: request.askedAt });
  else END_REQUEST.run(db, { sourceKey, askedAt: request.askedAt });
  return true;
}

function retryRows(db: Db, actor: Actor, rows: readonly RejectedRow[]): RetrySummary {
  const summary: RetrySummary = { accepted: 0, rejected: 0, deferred: 0 };
  for (const [sourceKey, own] of Map.groupBy(rows, (row) => row.sourceKey)) {
    const source = findSource(db, sourceKey);
    if (source.adapter === MIRROR_ADAPTER) {
      rewindMirror(db, sourceKey);
      summary.deferred += own.length;
      continue;
    }
    const feed = { ...loadFeed(source), overlay: loadOverlay(db, source) };
    for (const row of own) summary[retryItem(db, row, source, feed, actor)]++;
  }
  return summary;
}

type Feed = LoadedFeed & { overlay: SourceOverlay };

function retryItem(db: Db, row: RejectedRow, source: SourceRow, feed: Feed, actor: Actor): keyof RetrySummary {
  const context = { runId: row.runId, actor, now: new Date().toISOString() };
  const draft = readDraft(row.listItem, feed.settings);
  const raw: RawItem = { ...row, body: undefined, bodyUrl: row.bodyUrl ?? undefined };
  const county = COUNTY_SLUGS.find((slug) => slug === source.county);
  if (!draft || !county) return defer(db, row);
  try {
    const known = draft.exposure ? undefined : findKnown(db, row.sourceKey, draft);
    const answers = row.body ? unpackAnswers(row.body).map((bytes) => ({ bytes })) : [];
    const supplement = draft.exposure && findSupplement(db, raw);
    const overlay = overlayOf(feed.overlay, readReceived(row.listItem) ?? draft);
    const own = { knownItemId: known?.sourceItemId, supplement, overlay };
    const origin = { sourceKey: row.sourceKey, publishedBy: county, ...own };
    const completion = completeItem(feed, { draft, answers, ...origin });
    if (completion.next) return defer(db, row);
    const { prepared, entry, incomplete, error } = completion;
    if (incomplete) saveIncomplete(db, raw, incomplete, context.now);
    if (error !== undefined) throw error;
    assertReleased(db, raw, completion, context.now);
    if (entry) saveExposure(db, entry, raw, context);
    if (prepared) saveNotice(db, prepared, raw, context);
    return 'accepted';
  } catch (error) {
    quarantine(db, raw, error, draft.exposure ? '' : draft.title, context);
    return 'rejected';
  }
}

/** Leaves an item to the next run, which has to meet it: an unchanged list would not be read. */
function defer(db: Db, row: RejectedRow): 'deferred' {
  LEAVE.run(db, { id: row.id });
  FORGET_VALIDATORS.run(db, { key: row.sourceKey });
  return 'deferred';
}

/** The kept list entry as it was received. */
function readReceived(listItem: string): NoticeDraft | undefined {
  try {
    return JSON.parse(listItem) as NoticeDraft;
  } catch {
    return undefined;
  }
}

/** The kept list entry with its column mapped anew; undefined for a row that was never readable. */
function readDraft(listItem: string, settings: unknown): NoticeDraft | undefined {
  try {
    const draft = JSON.parse(listItem) as NoticeDraft;
    if (typeof draft?.sourceItemId !== 'string' || typeof draft.column?.code !== 'string') return undefined;
    const columns = columnsSchema.safeParse((settings as { columns?: unknown }).columns);
    if (!columns.success) return draft;
    const found = findColumn(columns.data, draft.column.code);
    // Where a column leaves category or stage open, the row itself has said them.
    const isOpen = Object.hasOwn(columns.data, draft.column.code) && !found.mapping && !found.exposure;
    return isOpen ? draft : { ...draft, mapping: undefined, exposure: undefined, ...found };
  } catch {
    return undefined;
  }
}
