import { and, asc, desc, eq, getTableColumns, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, excluded, excludedOf, type Params, paramsOf, type RowOf } from '#db/query.ts';
import { incompleteExposures, sources } from '#db/schema/index.ts';
import type { Supplement } from '#src/domain/exposures/incomplete.ts';
import { stableId } from '#src/domain/identifiers/ids.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { IncompleteRecord } from './incomplete.ts';
import type { RecordField } from './labels.ts';

interface Item {
  sourceKey: string;
  sourceItemId: string;
}

const { supplement, exposureId, ...COLUMNS } = getTableColumns(incompleteExposures);
const { id, sourceKey, sourceItemId, said, missing, updatedAt } = COLUMNS;
const KEPT = { id, sourceKey, sourceItemId, sourceName: sources.name, said, missing, supplement, updatedAt };

/** An incomplete record as staff see it. */
export type KeptRecord = RowOf<typeof KEPT> & { missing: RecordField[] };

const SAVE = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db
    .insert(incompleteExposures)
    .values(paramsOf(COLUMNS, p))
    .onConflictDoUpdate({
      target: [sourceKey, sourceItemId],
      set: {
        ...excludedOf({ said, missing }),
        exposureId: null,
        updatedAt: sql`iif(${said} = ${excluded(said)}, ${updatedAt}, ${excluded(updatedAt)})`,
      },
    }),
);
const isItem = (p: Params<Item>) => and(eq(sourceKey, p.sourceKey), eq(sourceItemId, p.sourceItemId));
const SETTLE = defineQuery((db, p: Params<Item & { exposureId: string }>) =>
  db.update(incompleteExposures).set({ exposureId: p.exposureId }).where(isItem(p)),
);
const FIND_SUPPLEMENT = defineQuery((db, p: Params<Item>) =>
  db
    .select({ supplement })
    .from(incompleteExposures)
    .where(and(isItem(p), isNotNull(supplement))),
);
const ADD_SUPPLEMENT = defineQuery((db, p: Params<{ id: string; supplement: Supplement; now: Instant }>) =>
  db
    .update(incompleteExposures)
    .set({ supplement: p.supplement, updatedAt: p.now })
    .where(and(eq(id, p.id), isNull(exposureId))),
);
const LIST = defineQuery((db) =>
  db
    .select(KEPT)
    .from(incompleteExposures)
    .innerJoin(sources, eq(sources.key, sourceKey))
    .where(isNull(exposureId))
    .orderBy(desc(updatedAt), asc(id)),
);

/** Keeps a record that is no entry yet; what staff added to it stays. */
export function saveIncomplete(
  db: Db,
  { sourceKey, sourceItemId }: Item,
  { said, missing }: IncompleteRecord,
  now: Instant,
): void {
  const id = stableId('incomplete', sourceKey, sourceItemId);
  SAVE.run(db, { id, sourceKey, sourceItemId, said, missing: [...missing], firstSeenAt: now, updatedAt: now });
}

/** Notes which entry a record became, by what its source or staff added. */
export function settleIncomplete(db: Db, { sourceKey, sourceItemId }: Item, exposureId: string): void {
  SETTLE.run(db, { sourceKey, sourceItemId, exposureId });
}

/** The labels and values that staff added to an item's record. */
export function findSupplement(db: Db, { sourceKey, sourceItemId }: Item): Record<string, string> | undefined {
  return FIND_SUPPLEMENT.first(db, { sourceKey, sourceItemId })?.supplement?.fields;
}

/** Keeps what staff found out about a record. @throws Error when there is no such record that waits for it. */
export function addSupplement(db: Db, id: string, supplement: Supplement): KeptRecord {
  const { changes } = ADD_SUPPLEMENT.run(db, { id, supplement, now: supplement.at });
  const kept = changes > 0 && listIncomplete(db).find((record) => record.id === id);
  if (!kept) throw new Error(`没有这条待补录的记录：${id}`);
  return kept;
}

/** Records that still lack something, the newest first. */
export function listIncomplete(db: Db): KeptRecord[] {
  // The schema knows no fields of records: they are the reading's own.
  return LIST.all(db) as KeptRecord[];
}
