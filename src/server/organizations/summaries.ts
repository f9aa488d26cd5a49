import { and, gt, inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params, valuesOf } from '#db/query.ts';
import { organizationActivity } from '#db/schema/index.ts';
import { nameKey } from '#src/domain/organizations/name-key.ts';
import type { CountyCount, OrganizationSummary, RoleCount } from '#src/domain/organizations/views.ts';
import type { ListedRow } from './list.ts';
import { listNames } from './name-list.ts';

const ACTIVITY = defineQuery((db, p: Params<{ ids: string }>) =>
  db
    .select({
      id: organizationActivity.organizationId,
      role: organizationActivity.role,
      county: organizationActivity.county,
      notices: organizationActivity.notices,
    })
    .from(organizationActivity)
    .where(and(inArray(organizationActivity.organizationId, valuesOf(p.ids)), gt(organizationActivity.notices, 0))),
);

/** Notices of organizations by role and by county; sums of both are left out. */
export function listActivity(
  db: Db,
  ids: readonly string[],
): Map<string, { notices: number; roles: RoleCount[]; counties: CountyCount[] }> {
  const rows = ACTIVITY.all(db, { ids: JSON.stringify(ids) });
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
