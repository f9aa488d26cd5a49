import type { Db } from '#db/client.ts';
import { toCursor } from '#db/epoch.ts';
import { findRow, listRows } from '#db/statements.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { EXPOSURE_CHANGES, type ToldExposure } from './exposures.ts';
import type { ChangeFeed, ChangeRow } from './feed.ts';
import { LIBRARY_CHANGES, type ToldLibraryEntry } from './library.ts';
import { NOTICE_CHANGES, type ToldNotice } from './notices.ts';

/** What is told of each kind of public content. */
interface Told {
  notices: ToldNotice;
  exposures: ToldExposure;
  library: ToldLibraryEntry;
}

export type ChangeSubject = keyof Told;

const FEEDS: { [Subject in ChangeSubject]: ChangeFeed<Told[Subject]> } = {
  notices: NOTICE_CHANGES,
  exposures: EXPOSURE_CHANGES,
  library: LIBRARY_CHANGES,
};
export const CHANGE_SUBJECTS = Object.keys(FEEDS) as [ChangeSubject, ...ChangeSubject[]];

/** Something as it is public now, or that it is public no longer: then nothing of it. */
export type Change<Subject extends ChangeSubject = 'notices'> = ChangeRow &
  (({ kind: 'upsert' } & Told[Subject]) | { kind: 'remove' });

export interface ChangePage<Subject extends ChangeSubject = 'notices'> {
  items: Change<Subject>[];
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
export function listChanges<Subject extends ChangeSubject>(
  db: Db,
  of: Subject,
  since: number,
  limit: number,
  clock: () => Instant = () => new Date().toISOString(),
): ChangePage<Subject> {
  const { table, id, find } = FEEDS[of];
  const sql = `SELECT seq, ${id} AS id, created_at AS at FROM ${table} WHERE seq > ? ORDER BY seq LIMIT ?`;
  const read = () => {
    const rows = listRows<ChangeRow>(db, sql, [since, limit]);
    // Asked for after the rows: a date that ends a publication has passed for everybody who sees the row that says so.
    const now = clock();
    const latest = new Map(rows.map((row) => [row.id, row]));
    const toChange = (row: ChangeRow) => {
      const told = find(db, row, now);
      return (told ? { ...row, kind: 'upsert', ...told } : { ...row, kind: 'remove' }) as Change<Subject>;
    };
    return {
      items: [...latest.values()].sort((one, other) => one.seq - other.seq).map(toChange),
      next: toCursor(db, rows.at(-1)?.seq ?? since),
      newest: toCursor(db, lastChange(db, of)),
      upToDate: rows.length < limit,
    };
  };
  return db.$client.transaction(read).deferred();
}

/** The position of the newest change; 0 when there is none. */
export function lastChange(db: Db, of: ChangeSubject = 'notices'): number {
  return findRow<{ seq: number | null }>(db, `SELECT max(seq) AS seq FROM ${FEEDS[of].table}`, [])?.seq ?? 0;
}

/** How many changes there are after a position. */
export function countChanges(db: Db, of: ChangeSubject, since: number): number {
  const sql = `SELECT count(*) AS total FROM ${FEEDS[of].table} WHERE seq > ?`;
  return findRow<{ total: number }>(db, sql, [since])?.total ?? 0;
}
