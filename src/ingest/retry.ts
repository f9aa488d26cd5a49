import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { rawItems, sources } from '#db/schema/index.ts';
import type { Actor } from '#src/domain/actors.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { findSupplement, saveIncomplete } from '#src/publish/exposures/incomplete-rows.ts';
import { saveExposure } from '#src/publish/exposures/store.ts';
import { assertReleased } from '#src/publish/items/hold.ts';
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

const LIST_REJECTED = defineQuery((db, p: Params<{ sourceKey: string | null; rawItemId: number | null }>) =>
  db
    .select(REJECTED)
    .from(rawItems)
    .where(
      and(
        eq(rawItems.state, 'rejected').inlineParams(),
        sql`(${p.sourceKey} IS NULL OR ${rawItems.sourceKey} = ${p.sourceKey})`,
        sql`(${p.rawItemId} IS NULL OR ${rawItems.id} = ${p.rawItemId})`,
      ),
    )
    .orderBy(asc(rawItems.sourceKey), asc(rawItems.id)),
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
  const summary: RetrySummary = { accepted: 0, rejected: 0, deferred: 0 };
  const values = { sourceKey: which.sourceKey ?? null, rawItemId: which.rawItemId ?? null };
  const rows = LIST_REJECTED.all(db, values);
  for (const [sourceKey, own] of Map.groupBy(rows, (row) => row.sourceKey)) {
    const source = findSource(db, sourceKey);
    if (source.adapter === MIRROR_ADAPTER) {
      rewindMirror(db, sourceKey);
      summary.deferred += own.length;
      continue;
    }
    const feed = loadFeed(source);
    for (const row of own) summary[retryItem(db, row, source, feed, actor)]++;
  }
  return summary;
}

function retryItem(db: Db, row: RejectedRow, source: SourceRow, feed: LoadedFeed, actor: Actor): keyof RetrySummary {
  const context = { runId: row.runId, actor, now: new Date().toISOString() };
  const draft = readDraft(row.listItem, feed.settings);
  const raw: RawItem = { ...row, body: undefined, bodyUrl: row.bodyUrl ?? undefined };
  const county = COUNTY_SLUGS.find((slug) => slug === source.county);
  if (!draft || !county) return defer(db, row);
  try {
    const known = draft.exposure ? undefined : findKnown(db, row.sourceKey, draft);
    const answers = row.body ? unpackAnswers(row.body).map((bytes) => ({ bytes })) : [];
    const supplement = draft.exposure && findSupplement(db, raw);
    const origin = { sourceKey: row.sourceKey, publishedBy: county, knownItemId: known?.sourceItemId, supplement };
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
