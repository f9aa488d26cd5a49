import { and, desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { incompleteExposures, rawItems } from '#db/schema/index.ts';
import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { addSupplement } from '#src/publish/exposures/incomplete-rows.ts';
import { fieldName, type RecordField } from '#src/publish/exposures/labels.ts';
import { recordExposureEvent } from '#src/publish/exposures/store.ts';
import { retryRejected } from './retry.ts';

/** What staff can add to a record. */
export const SUPPLIED_FIELDS = [
  'partyName',
  'uscc',
  'decisionNo',
  'authority',
  'decisionDate',
  'violation',
  'penaltyContent',
] as const satisfies readonly RecordField[];
export type Supplied = Partial<Record<(typeof SUPPLIED_FIELDS)[number], string>>;

const LATEST = defineQuery((db, p: Params<{ sourceKey: string; sourceItemId: string }>) =>
  db
    .select({ id: rawItems.id })
    .from(rawItems)
    .where(
      and(
        eq(rawItems.sourceKey, p.sourceKey),
        eq(rawItems.sourceItemId, p.sourceItemId),
        eq(rawItems.state, 'rejected').inlineParams(),
      ),
    )
    .orderBy(desc(rawItems.id))
    .limit(1),
);
const BECAME = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ exposureId: incompleteExposures.exposureId })
    .from(incompleteExposures)
    .where(eq(incompleteExposures.id, p.id)),
);

/**
 * Completes a kept record with what staff found out, and judges its item again by the same rules as every other: the entry that
 * it becomes says who added what, and on what ground. Returns the entry's id; undefined when something is still missing.
 * @throws Error when there is no such record, or a value is not what it should be.
 */
export function completeExposure(
  db: Db,
  id: string,
  supplied: Supplied,
  basis: string,
  now: Instant = new Date().toISOString(),
): string | undefined {
  if (supplied.decisionDate && !parseFeedTime(supplied.decisionDate)) throw new Error('决定日期不是日期');
  const given = SUPPLIED_FIELDS.flatMap((field) => (supplied[field] ? [[field, supplied[field]] as const] : []));
  if (given.length === 0) throw new Error('没有给出要补录的内容');
  const fields = Object.fromEntries(given.map(([field, value]) => [fieldName(field), value]));
  const { sourceKey, sourceItemId } = addSupplement(db, id, { fields, basis, at: now });
  const raw = LATEST.first(db, { sourceKey, sourceItemId });
  if (raw) retryRejected(db, { rawItemId: raw.id });
  const exposureId = BECAME.first(db, { id })?.exposureId ?? undefined;
  const names = given.map(([field]) => fieldName(field)).join('、');
  if (exposureId)
    recordExposureEvent(db, exposureId, { kind: 'corrected', at: now, basis: `工作人员补录${names}：${basis}` });
  return exposureId;
}
