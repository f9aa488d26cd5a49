import { and, eq, getTableColumns, gt, isNull, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { feedReviews, sources, trustRules } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { Category } from '#src/domain/categories.ts';
import type { Stage } from '#src/domain/stages.ts';
import { formatDateTime, type Instant } from '#src/domain/time/time.ts';
import { CONSOLE_ADAPTER } from '../console-source.ts';
import { findKnownById } from '../notices/known.ts';
import { findRepeatedTakenBack } from '../notices/tombstones.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';
import type { CompletedDraft } from './complete-draft.ts';
import type { RawItem } from './raw-items.ts';
import { ItemRejectedError } from './reasons.ts';

const MODE = defineQuery((db, p: Params<{ key: string }>) =>
  db.select({ release: sources.release, adapter: sources.adapter }).from(sources).where(eq(sources.key, p.key)),
);
const IDENTITY = { sourceKey: '', sourceItemId: '', contentHash: '' };
const REVIEW = defineQuery((db, p: Params<typeof IDENTITY>) =>
  db
    .select({ state: feedReviews.state })
    .from(feedReviews)
    .where(
      and(
        eq(feedReviews.sourceKey, p.sourceKey),
        eq(feedReviews.sourceItemId, p.sourceItemId),
        eq(feedReviews.contentHash, p.contentHash),
      ),
    ),
);
const { state: _state, decidedBy, decidedAt, reason: _reason, publishedAt, ...HELD } = getTableColumns(feedReviews);
const HOLD = defineQuery((db, p: Params<RowOf<typeof HELD>>) =>
  db.insert(feedReviews).values(paramsOf(HELD, p)).onConflictDoNothing(),
);
const TRUST = defineQuery(
  (db, p: Params<{ sourceKey: string; category: Category | null; stage: Stage | null; now: Instant }>) =>
    db
      .select({ id: trustRules.id })
      .from(trustRules)
      .where(
        and(
          eq(trustRules.sourceKey, p.sourceKey),
          isNull(trustRules.revokedAt),
          gt(trustRules.expiresAt, p.now),
          or(isNull(trustRules.category), eq(trustRules.category, p.category)),
          or(isNull(trustRules.stage), eq(trustRules.stage, p.stage)),
        ),
      )
      .limit(1),
);

const refused = (message: string, code: string) => new ItemRejectedError([{ code, message }]);

/**
 * Holds back what somebody has to look at first: of a source that waits for review, whatever is new or changed, unless a rule trusts it or
 * this very form of it was released; of every source, what the console took back and the source says again under another id. The caller
 * holds the transaction, and keeps the item with the reason.
 * @throws ItemRejectedError while nobody has decided, and when it was decided against
 */
export function assertReleased(db: Db, raw: RawItem, { prepared, entry }: CompletedDraft, now: Instant): void {
  const content = prepared?.content ?? entry?.content;
  const source = MODE.first(db, { key: raw.sourceKey });
  // What staff publish, two people have looked at already.
  if (!content || !source || source.adapter === CONSOLE_ADAPTER) return;
  const known = prepared && findKnownById(db, prepared.content.id);
  if (known && known.hash === prepared.hash && !known.withdrawnAt) return;
  const repeated = prepared && (!known || known.withdrawnAt) ? findRepeatedTakenBack(db, prepared) : undefined;
  if (source.release !== 'review' && !repeated) return;
  const { category, stage } = prepared?.content ?? { category: null, stage: null };
  const { sourceKey, sourceItemId, contentHash } = raw;
  const identity = { sourceKey, sourceItemId, contentHash };
  const decided = REVIEW.first(db, identity)?.state;
  if (decided === 'released') return;
  if (decided === 'refused') throw refused('审核未通过', 'review-refused');
  if (!repeated && TRUST.first(db, { sourceKey, category, stage, now })) return;
  const { county } = content;
  const title = prepared?.content.title ?? '曝光台或黑名单记录';
  HOLD.run(db, { ...identity, county, title, category, stage, noticeId: known?.id ?? null, heldAt: now });
  throw repeated ? repeatRefused(repeated) : refused('等待工作人员审核', 'awaiting-review');
}

const repeatRefused = ({ id, at }: { id: string; at: Instant }): ItemRejectedError =>
  refused(`与工作台已于 ${formatDateTime(at)} 撤回的公告 ${id} 相同，等待工作人员审核`, 'repeats-taken-back');

/** For those who take what others have published as it is, and cannot have it looked at. @throws ItemRejectedError */
export function assertNotTakenBack(db: Db, prepared: PreparedNotice): void {
  const repeated = findKnownById(db, prepared.content.id) ? undefined : findRepeatedTakenBack(db, prepared);
  if (repeated) throw repeatRefused(repeated);
}
