import type { Db } from '#db/client.ts';
import type { ChangeSubject, Removal } from '#src/domain/changes.ts';
import type { Instant } from '#src/domain/time/time.ts';

/** That single versions were removed by law: whoever has copied them keeps those alone that are still shown. */
export interface VersionRemovals {
  removedVersions: ({ version: number } & Removal)[];
  /** Hashes of all versions that are still shown; none of what is public no longer. */
  keptHashes: string[];
}

/** One kind of public content that other portals follow. `Told` is what an upsert says of it. */
export interface ChangeFeed<Told extends object> {
  subject: ChangeSubject;
  /** What is public of it at `now`; undefined when nothing is. */
  find(db: Db, id: string, now: Instant): Told | undefined;
  /** Its removal by law, where there can be one. */
  findRemoval?(db: Db, id: string): Removal | undefined;
  /** Hashes of the versions that are shown, where there are versions. */
  listHashes?(db: Db, id: string): string[];
}
