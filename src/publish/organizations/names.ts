import type { Db } from '#db/client.ts';
import { findRow, listRows, runStatement } from '#db/statements.ts';
import { isBranchName } from '#src/domain/organizations/branch-name.ts';
import { displayName } from '#src/domain/organizations/name-key.ts';
import type { NameKind, NameSource } from '#src/domain/organizations/organization.ts';
import { NOT_SPLIT } from './not-split.ts';
import { findOrganization } from './records.ts';
import { indexOrganization } from './search-index.ts';

interface KnownName {
  key: string;
  name: string;
  known: NameSource;
  /** When a notice last gave the name beside the code. */
  lastAt: string | null;
}

/** Is a name known to be a certain organization's? */
export function hasName(db: Db, organizationId: string, key: string): boolean {
  const sql = 'SELECT 1 FROM organization_names WHERE key = ? AND organization_id = ?';
  return findRow(db, sql, [key, organizationId]) !== undefined;
}

/** Takes down that a name is an organization's. A register's word is kept over a notice's, and staff's over both. */
export function saveName(
  db: Db,
  organizationId: string,
  { key, name, known }: { key: string; name: string; known: NameSource },
): void {
  runStatement(
    db,
    `INSERT INTO organization_names (key, organization_id, name, kind, known) VALUES (?, ?, ?, 'former', ?)
     ON CONFLICT DO UPDATE SET name = excluded.name, known = excluded.known
     WHERE known = 'notice' OR excluded.known = 'reviewed'`,
    [key, organizationId, displayName(name), known],
  );
}

const NAMES = `
  SELECT n.key, n.name, n.known,
    (SELECT max(p.published_at) FROM notice_parties p WHERE p.organization_id = ? AND p.name_key = n.key AND p.uscc = ?) AS lastAt
  FROM organization_names n WHERE n.organization_id = ? AND ${NOT_SPLIT} ORDER BY n.key`;

/**
 * Chooses under which of its names an organization with a code is shown, and says what the others are: the name that staff
 * accepted last, else the one that a register gave, else the one that stood beside the code last.
 */
export function chooseCurrentName(db: Db, id: string, rootId: string): void {
  const row = findOrganization(db, id);
  if (!row?.uscc) return;
  const names = listRows<KnownName>(db, NAMES, [rootId, row.uscc, id]);
  const [current] = names.toSorted(byStanding);
  if (!current) return;
  for (const { key, name } of names) {
    const kind: NameKind = key === current.key ? 'current' : isBranchName(name) ? 'branch' : 'former';
    runStatement(db, 'UPDATE organization_names SET kind = ? WHERE organization_id = ? AND key = ?', [kind, id, key]);
  }
  runStatement(db, 'UPDATE organizations SET name = ?, name_key = ? WHERE id = ?', [current.name, current.key, id]);
  indexOrganization(db, rootId);
}

const WORD: Record<NameSource, number> = { notice: 0, library: 2, reviewed: 4 };

function byStanding(a: KnownName, b: KnownName): number {
  const standing = ({ name, known }: KnownName) => WORD[known] + (isBranchName(name) ? 0 : 1);
  return standing(b) - standing(a) || (b.lastAt ?? '').localeCompare(a.lastAt ?? '') || a.key.localeCompare(b.key);
}
