import { type Column, getTableColumns, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { excluded, excludedOf, paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { appendChange } from '../changes/append.ts';
import { BLOCKS, type Block } from './blocks.ts';

type Value = string | number | null;

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
  values: Readonly<Record<string, Value>>;
}

interface Key {
  id: string;
}

function toQueries({ table, fields }: Block) {
  const own: SQLiteTable = table;
  const all: Record<string, Column> = getTableColumns(table);
  const { id, ...rest } = all;
  const { actor, ...said } = rest;
  const differs = Object.values(said).map((column) => sql`${column} IS NOT ${excluded(column)}`);
  const told = Object.fromEntries(Object.entries(all).filter(([name]) => fields.some(({ column }) => column === name)));
  const byId = (p: Params<Key>) => sql`FROM ${table} WHERE ${table.id} = ${p.id}`;
  return {
    save: defineQuery((db, p: Params<Record<string, Value>>) =>
      db
        .insert(own)
        .values(paramsOf(all, p))
        .onConflictDoUpdate({ target: table.id, set: excludedOf(rest), setWhere: sql.join(differs, sql` OR `) }),
    ),
    findTeller: defineSelect((p: Params<Key>) => ({ fields: { mirror: table.mirror }, rest: byId(p) })),
    findEntry: defineSelect((p: Params<Key>) => ({ fields: all, rest: byId(p) })),
    findTold: defineSelect((p: Params<Key>) => ({ fields: told, rest: byId(p) })),
    remove: defineStatement(
      (p: Params<Key & { mirror: string | null }>) => sql`DELETE ${byId(p)} AND ${table.mirror} IS ${p.mirror}`,
    ),
    listOf: defineSelect((p: Params<{ organizationId: string }>) => ({
      fields: { id: table.id },
      rest: sql`FROM ${table} WHERE ${table.organizationId} = ${p.organizationId}`,
    })),
    listMirrored: defineSelect((p: Params<{ mirror: string }>) => ({
      fields: { id: table.id },
      rest: sql`FROM ${table} WHERE ${table.mirror} = ${p.mirror}`,
    })),
  };
}

const QUERIES = new Map(BLOCKS.map((block) => [block.key, toQueries(block)]));

function queriesOf({ key }: Block): ReturnType<typeof toQueries> {
  const queries = QUERIES.get(key);
  if (!queries) throw new Error(`there is no library block ${key}`);
  return queries;
}

/** Writes an entry, in place of the one that had its id. One that says the same already is left alone. */
export function writeEntry(db: Db, block: Block, { values, ...entry }: LibraryEntryRow, context: WriteContext): void {
  const { changes } = queriesOf(block).save.run(db, { ...values, ...entry, actor: context.actor });
  if (changes > 0) appendChange(db, { subject: 'library', id: entry.id, version: null, kind: 'upsert' }, context);
}

/** Who told an entry: the key of a mirror's source, null for one of ours; undefined when there is none of this id. */
export function findTeller(db: Db, block: Block, id: string): { mirror: string | null } | undefined {
  return queriesOf(block).findTeller.first(db, { id });
}

/** What is stored of an entry, as text to compare; undefined when there is nothing. */
export function findEntryText(db: Db, block: Block, id: string): string | undefined {
  return JSON.stringify(queriesOf(block).findEntry.first(db, { id }));
}

/** The same of the block's own columns: not when it was last checked, and by whom. */
export function findToldText(db: Db, block: Block, id: string): string | undefined {
  return JSON.stringify(queriesOf(block).findTold.first(db, { id }));
}

/** Removes an entry for whoever told it: a mirror by its key, null for ourselves. Returns whether there was one of theirs. */
export function removeEntry(db: Db, id: string, mirror: string | null, context: WriteContext): boolean {
  const removed = BLOCKS.map((block) => queriesOf(block).remove.run(db, { id, mirror }).changes > 0);
  if (!removed.includes(true)) return false;
  appendChange(db, { subject: 'library', id, version: null, kind: 'remove' }, context);
  return true;
}

/** Ids of all entries of an organization. */
export function listEntryIds(db: Db, organizationId: string): string[] {
  return BLOCKS.flatMap((block) => queriesOf(block).listOf.all(db, { organizationId })).map(({ id }) => id);
}

/** Ids of the entries that a mirror told. */
export function listMirrored(db: Db, block: Block, mirror: string): string[] {
  return queriesOf(block)
    .listMirrored.all(db, { mirror })
    .map(({ id }) => id);
}
