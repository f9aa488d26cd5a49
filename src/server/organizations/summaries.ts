import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { OrganizationRole } from '#src/domain/organizations/organization.ts';
import type { CountyCount, OrganizationSummary, RoleCount } from '#src/domain/organizations/views.ts';
import type { ListedRow } from './list.ts';
import { listNames } from './name-list.ts';

interface ActivityRow {
  id: string;
  role: OrganizationRole | '';
  county: County | '';
  notices: number;
}

/** Notices of organizations by role and by county; sums of both are left out. */
export function listActivity(
  db: Db,
  ids: readonly string[],
): Map<string, { notices: number; roles: RoleCount[]; counties: CountyCount[] }> {
  const rows = listRows<ActivityRow>(
    db,
    `SELECT organization_id AS id, role, county, notices FROM organization_activity
     WHERE organization_id IN (SELECT value FROM json_each(?)) AND notices > 0`,
    [JSON.stringify(ids)],
  );
  const all = new Map(ids.map((id) => [id, { notices: 0, roles: [] as RoleCount[], counties: [] as CountyCount[] }]));
  const ordered = rows.toSorted(
    (a, b) => b.notices - a.notices || a.role.localeCompare(b.role) || a.county.localeCompare(b.county),
  );
  for (const { id, role, county, notices } of ordered) {
    const own = all.get(id);
    if (!own) continue;
    if (role === '' && county === '') own.notices = notices;
    else if (county === '' && role !== '') own.roles.push({ role, notices });
    else if (role === '' && county !== '') own.counties.push({ county, notices });
  }
  return all;
}

/** What the list shows of organizations; with a search text also which other name it found. */
export function toSummaries(db: Db, rows: readonly ListedRow[], text?: string): OrganizationSummary[] {
  const activity = listActivity(
    db,
    rows.map(({ id }) => id),
  );
  const key = nameKey(text ?? '');
  return rows.map(({ id, name, uscc, notices }) => {
    const { roles = [], counties = [] } = activity.get(id) ?? {};
    return { id, name, uscc, notices, roles, counties, matchedName: key ? findOtherName(db, id, name, key) : null };
  });
}

function findOtherName(db: Db, id: string, name: string, key: string): string | null {
  if (nameKey(name).includes(key)) return null;
  return listNames(db, id).find((other) => nameKey(other.name).includes(key))?.name ?? null;
}
