import type { Db } from '#db/client.ts';
import type { Followed } from '#src/domain/changes.ts';
import type { RawItem } from '#src/publish/items/raw-items.ts';
import type { SaveContext, SaveOutcome } from '#src/publish/notices/store.ts';
import type { MirroredChange } from './change.ts';

/** Where a change is taken over: inside a transaction of the caller. */
export interface Taking {
  db: Db;
  /** Key of the mirror's source. */
  mirror: string;
  /** What is kept of the change. */
  raw: RawItem;
  context: SaveContext;
}

/** One kind of public content that a mirror follows. */
export interface MirroredSubject {
  /** How the other portal calls it: the value of the parameter `of`. */
  of: Followed;
  /** Takes over what is public there now. @throws ItemRejectedError when it may not be here */
  upsert(change: MirroredChange, taking: Taking): SaveOutcome;
  /** Ends here what is public there no longer. @throws ItemRejectedError when it is not the other portal's */
  remove(change: MirroredChange, taking: Taking): SaveOutcome;
  /** Ids of all that is public here because the other portal told it. */
  listHeld(db: Db, mirror: string): string[];
}
