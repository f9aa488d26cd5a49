import { and, eq, getTableColumns, ne, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { notices, noticeTombstones } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { Instant } from '#src/domain/time/time.ts';
import type { PreparedNotice } from '../prepare/prepare.ts';

const COLUMNS = getTableColumns(noticeTombstones);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(noticeTombstones).values(paramsOf(COLUMNS, p)),
);

/** Writes down why a version withdraws its notice. The caller holds the transaction. */
export function saveTombstone(db: Db, row: RowOf<typeof COLUMNS>): void {
  INSERT.run(db, row);
}

const FIND = defineQuery((db, p: Params<{ id: string; version: number }>) =>
  db
    .select({ at: COLUMNS.at })
    .from(noticeTombstones)
    .where(and(eq(COLUMNS.noticeId, p.id), eq(COLUMNS.version, p.version))),
);

/** When the console took back a notice whose version this is; undefined for one that its own source withdrew, or nobody. */
export const findTakenBack = (db: Db, { id, version }: { id: string; version: number }): Instant | undefined =>
  FIND.first(db, { id, version })?.at;

const REPEATED = defineQuery((db, p: Params<{ id: string; deduplicationKey: string; fingerprint: string }>) =>
  db
    .select({ id: notices.id, title: notices.title, at: COLUMNS.at })
    .from(notices)
    .innerJoin(noticeTombstones, and(eq(COLUMNS.noticeId, notices.id), eq(COLUMNS.version, notices.version)))
    .where(
      and(
        or(eq(notices.deduplicationKey, p.deduplicationKey), eq(notices.fingerprint, p.fingerprint)),
        ne(notices.id, p.id),
      ),
    )
    .limit(1),
);

/** What the console took back and this notice says again under another id: the same title and day, or the same words. */
export const findRepeatedTakenBack = (
  db: Db,
  { content: { id }, deduplicationKey, fingerprint }: PreparedNotice,
): { id: string; title: string; at: Instant } | undefined => REPEATED.first(db, { id, deduplicationKey, fingerprint });
