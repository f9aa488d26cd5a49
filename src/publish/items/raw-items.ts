import { and, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { rawItems } from '#db/schema/index.ts';
import { excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import type { Reason } from './reasons.ts';

/** What was received for one item. */
export interface RawItem {
  sourceKey: string;
  sourceItemId: string;
  /** Hash of the list entry followed by the hash of the completed draft, 32 hex digits each. */
  contentHash: string;
  /** The list entry as JSON. */
  listItem: string;
  /** The detail answers as received, see `packAnswers`. */
  body?: Uint8Array | undefined;
  bodyUrl?: string | undefined;
}

export interface RawOutcome extends WriteContext {
  runId: string;
  state: 'accepted' | 'rejected';
  reasons: Reason[];
  noticeId?: string;
  noticeVersion?: number;
  exposureId?: string;
}

const { id, attempts, ...COLUMNS } = getTableColumns(rawItems);
const { sourceKey, sourceItemId, contentHash, listItem, body, bodyUrl, ...CHANGING } = COLUMNS;

const SAVE = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db
    .insert(rawItems)
    .values(paramsOf(COLUMNS, p))
    .onConflictDoUpdate({
      target: [sourceKey, sourceItemId, contentHash],
      set: { ...excludedOf(CHANGING), attempts: sql`${attempts} + 1` },
    })
    .returning({ id }),
);
const SETTLE = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string; noticeId: string }>) =>
  db
    .update(rawItems)
    .set({ state: 'accepted', noticeId: p.noticeId })
    .where(
      and(eq(sourceKey, p.sourceKey), eq(sourceItemId, p.sourceItemId), eq(CHANGING.state, 'rejected').inlineParams()),
    ),
);

/** Keeps what was received, whether it was accepted or not; the same content again only updates its row. Returns the row's id. */
export function saveRawItem(db: Db, item: RawItem, outcome: RawOutcome): number {
  const { runId, actor, now, state, reasons, noticeId = null, noticeVersion = null, exposureId = null } = outcome;
  const row = SAVE.first(db, {
    sourceKey: item.sourceKey,
    sourceItemId: item.sourceItemId,
    contentHash: item.contentHash,
    listItem: item.listItem,
    body: item.body ? toBuffer(item.body) : null,
    bodyUrl: item.bodyUrl ?? null,
    receivedAt: now,
    runId,
    state,
    reasons,
    noticeId,
    noticeVersion,
    exposureId,
    actor,
  });
  if (!row) throw new Error('an upsert returns its row');
  return row.id;
}

/** The same bytes. */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Older rejected forms of an item stay, but are settled once the item is accepted: they need nobody's attention. */
export function settleRejected(db: Db, item: RawItem, noticeId: string): void {
  SETTLE.run(db, { sourceKey: item.sourceKey, sourceItemId: item.sourceItemId, noticeId });
}
