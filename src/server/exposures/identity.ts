import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { NOT_SPLIT } from '#src/publish/organizations/not-split.ts';
import { findByCode, findRoot, listMembers } from '#src/publish/organizations/records.ts';

/** Under which codes and names one organization is known, all its former names and merged rows included. */
export interface Identity {
  /** Ids under which parties of notices point to it. */
  organizationIds: string[];
  codes: string[];
  keys: string[];
  names: string[];
}

const NAMES = `SELECT n.key, n.name FROM organization_names n
  WHERE n.organization_id IN (SELECT value FROM json_each(?)) AND ${NOT_SPLIT}
  UNION SELECT name_key, name FROM organizations WHERE id IN (SELECT value FROM json_each(?))`;
const CODES = `SELECT uscc FROM organizations WHERE id IN (SELECT value FROM json_each(?)) AND uscc IS NOT NULL`;

/** The identity of an organization; undefined when there is none with this id. */
export function findIdentity(db: Db, organizationId: string): Identity | undefined {
  const root = findRoot(db, organizationId);
  if (!root) return undefined;
  const members = JSON.stringify(listMembers(db, root.id));
  const names = listRows<{ key: string; name: string }>(db, NAMES, [members, members]);
  return {
    organizationIds: [root.id],
    codes: listRows<{ uscc: string }>(db, CODES, [members]).map(({ uscc }) => uscc),
    keys: [...new Set(names.map(({ key }) => key))],
    names: [...new Set(names.map(({ name }) => name))],
  };
}

/** The identity behind a code; of a code that no organization has, the code alone. */
export function identityOfCode(db: Db, code: string): Identity {
  const uscc = normaliseUscc(code);
  const row = findByCode(db, uscc);
  const found = row && findIdentity(db, row.id);
  return found ?? { organizationIds: [], codes: [uscc], keys: [], names: [] };
}

/** Every organization that bears or bore a name, in whatever disguise it is written. */
export function identitiesOfName(db: Db, name: string): Identity[] {
  return identitiesOfKey(db, nameKey(name));
}

/** The same for a name key. */
export function identitiesOfKey(db: Db, key: string): Identity[] {
  const ids = listRows<{ id: string }>(
    db,
    `SELECT n.organization_id AS id FROM organization_names n WHERE n.key = ? AND ${NOT_SPLIT}
     UNION SELECT id FROM organizations WHERE id = ?`,
    // Without a code, the id is a function of the name: looked up by it, not by a scan for the name.
    [key, organizationId({ key })],
  );
  const roots = new Set(ids.map(({ id }) => findRoot(db, id)?.id ?? id));
  return [...roots].flatMap((id) => findIdentity(db, id) ?? []);
}
