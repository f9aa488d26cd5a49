import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { noticeParties, organizationNames, organizations } from '#db/schema/index.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { AwardFilter } from '#src/domain/organizations/filter.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import type { OrganizationView } from '#src/domain/organizations/views.ts';
import { findOrganization, findRoot, listMembers, type OrganizationRow } from '#src/publish/organizations/records.ts';
import { getAsOf } from '../sources/as-of.ts';
import { findAwardHistory, listRoleTotals } from './awards.ts';
import { getLibrary } from './library.ts';
import { listNames } from './name-list.ts';
import { listActivity } from './summaries.ts';

const MATCHED_BY_NAME = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ total: sql<number>`count(DISTINCT ${noticeParties.noticeId})` })
    .from(noticeParties)
    .where(and(eq(noticeParties.organizationId, p.id), eq(noticeParties.matchedBy, 'name'))),
);

const SAME_NAME = defineSelect((p: Params<{ id: string; key: string; nameless: string }>) => ({
  fields: { id: organizations.id, name: organizations.name, uscc: organizations.uscc },
  rest: sql`FROM ${organizations} WHERE ${organizations.mergedInto} IS NULL AND ${organizations.id} <> ${p.id}
    AND ${organizations.id} IN (SELECT ${organizationNames.organizationId} FROM ${organizationNames}
      WHERE ${organizationNames.key} = ${p.key} UNION SELECT ${p.nameless})
    ORDER BY ${organizations.uscc}`,
}));

/** Id of the organization that one was merged into; undefined when it stands for itself or does not exist. */
export function findMergedInto(db: Db, id: string): string | undefined {
  return findOrganization(db, id)?.mergedInto ? findRoot(db, id)?.id : undefined;
}

/** An organization with its awards and library. @throws NotFoundError when there is none of this id, InputError */
export function getOrganization(db: Db, id: string, filter: AwardFilter = {}): OrganizationView {
  const row = findOrganization(db, id);
  if (!row || row.mergedInto) throw new NotFoundError('没有找到这个单位');
  const totals = listRoleTotals(db, id);
  const { notices = 0, roles = [], counties = [] } = listActivity(db, [id]).get(id) ?? {};
  return {
    id,
    name: row.name,
    uscc: row.uscc,
    names: listNames(db, id),
    notices,
    roles,
    counties,
    matchedByName: countMatchedByName(db, row),
    sameName: listSameName(db, row),
    totals,
    history: findAwardHistory(db, id, filter, totals),
    library: getLibrary(db, listMembers(db, id)),
    asOf: getAsOf(db),
  };
}

/** Notices that name the organization without its code. For one that has no code, that is all of them. */
function countMatchedByName(db: Db, { id }: OrganizationRow): number {
  return MATCHED_BY_NAME.first(db, { id })?.total ?? 0;
}

function listSameName(db: Db, { id, nameKey }: OrganizationRow): OrganizationView['sameName'] {
  return SAME_NAME.all(db, { id, key: nameKey, nameless: organizationId({ key: nameKey }) });
}
