import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineSelect } from '#db/query.ts';
import { organizationNames, organizations } from '#db/schema/index.ts';
import { aliased, named, valuesOf } from '#db/sql-pieces.ts';
import type { PublicNameKind } from '#src/domain/organizations/organization.ts';
import type { OrganizationName } from '#src/domain/organizations/views.ts';
import { isSure } from '#src/publish/organizations/not-split.ts';
import { listMembers } from '#src/publish/organizations/records.ts';

const n = aliased(organizationNames, 'n');
const o = aliased(organizations, 'o');

const NAMES = defineSelect((p: Params<{ members: string }>) => ({
  fields: { name: n.name, kind: sql<PublicNameKind>`${n.kind}`, known: n.known, owner: n.organizationId },
  rest: sql`FROM ${named(n)} WHERE ${n.organizationId} IN ${valuesOf(p.members)} AND ${isSure(n)}
    UNION ALL
    SELECT ${o.name}, 'current', 'reviewed', ${o.id} FROM ${named(o)}
    WHERE ${o.id} IN ${valuesOf(p.members)} AND ${o.uscc} IS NULL AND coalesce(${o.mergedHow}, '') <> 'code'
    ORDER BY 2, 1`,
}));

/** Names of an organization and of those merged into it: its own current one first; what a merged one was called is former. */
export function listNames(db: Db, id: string): OrganizationName[] {
  const rows = NAMES.all(db, { members: JSON.stringify(listMembers(db, id)) });
  const names = rows.map(({ owner, ...name }) => ({
    ...name,
    kind: name.kind === 'current' && owner !== id ? ('former' as const) : name.kind,
  }));
  return names.toSorted((a, b) => Number(b.kind === 'current') - Number(a.kind === 'current'));
}
