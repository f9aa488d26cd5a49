import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import type { AwardFilter } from '#src/domain/organizations/filter.ts';
import { organizationId } from '#src/domain/organizations/organization.ts';
import type { OrganizationView } from '#src/domain/organizations/views.ts';
import { findOrganization, findRoot, listMembers, type OrganizationRow } from '#src/publish/organizations/records.ts';
import { getAsOf } from '../sources/as-of.ts';
import { findAwardHistory } from './awards.ts';
import { getLibrary } from './library.ts';
import { listNames } from './name-list.ts';
import { listActivity } from './summaries.ts';

/** Id of the organization that one was merged into; undefined when it stands for itself or does not exist. */
export function findMergedInto(db: Db, id: string): string | undefined {
  return findOrganization(db, id)?.mergedInto ? findRoot(db, id)?.id : undefined;
}

/** An organization with its awards and library. @throws NotFoundError when there is none of this id, InputError */
export function getOrganization(db: Db, id: string, filter: AwardFilter = {}): OrganizationView {
  const row = findOrganization(db, id);
  if (!row || row.mergedInto) throw new NotFoundError('没有找到这个单位');
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
    history: findAwardHistory(db, id, filter),
    library: getLibrary(db, listMembers(db, id)),
    asOf: getAsOf(db),
  };
}

/** Notices that name the organization without its code. For one that has no code, that is all of them. */
function countMatchedByName(db: Db, { id }: OrganizationRow): number {
  const sql = `SELECT count(DISTINCT notice_id) AS total FROM notice_parties WHERE organization_id = ? AND matched_by = 'name'`;
  return findRow<{ total: number }>(db, sql, [id])?.total ?? 0;
}

function listSameName(db: Db, { id, nameKey }: OrganizationRow): OrganizationView['sameName'] {
  return listRows<OrganizationView['sameName'][number]>(
    db,
    `SELECT id, name, uscc FROM organizations WHERE merged_into IS NULL AND id <> ? AND id IN (
       SELECT organization_id FROM organization_names WHERE key = ? UNION SELECT ?) ORDER BY uscc`,
    [id, nameKey, organizationId({ key: nameKey })],
  );
}
