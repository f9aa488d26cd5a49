import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeAliases, notices, noticeVersions, rawItems } from '#db/schema/index.ts';
import { noticeId } from '#src/domain/identifiers/ids.ts';
import type { NoticeDraft } from '../draft.ts';

const KNOWN = {
  id: notices.id,
  sourceKey: notices.sourceKey,
  publishedBy: notices.publishedBy,
  sourceItemId: notices.sourceItemId,
  version: notices.version,
  title: notices.title,
  projectCode: notices.projectCode,
  projectId: notices.projectId,
  deduplicationKey: notices.deduplicationKey,
  publishedAt: notices.publishedAt,
  firstSeenAt: notices.firstSeenAt,
  lastSeenAt: notices.lastSeenAt,
  goneAt: notices.goneAt,
  withdrawnAt: notices.withdrawnAt,
  canonicalId: notices.canonicalId,
  /** Hash of the current version; null when what it said was removed by law and the notice goes on. */
  hash: sql<string | null>`${noticeVersions.hash}`,
};

/** What is stored about a notice that a feed item may belong to. */
export type KnownNotice = RowOf<typeof KNOWN>;

const BY_ID = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select(KNOWN)
    .from(notices)
    .leftJoin(noticeVersions, and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)))
    .where(and(eq(notices.id, p.id), isNull(notices.removedAt))),
);

const BY_ALIAS = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string }>) =>
  db
    .select({ id: notices.id })
    .from(noticeAliases)
    .innerJoin(notices, and(eq(notices.id, noticeAliases.noticeId), eq(notices.sourceKey, noticeAliases.sourceKey)))
    .where(and(eq(noticeAliases.sourceKey, p.sourceKey), eq(noticeAliases.sourceItemId, p.sourceItemId))),
);

/** The notice with an id; undefined also when it was removed by law. */
export function findKnownById(db: Db, id: string): KnownNotice | undefined {
  return BY_ID.first(db, { id });
}

/** The stored notice of a feed item: by its id, else by one of the ids it had before. */
export function findKnown(db: Db, sourceKey: string, draft: NoticeDraft): KnownNotice | undefined {
  const known = findKnownById(db, noticeId(sourceKey, draft.sourceItemId));
  if (known) return known;
  for (const alias of draft.aliases ?? []) {
    const earlier = findKnownById(db, noticeId(sourceKey, alias));
    if (earlier) return earlier;
  }
  const alias = BY_ALIAS.first(db, { sourceKey, sourceItemId: draft.sourceItemId });
  return alias && findKnownById(db, alias.id);
}

const RECEIVED = {
  contentHash: rawItems.contentHash,
  state: rawItems.state,
  attempts: rawItems.attempts,
  /** The list entry as JSON of a draft. */
  listItem: rawItems.listItem,
  /** The entry of the exposure board or blacklist that it became. */
  exposureId: rawItems.exposureId,
};

/** The form of an item that was received last. */
export type ReceivedItem = RowOf<typeof RECEIVED>;

const LAST_RECEIVED = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string }>) =>
  db
    .select(RECEIVED)
    .from(rawItems)
    .where(and(eq(rawItems.sourceKey, p.sourceKey), eq(rawItems.sourceItemId, p.sourceItemId)))
    .orderBy(desc(rawItems.receivedAt), desc(rawItems.id))
    .limit(1),
);

/** The last received form of an item, accepted or rejected. */
export function findReceived(db: Db, sourceKey: string, sourceItemId: string): ReceivedItem | undefined {
  return LAST_RECEIVED.first(db, { sourceKey, sourceItemId });
}
