import type { Db } from '#db/client.ts';
import type { ChangeSubject } from '#src/domain/changes.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** That something was removed by law, for whoever has copied it: the copies must go as well. */
export interface Removal {
  reason: string;
  at: Instant;
}

/** One kind of public content that other portals follow. `Told` is what an upsert says of it. */
export interface ChangeFeed<Told extends object> {
  subject: ChangeSubject;
  /** What is public of it at `now`; undefined when nothing is. */
  find(db: Db, id: string, now: Instant): Told | undefined;
  /** Its removal by law, where there can be one. */
  findRemoval?(db: Db, id: string): Removal | undefined;
}
