import { type Column, sql } from 'drizzle-orm';
import { organizationChanges, organizationNames } from '#db/schema/index.ts';

/** Of names: those that staff did not take from their organization. */
export function notSplit({ organizationId, key }: { organizationId: Column; key: Column } = organizationNames) {
  const { organizationId: from, kind, nameKey, undoneAt } = organizationChanges;
  return sql`NOT EXISTS (SELECT 1 FROM ${organizationChanges}
    WHERE ${from} = ${organizationId} AND ${kind} = 'split' AND ${nameKey} = ${key} AND ${undoneAt} IS NULL)`;
}

/** The same for texts that call the names `n`. */
export const NOT_SPLIT = `NOT EXISTS (SELECT 1 FROM organization_changes c WHERE c.organization_id = n.organization_id
  AND c.kind = 'split' AND c.name_key = n.key AND c.undone_at IS NULL)`;
