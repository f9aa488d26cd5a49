import type { Db } from '#db/client.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { recordChange } from '../changes/record.ts';
import { findRow, insertSql, listRows, run, statement } from '../statements.ts';
import { BLOCKS, type BlockKey } from './blocks.ts';

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

/** Writes an entry, in place of the one that had its id. One that is already so is left alone. */
export function writeEntry(db: Db, block: Block, entry: LibraryEntryRow, context: WriteContext): void {
  const { values, id, organizationId, source, checkedAt, mirror } = entry;
  const { changes } = statement(db, upsertSql(block)).run({
    ...values,
    id,
    organization_id: organizationId,
    source,
    checked_at: checkedAt,
    mirror,
    actor: context.actor,
  });
  if (changes > 0) recordChange(db, { subject: 'library', id, version: null, kind: 'upsert' }, context);
}

/** Removes an entry for whoever told it: a mirror by its key, null for ourselves. Returns whether there was one of theirs. */
export function removeEntry(db: Db, id: string, mirror: string | null, context: WriteContext): boolean {
  const removed = BLOCKS.map(({ key }) => run(db, `DELETE FROM ${key} WHERE id = ? AND mirror IS ?`, [id, mirror]));
  if (!removed.some(({ changes }) => changes > 0)) return false;
  recordChange(db, { subject: 'library', id, version: null, kind: 'remove' }, context);
  return true;
}

/** Ids of all entries of an organization. */
export function listEntryIds(db: Db, organizationId: string): string[] {
  return BLOCKS.flatMap(({ key }) =>
    listRows<{ id: string }>(db, `SELECT id FROM ${key} WHERE organization_id = ?`, organizationId),
  ).map(({ id }) => id);
}

/** Who told an entry: the key of a mirror's source, null for one of ours; undefined when there is none of this id. */
export function findTeller(db: Db, block: Block, id: string): { mirror: string | null } | undefined {
  return findRow<{ mirror: string | null }>(db, `SELECT mirror FROM ${block.key} WHERE id = ?`, id);
}

const statements = new Map<BlockKey, string>();

function upsertSql({ key, fields }: Block): string {
  const known = statements.get(key);
  if (known) return known;
  const said = ['organization_id', 'source', 'checked_at', 'mirror', ...fields.map(({ column }) => column)];
  const updates = [...said, 'actor'].map((column) => `${column} = excluded.${column}`);
  const differs = said.map((column) => `${key}.${column} IS NOT excluded.${column}`);
  const sql = `${insertSql(key, ['id', ...said, 'actor'])} ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}
    WHERE ${differs.join(' OR ')}`;
  statements.set(key, sql);
  return sql;
}
