import type { Db } from '#db/client.ts';
import { findRow, runStatement } from '#db/statements.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { chooseCurrentName } from './names.ts';
import { deleteOrganization, findByCode, findOrganization, findRoot, type OrganizationRow } from './records.ts';
import { settleName } from './resolve.ts';

/** Anything that may speak of an organization `o`. */
const SPOKEN_OF = [
  ...['notice_parties', 'organization_names', 'qualifications', 'achievements', 'honours', 'staff_certificates'].map(
    (table) => `SELECT 1 FROM ${table} WHERE organization_id = o.id`,
  ),
  'SELECT 1 FROM organizations m WHERE m.merged_into = o.id',
  'SELECT 1 FROM organization_changes WHERE o.id IN (organization_id, target_id)',
]
  .map((sql) => `EXISTS (${sql})`)
  .join(' OR ');

/**
 * After a party of a notice is gone: a name that only that notice gave is no longer its organization's, and an
 * organization that nothing speaks of any more is removed, so that a withdrawn notice leaves no page behind.
 */
export function forgetUnused(
  db: Db,
  { nameKey: key, uscc }: { nameKey: string | null; uscc: string | null },
  now: string,
): void {
  if (!key) return;
  const holder = uscc ? findByCode(db, uscc) : undefined;
  if (holder && !isNamedBeside(db, holder, key)) forgetName(db, holder, key, now);
  const own = findOrganization(db, organizationId({ key }));
  for (const row of [holder, own]) if (row) deleteUnused(db, row);
}

/** Takes a name from an organization that only notices gave it. */
export function forgetName(db: Db, holder: OrganizationRow, key: string, now: string): void {
  const sql = "DELETE FROM organization_names WHERE organization_id = ? AND key = ? AND known = 'notice'";
  if (runStatement(db, sql, [holder.id, key]) === 0) return;
  settleName(db, key, now);
  chooseCurrentName(db, holder.id, findRoot(db, holder.id)?.id ?? holder.id);
}

/** Does a public notice still give the name beside the organization's code? */
function isNamedBeside(db: Db, { id, uscc }: OrganizationRow, key: string): boolean {
  const sql = 'SELECT 1 FROM notice_parties WHERE organization_id = ? AND name_key = ? AND uscc = ? LIMIT 1';
  return findRow(db, sql, [findRoot(db, id)?.id ?? id, key, uscc]) !== undefined;
}

/** Removes an organization unless something speaks of it. Returns whether it was removed. */
export function deleteUnused(db: Db, row: OrganizationRow): boolean {
  // The address of a name that has become a coded organization's leads on to that one.
  if (row.mergedInto !== null) return false;
  if (findRow(db, `SELECT 1 FROM organizations o WHERE o.id = ? AND (${SPOKEN_OF})`, [row.id])) return false;
  deleteOrganization(db, row);
  return true;
}
