import { desc, eq, getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeLinks, notices } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';

const { id: _id, ...COLUMNS } = getTableColumns(noticeLinks);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(noticeLinks).values(paramsOf(COLUMNS, p)),
);
const LAST = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ originalId: noticeLinks.originalId, projectId: notices.projectId })
    .from(noticeLinks)
    .leftJoin(notices, eq(notices.id, noticeLinks.originalId))
    .where(eq(noticeLinks.noticeId, p.id))
    .orderBy(desc(noticeLinks.id))
    .limit(1),
);

/** The notice that a correction corrects by a decision of staff, with its project; undefined where there is no such decision. */
export function findLinked(db: Db, id: string): { originalId: string; projectId: string } | undefined {
  const { originalId, projectId } = LAST.first(db, { id }) ?? {};
  return originalId && projectId ? { originalId, projectId } : undefined;
}

/** Writes down which notice a correction corrects. */
export function saveLink(db: Db, row: RowOf<typeof COLUMNS>): void {
  INSERT.run(db, row);
}
