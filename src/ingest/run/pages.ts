import { and, eq } from 'drizzle-orm';
import type { Params } from '#db/compile.ts';
import { renewLease } from '#db/lease.ts';
import { defineQuery } from '#db/query.ts';
import { notices } from '#db/schema/index.ts';
import type { NoticeDraft } from '#src/publish/draft.ts';
import { markExposureSeen } from '#src/publish/exposures/store.ts';
import { quarantineFault } from '#src/publish/items/quarantine.ts';
import { SourceHeldError } from '#src/publish/items/reasons.ts';
import { findKnown, findReceived, type KnownNotice, type ReceivedItem } from '#src/publish/notices/known.ts';
import { markSeen } from '#src/publish/notices/store.ts';
import { deduplicationKey, draftHash } from '#src/publish/prepare/fingerprints.ts';
import { normalise } from '#src/publish/prepare/prepare.ts';
import { isRemovedItem } from '#src/publish/removal/guard.ts';
import type { FeedPage } from '../types.ts';
import type { FreshItem, RunContext } from './context.ts';
import { completeItems } from './details.ts';
import { toSaveContext } from './records.ts';
import { queueItems } from './save-items.ts';

const BY_DEDUPLICATION_KEY = defineQuery((db, p: Params<{ deduplicationKey: string; sourceKey: string }>) =>
  db
    .select({ id: notices.id, itemId: notices.sourceItemId })
    .from(notices)
    .where(and(eq(notices.deduplicationKey, p.deduplicationKey), eq(notices.sourceKey, p.sourceKey))),
);

/** Rejected items are tried again by themselves this often; after that on demand. */
const AUTOMATIC_ATTEMPTS = 3;
/** From this many re-issued ids on, a batch may be a migration. */
const MIGRATION_MINIMUM = 5;

interface SortedPage {
  fresh: FreshItem[];
  unchanged: KnownNotice[];
  /** Ids of entries of the exposure board or blacklist that are as they were. */
  unchangedEntries: string[];
  /** Rejected before, often enough, and the same since; or removed by law. */
  stillRejected: number;
  /** Every item has been received before and lies before the window. */
  isPast: boolean;
}

/**
 * Stores one page of a list. Returns true when everything on it is known and older than the window.
 * @throws SourceHeldError when most new items are known ones under other ids.
 */
export async function processPage(
  run: RunContext,
  page: FeedPage,
  isOld: (draft: NoticeDraft) => boolean,
): Promise<boolean> {
  const sorted = sortItems(run, page.drafts, isOld);
  for (const { sourceItemId, raw } of page.faults) run.seen.add(sourceItemId ?? raw);
  if (page.isPartial) run.isPartial = true;
  if (!run.released) assertNoMigration(run, sorted.fresh);
  run.counts.fetched += page.faults.length;
  run.counts.rejected += page.faults.length + sorted.stillRejected;
  run.counts.unchanged += sorted.unchanged.length + sorted.unchangedEntries.length;
  if (!run.options.dryRun) saveSightings(run, page, sorted);
  queueItems(run, await completeItems(run, sorted.fresh));
  return sorted.isPast && page.drafts.length > 0;
}

function sortItems(run: RunContext, drafts: NoticeDraft[], isOld: (draft: NoticeDraft) => boolean): SortedPage {
  const sorted: SortedPage = { fresh: [], unchanged: [], unchangedEntries: [], stillRejected: 0, isPast: true };
  for (const draft of drafts) {
    const isRepeat = run.seen.has(draft.sourceItemId);
    run.seen.add(draft.sourceItemId);
    const received = findReceived(run.db, run.source.key, draft.sourceItemId);
    if (!received || !isOld(draft)) sorted.isPast = false;
    if (isRepeat) continue;
    run.counts.fetched++;
    if (isRemovedItem(run.db, { sourceKey: run.source.key, sourceItemId: draft.sourceItemId })) {
      // The source still lists what was removed by law: nothing of it is read, let alone kept.
      sorted.stillRejected++;
      continue;
    }
    const known = draft.exposure ? undefined : findKnown(run.db, run.source.key, draft);
    if (known) run.seen.add(known.sourceItemId);
    const listHash = draftHash(draft);
    const isSame = received !== undefined && isSameItem(run, draft, listHash, received);
    const accepted = isSame && received?.state === 'accepted' ? received : undefined;
    if (accepted && known) sorted.unchanged.push(known);
    else if (accepted?.exposureId && draft.exposure) sorted.unchangedEntries.push(accepted.exposureId);
    else if (isSame && received && isSettled(received)) sorted.stillRejected++;
    else sorted.fresh.push({ draft, listHash, known });
  }
  return sorted;
}

/** Nothing more comes of it by itself: it was rejected often enough, or staff decided that nothing is to. */
const isSettled = ({ state, attempts }: ReceivedItem): boolean =>
  state === 'dismissed' || (state === 'rejected' && attempts >= AUTOMATIC_ATTEMPTS);

/**
 * Whether the list still says of an item what it said when it was last received. Sites show one item in several columns, and a
 * poll may meet it in another one than before: only a full run sees every column, so only it moves an item.
 */
function isSameItem(run: RunContext, draft: NoticeDraft, listHash: string, received: ReceivedItem): boolean {
  if (received.contentHash.startsWith(listHash)) return true;
  if (run.since === undefined || received.state !== 'accepted') return false;
  const { column, mapping } = JSON.parse(received.listItem) as NoticeDraft;
  return column.code !== draft.column.code && received.contentHash.startsWith(draftHash({ ...draft, column, mapping }));
}

/** Sites that move re-issue their ids: thousands of "new" notices that are the old ones. A person decides about those. */
function assertNoMigration(run: RunContext, fresh: FreshItem[]): void {
  const added = fresh.filter(({ known, draft }) => !known && !draft.withdrawn && !draft.exposure);
  if (added.length < MIGRATION_MINIMUM) return;
  const earlier = new Set(added.map(({ draft }) => findEarlier(run, draft)).filter((id) => id !== undefined));
  if (earlier.size < MIGRATION_MINIMUM || earlier.size <= added.length / 2) return;
  throw new SourceHeldError(`疑似编号整体更换：${added.length} 条新公告中有 ${earlier.size} 条已用其他编号发布过`);
}

/** The notice of this source that had the draft's title and day under another id before this run. */
function findEarlier(run: RunContext, draft: NoticeDraft): string | undefined {
  try {
    const normal = normalise(draft, run.source.county, Date.now());
    const key = deduplicationKey({ ...normal, title: draft.title });
    const row = BY_DEDUPLICATION_KEY.first(run.db, { deduplicationKey: key, sourceKey: run.source.key });
    return row && !run.seen.has(row.itemId) ? row.id : undefined;
  } catch {
    return undefined;
  }
}

/** Notes what is still there and what could not be read. */
function saveSightings(run: RunContext, page: FeedPage, { unchanged, unchangedEntries }: SortedPage): void {
  if (unchanged.length + unchangedEntries.length + page.faults.length === 0) return;
  const context = toSaveContext(run);
  run.db.$client
    .transaction(() => {
      if (run.lease) renewLease(run.db, run.lease);
      for (const known of unchanged) markSeen(run.db, known, context.now);
      for (const id of unchangedEntries) markExposureSeen(run.db, id, context);
      for (const fault of page.faults) quarantineFault(run.db, run.source.key, fault, context);
    })
    .immediate();
}
