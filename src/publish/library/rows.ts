import type { Db } from '#db/client.ts';
import { findRow, insertSql, statement } from '../statements.ts';
import type { BLOCKS, BlockKey } from './blocks.ts';

type Block = (typeof BLOCKS)[number];

/** An entry of the library as it is stored. */
export interface LibraryEntryRow {
  id: string;
  organizationId: string;
  /** Name of the register. */
  source: string;
  checkedAt: string;
  /** Key of the mirror's source that told it; null for one of ours. */
  mirror: string | null;
  /** Column → value, for every column of the block. */
  values: Readonly<Record<string, string | number | null>>;
}

/** Writes an entry, in place of the one that had its id. */
export function writeEntry(db: Db, block: Block, entry: LibraryEntryRow): void {
  const { values, id, organizationId, source, checkedAt, mirror } = entry;
  statement(db, upsertSql(block)).run({
    ...values,
    id,
    organization_id: organizationId,
    source,
    checked_at: checkedAt,
    mirror,
  });
}

/** Who told an entry: the key of a mirror's source, null for one of ours; undefined when there is none of this id. */
export function findTeller(db: Db, block: Block, id: string): { mirror: string | null } | undefined {
  return findRow<{ mirror: string | null }>(db, `SELECT mirror FROM ${block.key} WHERE id = ?`, id);
}

const statements = new Map<BlockKey, string>();

function upsertSql({ key, fields }: Block): string {
  const known = statements.get(key);
  if (known) return known;
  const columns = ['id', 'organization_id', 'source', 'checked_at', 'mirror', ...fields.map(({ column }) => column)];
  const updates = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`);
  const sql = `${insertSql(key, columns)} ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`;
  statements.set(key, sql);
  return sql;
}
