import type { Db } from '#db/client.ts';
import { run, statement } from '../statements.ts';
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

export interface RawOutcome {
  runId: string;
  now: string;
  state: 'accepted' | 'rejected';
  reasons: Reason[];
  noticeId?: string;
  noticeVersion?: number;
  exposureId?: string;
}

const UPSERT = `
  INSERT INTO raw_items (source_key, source_item_id, content_hash, list_item, body, body_url, received_at, run_id, state, reasons, notice_id, notice_version, exposure_id)
  VALUES (@sourceKey, @sourceItemId, @contentHash, @listItem, @body, @bodyUrl, @now, @runId, @state, @reasons, @noticeId, @noticeVersion, @exposureId)
  ON CONFLICT (source_key, source_item_id, content_hash) DO UPDATE SET
    received_at = excluded.received_at, run_id = excluded.run_id, state = excluded.state, reasons = excluded.reasons,
    attempts = attempts + 1, notice_id = excluded.notice_id, notice_version = excluded.notice_version,
    exposure_id = excluded.exposure_id
  RETURNING id`;

/** Keeps what was received, whether it was accepted or not; the same content again only updates its row. Returns the row's id. */
export function saveRawItem(db: Db, item: RawItem, outcome: RawOutcome): number {
  const row = statement(db, UPSERT).get({
    ...item,
    body: item.body ?? null,
    bodyUrl: item.bodyUrl ?? null,
    ...outcome,
    reasons: JSON.stringify(outcome.reasons),
    noticeId: outcome.noticeId ?? null,
    noticeVersion: outcome.noticeVersion ?? null,
    exposureId: outcome.exposureId ?? null,
  }) as { id: number };
  return row.id;
}

/** Older rejected forms of an item stay, but are settled once the item is accepted: they need nobody's attention. */
export function settleRejected(db: Db, item: RawItem, noticeId: string): void {
  run(
    db,
    `UPDATE raw_items SET state = 'accepted', notice_id = @noticeId
     WHERE source_key = @sourceKey AND source_item_id = @sourceItemId AND state = 'rejected'`,
    { sourceKey: item.sourceKey, sourceItemId: item.sourceItemId, noticeId },
  );
}
