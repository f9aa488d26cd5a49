import type { Db } from '#db/client.ts';
import { findRow, listRows, runStatement } from '#db/statements.ts';
import { initialGrams, nameGrams } from '#src/domain/organizations/search-words.ts';
import { NOT_SPLIT } from './not-split.ts';

const NAMES = `
  WITH RECURSIVE member (id) AS (
    SELECT ? UNION SELECT o.id FROM member m JOIN organizations o ON o.merged_into = m.id)
  SELECT name FROM organizations WHERE id IN (SELECT id FROM member)
  UNION SELECT n.name FROM organization_names n WHERE n.organization_id IN (SELECT id FROM member) AND ${NOT_SPLIT}`;

/** Brings the full-text row of an organization in line with its names; one that was merged into another has none. */
export function indexOrganization(db: Db, id: string): void {
  const row = findRow<{ number: number; mergedInto: string | null }>(
    db,
    'SELECT number, merged_into AS mergedInto FROM organizations WHERE id = ?',
    [id],
  );
  if (!row) return;
  runStatement(db, 'DELETE FROM organization_search WHERE rowid = ?', [row.number]);
  if (row.mergedInto) return;
  const names = listRows<{ name: string }>(db, NAMES, [id]).map(({ name }) => name);
  insertSearchRow(db, row.number, names);
}

/** Writes the full-text row of an organization that has none. */
export function insertSearchRow(db: Db, number: number, names: readonly string[]): void {
  runStatement(db, 'INSERT INTO organization_search (rowid, names, initials) VALUES (?, ?, ?)', [
    number,
    nameGrams(names),
    initialGrams(names),
  ]);
}
