import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { feedReviews, rawItems } from '#db/schema/index.ts';
import { accountActor } from '#src/domain/actors.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { retryRejected } from '#src/ingest/retry.ts';

const MOST = 50;

/** Publishes what sources brought and somebody let through since, as whoever did. Killed in the middle, the next call goes on. */
export function releaseItems(db: Db, now: Instant): number {
  const released = db
    .select()
    .from(feedReviews)
    .where(and(eq(feedReviews.state, 'released'), isNull(feedReviews.publishedAt)))
    .orderBy(asc(feedReviews.decidedAt))
    .limit(MOST)
    .all();
  for (const { sourceKey, sourceItemId, contentHash, decidedBy } of released) {
    const item = db
      .select({ id: rawItems.id })
      .from(rawItems)
      .where(
        and(
          eq(rawItems.sourceKey, sourceKey),
          eq(rawItems.sourceItemId, sourceItemId),
          eq(rawItems.contentHash, contentHash),
          eq(rawItems.state, 'rejected'),
        ),
      )
      .get();
    if (item) retryRejected(db, accountActor(decidedBy ?? ''), { rawItemId: item.id });
    db.update(feedReviews)
      .set({ publishedAt: now })
      .where(
        and(
          eq(feedReviews.sourceKey, sourceKey),
          eq(feedReviews.sourceItemId, sourceItemId),
          eq(feedReviews.contentHash, contentHash),
        ),
      )
      .run();
  }
  return released.length;
}
