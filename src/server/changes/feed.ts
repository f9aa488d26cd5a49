import type { Db } from '#db/client.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** Something that was written, by its place in the order of the commits. */
export interface ChangeRow {
  seq: number;
  id: string;
  at: Instant;
}

/** One kind of public content that other portals follow, with a sequence of its own. `Told` is what an upsert says of it. */
export interface ChangeFeed<Told extends object> {
  /** The table that keeps the sequence `seq`, with the instants `created_at`. */
  table: string;
  /** Its column that says what was written. */
  id: string;
  /** What is public of it at `now`; undefined when nothing is. */
  find(db: Db, row: ChangeRow, now: Instant): Told | undefined;
}
