import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { OrganizationName } from '#src/domain/organizations/views.ts';
import { NOT_SPLIT } from '#src/publish/organizations/not-split.ts';
import { listMembers } from '#src/publish/organizations/records.ts';

const NAMES = `
  SELECT n.name, n.kind, n.known, n.organization_id AS owner FROM organization_names n
  WHERE n.organization_id IN (SELECT value FROM json_each(?)) AND ${NOT_SPLIT}
  UNION ALL
  SELECT o.name, 'current', 'reviewed', o.id FROM organizations o
  WHERE o.id IN (SELECT value FROM json_each(?)) AND o.uscc IS NULL AND coalesce(o.merged_how, '') <> 'code'
  ORDER BY 2, 1`;

/** Names of an organization and of those merged into it: its own current one first; what a merged one was called is former. */
export function listNames(db: Db, id: string): OrganizationName[] {
  const members = JSON.stringify(listMembers(db, id));
  const rows = listRows<OrganizationName & { owner: string }>(db, NAMES, [members, members]);
  const names = rows.map(({ owner, ...name }) => ({
    ...name,
    kind: name.kind === 'current' && owner !== id ? ('former' as const) : name.kind,
  }));
  return names.toSorted((a, b) => Number(b.kind === 'current') - Number(a.kind === 'current'));
}
