import type { Db } from '#db/client.ts';
import { findRow, listRows, runStatement } from '#db/statements.ts';
import { displayName } from '#src/domain/organizations/name-key.ts';
import { type NameSource, organizationId } from '#src/domain/organizations/organization.ts';
import { indexOrganization, insertSearchRow } from './search-index.ts';

/** What is stored of an organization itself. */
export interface OrganizationRow {
  number: number;
  id: string;
  uscc: string | null;
  name: string;
  nameKey: string;
  mergedInto: string | null;
  mergedHow: 'code' | 'reviewed' | null;
}

const COLUMNS = 'number, id, uscc, name, name_key AS nameKey, merged_into AS mergedInto, merged_how AS mergedHow';

/** The organization with an id, also one that was merged into another. */
export function findOrganization(db: Db, id: string): OrganizationRow | undefined {
  return findRow<OrganizationRow>(db, `SELECT ${COLUMNS} FROM organizations WHERE id = ?`, [id]);
}

/** The organization with a code. */
export function findByCode(db: Db, uscc: string): OrganizationRow | undefined {
  return findRow<OrganizationRow>(db, `SELECT ${COLUMNS} FROM organizations WHERE uscc = ?`, [uscc]);
}

/** The organization that another one turned out to be, by way of all merges; itself when it was not merged. */
export function findRoot(db: Db, id: string): OrganizationRow | undefined {
  let row = findOrganization(db, id);
  while (row?.mergedInto) row = findOrganization(db, row.mergedInto);
  return row;
}

const MEMBERS = `
  WITH RECURSIVE member (id) AS (
    SELECT ? UNION SELECT o.id FROM member m JOIN organizations o ON o.merged_into = m.id)
  SELECT id FROM member`;

/** Ids of an organization and of all that were merged into it. */
export function listMembers(db: Db, id: string): string[] {
  return listRows<{ id: string }>(db, MEMBERS, [id]).map((row) => row.id);
}

/** What a new organization is known by. */
export interface Identity {
  name: string;
  key: string;
  uscc: string | null;
}

/** Makes the organization of a code, whose first name this is, or of a name key. There must be none yet. */
export function createOrganization(
  db: Db,
  { name, key, uscc }: Identity,
  known: NameSource,
  now: string,
): OrganizationRow {
  const id = organizationId(uscc ? { uscc } : { key });
  const shown = displayName(name);
  const row = findRow<{ number: number }>(
    db,
    `INSERT INTO organizations (id, uscc, name, name_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?) RETURNING number`,
    [id, uscc, shown, key, now, now],
  );
  if (uscc) {
    runStatement(
      db,
      "INSERT INTO organization_names (key, organization_id, name, kind, known) VALUES (?, ?, ?, 'current', ?)",
      [key, id, shown, known],
    );
  }
  const number = row?.number ?? 0;
  insertSearchRow(db, number, [shown]);
  return { number, id, uscc, name: shown, nameKey: key, mergedInto: null, mergedHow: null };
}

/** Says that one organization is another one, or, with null, that it is itself. */
export function setMerged(
  db: Db,
  id: string,
  into: { id: string; how: 'code' | 'reviewed' } | null,
  now: string,
): void {
  runStatement(db, 'UPDATE organizations SET merged_into = ?, merged_how = ?, updated_at = ? WHERE id = ?', [
    into?.id ?? null,
    into?.how ?? null,
    now,
    id,
  ]);
  indexOrganization(db, id);
  if (into) indexOrganization(db, findRoot(db, into.id)?.id ?? into.id);
}

/** Removes an organization that nothing speaks of any more. */
export function deleteOrganization(db: Db, { id, number }: OrganizationRow): void {
  runStatement(db, 'DELETE FROM organization_search WHERE rowid = ?', [number]);
  runStatement(db, 'DELETE FROM organization_names WHERE organization_id = ?', [id]);
  runStatement(db, 'DELETE FROM organizations WHERE id = ?', [id]);
}
