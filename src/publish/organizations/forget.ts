import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import {
  achievements,
  honours,
  noticeParties,
  organizationChanges,
  organizationNames,
  organizations,
  qualifications,
  staffCertificates,
} from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { WriteContext } from '#src/domain/changes.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import { chooseCurrentName } from './current-name.ts';
import { deleteOrganization, findByCode, findOrganization, findRoot, type OrganizationRow } from './records.ts';
import { settleName } from './resolve.ts';

const SPEAKERS = [noticeParties, organizationNames, qualifications, achievements, honours, staffCertificates];
const merged = aliased(organizations, 'm');
const { id } = organizations;
const { organizationId: changed, targetId } = organizationChanges;

/** An organization that anything may speak of. */
const SPOKEN_OF = defineSelect((p: Params<{ id: string }>) => {
  const spoken = [
    ...SPEAKERS.map((table) => sql`SELECT 1 FROM ${table} WHERE ${table.organizationId} = ${id}`),
    sql`SELECT 1 FROM ${named(merged)} WHERE ${merged.mergedInto} = ${id}`,
    sql`SELECT 1 FROM ${organizationChanges} WHERE ${id} IN (${changed}, ${targetId})`,
  ];
  const any = sql.join(
    spoken.map((query) => sql`EXISTS (${query})`),
    sql` OR `,
  );
  return { fields: { id }, rest: sql`FROM ${organizations} WHERE ${id} = ${p.id} AND (${any})` };
});
const FORGET_NAME = defineQuery((db, p: Params<{ id: string; key: string }>) =>
  db
    .delete(organizationNames)
    .where(
      and(
        eq(organizationNames.organizationId, p.id),
        eq(organizationNames.key, p.key),
        eq(organizationNames.known, 'notice'),
      ),
    ),
);
const FIND_BESIDE = defineQuery((db, p: Params<{ id: string; key: string; uscc: string | null }>) =>
  db
    .select({ noticeId: noticeParties.noticeId })
    .from(noticeParties)
    .where(
      and(eq(noticeParties.organizationId, p.id), eq(noticeParties.nameKey, p.key), eq(noticeParties.uscc, p.uscc)),
    )
    .limit(1),
);

/**
 * After a party of a notice is gone: a name that only that notice gave is no longer its organization's, and an
 * organization that nothing speaks of any more is removed, so that a withdrawn notice leaves no page behind.
 */
export function forgetUnused(
  db: Db,
  { nameKey: key, uscc }: { nameKey: string | null; uscc: string | null },
  context: WriteContext,
): void {
  if (!key) return;
  const holder = uscc ? findByCode(db, uscc) : undefined;
  if (holder && !isNamedBeside(db, holder, key)) forgetName(db, holder, key, context);
  else if (holder) chooseCurrentName(db, holder.id, findRoot(db, holder.id)?.id ?? holder.id, context);
  const own = findOrganization(db, organizationId({ key }));
  for (const row of [holder, own]) if (row) deleteUnused(db, row);
}

/** Takes a name from an organization that only notices gave it. */
export function forgetName(db: Db, holder: OrganizationRow, key: string, context: WriteContext): void {
  if (FORGET_NAME.run(db, { id: holder.id, key }).changes === 0) return;
  settleName(db, key, context);
  chooseCurrentName(db, holder.id, findRoot(db, holder.id)?.id ?? holder.id, context);
}

/** Does a public notice still give the name beside the organization's code? */
function isNamedBeside(db: Db, { id, uscc }: OrganizationRow, key: string): boolean {
  return FIND_BESIDE.first(db, { id: findRoot(db, id)?.id ?? id, key, uscc }) !== undefined;
}

/** Removes an organization unless something speaks of it. Returns whether it was removed. */
export function deleteUnused(db: Db, row: OrganizationRow): boolean {
  // The address of a name that has become a coded organization's leads on to that one.
  if (row.mergedInto !== null) return false;
  if (SPOKEN_OF.first(db, { id: row.id })) return false;
  deleteOrganization(db, row);
  return true;
}
