import { getTableColumns } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery } from '#db/query.ts';
import { noticeTombstones } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';

const COLUMNS = getTableColumns(noticeTombstones);
const INSERT = defineQuery((db, p: Params<RowOf<typeof COLUMNS>>) =>
  db.insert(noticeTombstones).values(paramsOf(COLUMNS, p)),
);

/** Writes down why a version withdraws its notice. The caller holds the transaction. */
export function saveTombstone(db: Db, row: RowOf<typeof COLUMNS>): void {
  INSERT.run(db, row);
}
