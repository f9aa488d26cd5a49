import type { Db } from '#db/client.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { NoticeDraft } from '../draft.ts';
import { findRow } from '../statements.ts';

/** What is stored about a notice that a feed item may belong to. */
export interface KnownNotice {
  id: string;
  sourceKey: string;
  publishedBy: County;
  sourceItemId: string;
  version: number;
  title: string;
  projectCode: string | null;
  projectId: string;
  twinKey: string;
  publishedAt: string;
  firstSeenAt: string;
  lastSeenAt: string;
  goneAt: string | null;
  withdrawnAt: string | null;
  canonicalId: string | null;
  /** Hash of what the current version says; null when that was destroyed. */
  hash: string | null;
}

const BY_ID = `
  SELECT n.id, n.source_key AS sourceKey, n.published_by AS publishedBy, n.source_item_id AS sourceItemId, n.version, n.title, n.project_code AS projectCode, n.project_id AS projectId,
    n.twin_key AS twinKey, n.published_at AS publishedAt, n.first_seen_at AS firstSeenAt, n.last_seen_at AS lastSeenAt,
    n.gone_at AS goneAt, n.withdrawn_at AS withdrawnAt, n.canonical_id AS canonicalId, v.hash
  FROM notices n LEFT JOIN notice_versions v ON v.notice_id = n.id AND v.version = n.version WHERE n.id = ?`;

const ALIAS = `
  SELECT n.id FROM notice_aliases a JOIN notices n ON n.id = a.notice_id AND n.source_key = a.source_key
  WHERE a.source_key = ? AND a.source_item_id = ?`;

/** The notice with an id. */
export function findKnownById(db: Db, id: string): KnownNotice | undefined {
  return findRow<KnownNotice>(db, BY_ID, id);
}

/** The stored notice of a feed item: by its id, else by one of the ids it had before. */
export function findKnown(db: Db, sourceKey: string, draft: NoticeDraft): KnownNotice | undefined {
  const known = findKnownById(db, noticeId(sourceKey, draft.sourceItemId));
  if (known) return known;
  for (const alias of draft.aliases ?? []) {
    const earlier = findKnownById(db, noticeId(sourceKey, alias));
    if (earlier) return earlier;
  }
  const alias = findRow<{ id: string }>(db, ALIAS, sourceKey, draft.sourceItemId);
  return alias && findKnownById(db, alias.id);
}

/** The form of an item that was received last. */
export interface ReceivedItem {
  contentHash: string;
  state: 'accepted' | 'rejected';
  attempts: number;
  /** The list entry as JSON of a draft. */
  listItem: string;
  /** The entry of the exposure board or blacklist that it became. */
  exposureId: string | null;
}

const RECEIVED = `
  SELECT content_hash AS contentHash, state, attempts, list_item AS listItem, exposure_id AS exposureId
  FROM raw_items WHERE source_key = ? AND source_item_id = ?
  ORDER BY received_at DESC, id DESC LIMIT 1`;

/** The last received form of an item, accepted or rejected. */
export function findReceived(db: Db, sourceKey: string, sourceItemId: string): ReceivedItem | undefined {
  return findRow<ReceivedItem>(db, RECEIVED, sourceKey, sourceItemId);
}
