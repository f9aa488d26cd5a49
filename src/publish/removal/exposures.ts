import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { exposureEvents, exposures, incompleteExposures } from '#db/schema/index.ts';
import { tellExposure } from '../exposures/rows.ts';
import { destroyContents, emptyRawItems } from './contents.ts';
import { type RemovalOrder, recordRemoval } from './record.ts';

const ROW = {
  id: exposures.id,
  sourceKey: exposures.sourceKey,
  sourceItemId: exposures.sourceItemId,
  version: exposures.version,
  removedAt: exposures.removedAt,
};
export type EntryToRemove = RowOf<typeof ROW>;

const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db.select(ROW).from(exposures).where(eq(exposures.id, p.id)),
);
const BLANK = defineQuery((db, p: Params<{ id: string; now: string }>) =>
  db
    .update(exposures)
    .set({
      subjectKey: sql`'removed ' || ${exposures.id}`,
      subjectUscc: null,
      decisionKey: sql`'removed ' || ${exposures.id}`,
      authority: '',
      withheld: true,
      updatedAt: p.now,
      removedAt: p.now,
      publicUntil: sql`min(${exposures.publicUntil}, ${p.now})`,
    })
    .where(eq(exposures.id, p.id)),
);
const BLANK_EVENTS = defineQuery((db, p: Params<{ id: string }>) =>
  db.update(exposureEvents).set({ basis: '' }).where(eq(exposureEvents.exposureId, p.id)),
);
const DROP_INCOMPLETE = defineQuery((db, p: Params<{ id: string }>) =>
  db.delete(incompleteExposures).where(eq(incompleteExposures.exposureId, p.id)),
);

/** The entry with an id, removed or not. */
export const findEntry = (db: Db, id: string): EntryToRemove | undefined => FIND.first(db, { id });

/**
 * Destroys what an entry of the exposure board or the blacklist says, as `removeNotice` does with a notice: of the entry remain board,
 * kind of misconduct and dates, of its events what happened when. One transaction. Returns the ids of what is gone.
 */
export function removeExposure(db: Db, id: string, order: RemovalOrder): string[] {
  const remove = () => {
    const row = findEntry(db, id);
    if (!row) return [];
    recordRemoval(db, { subject: 'exposure', id, salt: null, mark: null }, order);
    destroyContents(db, 'exposure', id, order);
    emptyRawItems(db, 'exposure', id, [row]);
    DROP_INCOMPLETE.run(db, { id });
    if (row.removedAt === null) {
      BLANK.run(db, { id, now: order.now });
      BLANK_EVENTS.run(db, { id });
      tellExposure(db, id, 'upsert', order);
    }
    return [id];
  };
  return db.$client.transaction(remove).immediate();
}
