import { and, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { organizationNames, organizations } from '#db/schema/index.ts';
import { aliased, named, valuesOf } from '#db/sql-pieces.ts';
import { normaliseUscc } from '#src/domain/identifiers/uscc.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { isSure } from '#src/publish/organizations/not-split.ts';
import { findByCode, findRoot, listMembers } from '#src/publish/organizations/records.ts';

/** Under which codes and names one organization is known, all its former names and merged rows included. */
export interface Identity {
  /** Ids under which parties of notices point to it. */
  organizationIds: string[];
  codes: string[];
  keys: string[];
  names: string[];
}

const n = aliased(organizationNames, 'n');
const { id, uscc, name, nameKey: ownKey } = organizations;

const NAMES = defineSelect((p: Params<{ members: string }>) => ({
  fields: { key: n.key, name: n.name },
  rest: sql`FROM ${named(n)} WHERE ${n.organizationId} IN ${valuesOf(p.members)} AND ${isSure(n)}
    UNION SELECT ${ownKey}, ${name} FROM ${organizations} WHERE ${id} IN ${valuesOf(p.members)}`,
}));

const CODES = defineQuery((db, p: Params<{ members: string }>) =>
  db
    .select({ uscc: sql<string>`${uscc}` })
    .from(organizations)
    .where(and(inArray(id, valuesOf(p.members)), isNotNull(uscc))),
);

const BEARERS = defineSelect((p: Params<{ key: string; nameless: string }>) => ({
  fields: { id: n.organizationId },
  // Without a code, the id is a function of the name: looked up by it, not by a scan for the name.
  rest: sql`FROM ${named(n)} WHERE ${n.key} = ${p.key} AND ${isSure(n)}
    UNION SELECT ${id} FROM ${organizations} WHERE ${id} = ${p.nameless}`,
}));

/** The identity of an organization; undefined when there is none with this id. */
export function findIdentity(db: Db, organizationId: string): Identity | undefined {
  const root = findRoot(db, organizationId);
  if (!root) return undefined;
  const members = JSON.stringify(listMembers(db, root.id));
  const names = NAMES.all(db, { members });
  return {
    organizationIds: [root.id],
    codes: CODES.all(db, { members }).map(({ uscc }) => uscc),
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
  const bearers = BEARERS.all(db, { key, nameless: organizationId({ key }) });
  const roots = new Set(bearers.map((bearer) => findRoot(db, bearer.id)?.id ?? bearer.id));
  return [...roots].flatMap((root) => findIdentity(db, root) ?? []);
}
