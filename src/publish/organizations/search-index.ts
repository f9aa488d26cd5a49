import { eq, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { organizationSearch } from '#db/fts.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { organizationNames, organizations } from '#db/schema/index.ts';
import { initialGrams, nameGrams } from '#src/domain/organizations/search-words.ts';
import { isSure } from './not-split.ts';

/** A table `member (id)`: an organization and all that were merged into it. */
export const membersOf = (id: SQL): SQL => sql`(
  WITH RECURSIVE member (id) AS (
    SELECT ${id} UNION SELECT ${organizations.id} FROM member JOIN ${organizations} ON ${organizations.mergedInto} = member.id)
  SELECT id FROM member)`;

const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ number: organizations.number, mergedInto: organizations.mergedInto })
    .from(organizations)
    .where(eq(organizations.id, p.id)),
);
const NAMES = defineSelect((p: Params<{ id: string }>) => ({
  fields: { name: organizations.name },
  rest: sql`FROM ${organizations} WHERE ${organizations.id} IN ${membersOf(p.id)}
    UNION SELECT ${organizationNames.name} FROM ${organizationNames}
    WHERE ${organizationNames.organizationId} IN ${membersOf(p.id)} AND ${isSure(organizationNames)}`,
}));
const INSERT = defineQuery((db, p: Params<{ number: number; names: string; initials: string }>) =>
  db.insert(organizationSearch).values({ rowid: p.number, names: p.names, initials: p.initials }),
);
const DELETE = defineQuery((db, p: Params<{ number: number }>) =>
  db.delete(organizationSearch).where(eq(organizationSearch.rowid, p.number)),
);

/** Brings the full-text row of an organization in line with its names; one that was merged into another has none. */
export function indexOrganization(db: Db, id: string): void {
  const row = FIND.first(db, { id });
  if (!row) return;
  deleteSearchRow(db, row.number);
  if (row.mergedInto) return;
  const names = NAMES.all(db, { id }).map(({ name }) => name);
  insertSearchRow(db, row.number, names);
}

/** Writes the full-text row of an organization that has none. */
export function insertSearchRow(db: Db, number: number, names: readonly string[]): void {
  INSERT.run(db, { number, names: nameGrams(names), initials: initialGrams(names) });
}

/** Removes the full-text row of an organization. */
export function deleteSearchRow(db: Db, number: number): void {
  DELETE.run(db, { number });
}
