import { type Column, type SQL, sql } from 'drizzle-orm';
import { organizationChanges } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';

const c = aliased(organizationChanges, 'c');

/** Of names: those that are surely their organization's. */
export const isSure = (names: { organizationId: Column; key: Column; kind: Column }): SQL =>
  sql`${names.kind} <> 'doubtful' AND ${notSplit(names)}`;

/** Of names: those that staff did not take from their organization. `names` is the table of names under whatever name it has. */
export function notSplit(names: { organizationId: Column; key: Column }): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM ${named(c)} WHERE ${c.organizationId} = ${names.organizationId}
    AND ${c.kind} = 'split' AND ${c.nameKey} = ${names.key} AND ${c.undoneAt} IS NULL)`;
}
