import type { Db } from '#db/client.ts';
import type { NoticeDraft } from '../draft.ts';
import { saveExposure } from '../exposures/store.ts';
import type { KnownNotice } from '../notices/known.ts';
import { type SaveContext, type SaveOutcome, saveNotice, withdrawNotice } from '../notices/store.ts';
import { isRemovedItem, RemovedItemError } from '../removal/guard.ts';
import type { CompletedDraft } from './complete-draft.ts';
import { assertReleased } from './hold.ts';
import { type RawItem, saveRawItem } from './raw-items.ts';

/** A judged item with what is kept of how it came: ready to be stored, to be withdrawn, or to be put aside. */
export interface ReadyItem extends CompletedDraft {
  draft: NoticeDraft;
  known: KnownNotice | undefined;
  raw: RawItem;
}

/** How many items met which end. */
export type Tally = Record<SaveOutcome | 'rejected', number>;

/** Stores an item, or takes its notice back. @throws ItemRejectedError, SqliteError, or the error with which it was completed */
export function storeItem(db: Db, item: ReadyItem, context: SaveContext): SaveOutcome {
  if (isRemovedItem(db, item.raw)) throw new RemovedItemError();
  if (item.error) throw item.error;
  assertReleased(db, item.raw, item, context.now);
  if (item.entry) return saveExposure(db, item.entry, item.raw, context);
  if (item.prepared) return saveNotice(db, item.prepared, item.raw, context);
  if (item.known) return withdrawNotice(db, item.known, item.raw, context);
  // Withdrawn before it was ever received: nothing to take back.
  saveRawItem(db, item.raw, { ...context, state: 'accepted', reasons: [] });
  return 'unchanged';
}
