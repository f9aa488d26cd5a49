import type { Db } from '#db/client.ts';
import { toCursor } from '#db/epoch.ts';
import type { Followed, Removal } from '#src/domain/changes.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { countAfter, lastChange, listAfter } from '#src/publish/changes/read.ts';
import { type ChangePayload, FEEDS, type VersionRemovals } from './feeds.ts';

/** Something that changed, by its place in the order of the commits. */
interface ChangeRow {
  seq: number;
  id: string;
  at: Instant;
}

/** Something as it is public now, or that it is public no longer: then nothing of it. */
export type Change<Of extends Followed = 'notices'> = ChangeRow &
  (({ kind: 'upsert' } & ChangePayload[Of]) | { kind: 'remove'; removal?: Removal }) &
  Partial<VersionRemovals>;

export interface ChangePage<Of extends Followed = 'notices'> {
  items: Change<Of>[];
  /** Where to read on: a cursor, see `epoch.ts`. */
  next: string;
  /** The cursor of the newest change of all. */
  newest: string;
  /** Nothing had been committed beyond `next` when this was read. */
  upToDate: boolean;
}

/**
 * Changes of public content after a position. Positions are sequences that are given out inside the write transactions of a
 * database with one writer at a time: whoever sees a number has seen all lower ones, so nothing can appear behind a reader. Each
 * notice or entry comes once a page, as it is now: what was taken back since is never told again, and what changes again comes
 * again.
 */
export function listChanges<Of extends Followed>(
  db: Db,
  of: Of,
  since: number,
  limit: number,
  clock: () => Instant = () => new Date().toISOString(),
): ChangePage<Of> {
  const { subject, find, findRemoval, tellVersions } = FEEDS[of];
  const read = () => {
    const rows = listAfter(db, subject, since, limit).map(({ seq, subjectId: id, at }): ChangeRow => ({ seq, id, at }));
    // Asked for after the rows: a date that ends a publication has passed for everybody who sees the row that says so.
    const now = clock();
    const latest = new Map(rows.map((row) => [row.id, row]));
    const toChange = (row: ChangeRow) => {
      const told = find(db, row.id, now);
      const removal = told ? undefined : findRemoval?.(db, row.id);
      const versions = removal ? {} : tellVersions?.(db, row.id, told !== undefined);
      const gone = { ...row, kind: 'remove', ...(removal ? { removal } : {}), ...versions };
      return (told ? { ...row, kind: 'upsert', ...told, ...versions } : gone) as Change<Of>;
    };
    return {
      items: [...latest.values()].sort((one, other) => one.seq - other.seq).map(toChange),
      next: toCursor(db, rows.at(-1)?.seq ?? since),
      newest: toCursor(db, lastChange(db, subject)),
      upToDate: rows.length < limit,
    };
  };
  return db.$client.transaction(read).deferred();
}

/** The position of the newest change of what is followed; 0 when there is none. */
export function newestOf(db: Db, of: Followed): number {
  return lastChange(db, FEEDS[of].subject);
}

/** How many changes of what is followed there are after a position. */
export function countBehind(db: Db, of: Followed, since: number): number {
  return countAfter(db, FEEDS[of].subject, since);
}
