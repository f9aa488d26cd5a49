import { getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { removals, removedContents } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { Actor } from '#src/domain/actors.ts';
import type { Instant } from '#src/domain/time/time.ts';

const COLUMNS = getTableColumns(removals);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(removals).values(paramsOf(COLUMNS, p)).onConflictDoNothing(),
);

const CONTENT = getTableColumns(removedContents);
const INSERT_CONTENT = defineQuery((db, p: Params<RowOf<typeof CONTENT>>) =>
  db.insert(removedContents).values(paramsOf(CONTENT, p)).onConflictDoNothing(),
);

/** On what ground something is removed, by whom and when. */
export interface RemovalOrder {
  /** The legal ground, in words that may be read in public. */
  reason: string;
  actor: Actor;
  now: Instant;
}

/** Writes down that something was removed. What was removed before stays as it was written down. */
export function recordRemoval(
  db: Db,
  removal: Pick<RowOf<typeof COLUMNS>, 'subject' | 'id' | 'salt' | 'mark'>,
  { reason, actor, now }: RemovalOrder,
): void {
  INSERT.run(db, { ...removal, reason, actor, at: now });
}

/** What content is known again by. */
export type ContentMark = Pick<RowOf<typeof CONTENT>, 'salt' | 'mark'>;

/** Writes down that what one version said was removed, so that it does not come again. */
export function recordRemovedContent(
  db: Db,
  removed: Pick<RowOf<typeof CONTENT>, 'subject' | 'id'> & ContentMark,
  { reason, actor, now }: RemovalOrder,
): void {
  INSERT_CONTENT.run(db, { ...removed, reason, actor, at: now });
}
