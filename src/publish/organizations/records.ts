import { eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { organizationNames, organizations } from '#db/schema/index.ts';
import { paramsOf } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { displayName } from '#src/domain/organizations/name-key.ts';
import { type NameSource, organizationId } from '#src/domain/organizations/organization.ts';
import { appendChange } from '../changes/append.ts';
import { listEntryIds } from '../library/rows.ts';
import { deleteSearchRow, indexOrganization, insertSearchRow, membersOf } from './search-index.ts';

const { number, id, uscc, name, nameKey, mergedInto, mergedHow, createdAt, updatedAt } = organizations;
const COLUMNS = { number, id, uscc, name, nameKey, mergedInto, mergedHow };

/** What is stored of an organization itself. */
export type OrganizationRow = RowOf<typeof COLUMNS>;

const BY_ID = defineQuery((db, p: Params<{ id: string }>) =>
  db.select(COLUMNS).from(organizations).where(eq(id, p.id)),
);
const BY_CODE = defineQuery((db, p: Params<{ uscc: string }>) =>
  db.select(COLUMNS).from(organizations).where(eq(uscc, p.uscc)),
);
const MEMBERS = defineSelect((p: Params<{ id: string }>) => ({
  fields: { id: sql<string>`member.id` },
  rest: sql`FROM ${membersOf(p.id)} AS member`,
}));
const NEW = { id, uscc, name, nameKey, createdAt, updatedAt };
const INSERT = defineQuery((db, p: Params<RowOf<typeof NEW>>) =>
  db.insert(organizations).values(paramsOf(NEW, p)).returning({ number }),
);
const INSERT_NAME = defineQuery((db, p: Params<Omit<typeof organizationNames.$inferSelect, 'kind'>>) =>
  db
    .insert(organizationNames)
    .values({ key: p.key, organizationId: p.organizationId, name: p.name, kind: 'current', known: p.known }),
);
const SET_MERGED = defineQuery(
  (db, p: Params<Pick<OrganizationRow, 'id' | 'mergedInto' | 'mergedHow'> & { now: string }>) =>
    db
      .update(organizations)
      .set({ mergedInto: p.mergedInto, mergedHow: p.mergedHow, updatedAt: p.now })
      .where(eq(id, p.id)),
);
const DELETE_NAMES = defineQuery((db, p: Params<{ id: string }>) =>
  db.delete(organizationNames).where(eq(organizationNames.organizationId, p.id)),
);
const DELETE = defineQuery((db, p: Params<{ id: string }>) => db.delete(organizations).where(eq(id, p.id)));

/** The organization with an id, also one that was merged into another. */
export function findOrganization(db: Db, id: string): OrganizationRow | undefined {
  return BY_ID.first(db, { id });
}

/** The organization with a code. */
export function findByCode(db: Db, uscc: string): OrganizationRow | undefined {
  return BY_CODE.first(db, { uscc });
}

/** The organization that another one turned out to be, by way of all merges; itself when it was not merged. */
export function findRoot(db: Db, id: string): OrganizationRow | undefined {
  let row = findOrganization(db, id);
  while (row?.mergedInto) row = findOrganization(db, row.mergedInto);
  return row;
}

/** Ids of an organization and of all that were merged into it. */
export function listMembers(db: Db, id: string): string[] {
  return MEMBERS.all(db, { id }).map((row) => row.id);
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
  context: WriteContext,
): OrganizationRow {
  const id = organizationId(uscc ? { uscc } : { key });
  const shown = displayName(name);
  const row = INSERT.first(db, { id, uscc, name: shown, nameKey: key, createdAt: context.now, updatedAt: context.now });
  if (!row) throw new Error('an insert returns its row');
  if (uscc) INSERT_NAME.run(db, { key, organizationId: id, name: shown, known });
  const { number } = row;
  insertSearchRow(db, number, [shown]);
  return { number, id, uscc, name: shown, nameKey: key, mergedInto: null, mergedHow: null };
}

/** Says that one organization is another one, or, with null, that it is itself. Its library entries go along. */
export function setMerged(
  db: Db,
  id: string,
  into: { id: string; how: 'code' | 'reviewed' } | null,
  context: WriteContext,
): void {
  const isMoved = (findOrganization(db, id)?.mergedInto ?? null) !== (into?.id ?? null);
  SET_MERGED.run(db, { id, mergedInto: into?.id ?? null, mergedHow: into?.how ?? null, now: context.now });
  indexOrganization(db, id);
  if (into) indexOrganization(db, findRoot(db, into.id)?.id ?? into.id);
  if (isMoved) tellEntries(db, id, context);
}

/** Tells of the library entries of an organization, and of those merged into it, that they are another one's. */
function tellEntries(db: Db, id: string, context: WriteContext): void {
  for (const entry of listMembers(db, id).flatMap((member) => listEntryIds(db, member))) {
    appendChange(db, { subject: 'library', id: entry, version: null, kind: 'upsert' }, context);
  }
}

/** Removes an organization that nothing speaks of any more. */
export function deleteOrganization(db: Db, { id, number }: OrganizationRow): void {
  deleteSearchRow(db, number);
  DELETE_NAMES.run(db, { id });
  DELETE.run(db, { id });
}
