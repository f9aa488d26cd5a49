import { eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, selectAll } from '#db/query.ts';
import { organizationFlags, organizations, supervisedProjects } from '#db/schema/index.ts';
import { valuesOf } from '#db/sql-pieces.ts';
import { type FlagCode, flagDefinition } from '#src/domain/flags/registry.ts';
import { LEAST_CASES } from '#src/domain/flags/rule.ts';
import {
  type LotOutcomes,
  lotSubject,
  type OrganizationFlagView,
  organizationSubject,
} from '#src/domain/flags/views.ts';
import { readNotes } from './notes.ts';

const OF_PROJECT = defineQuery((db, p: Params<{ project: string }>) =>
  db
    .select({ processes: supervisedProjects.processes, outcomes: supervisedProjects.outcomes })
    .from(supervisedProjects)
    .where(eq(supervisedProjects.project, p.project)),
);
const NAMES = defineQuery((db, p: Params<{ ids: string }>) =>
  db
    .select({ id: organizations.id, name: organizations.name })
    .from(organizations)
    .where(inArray(organizations.id, valuesOf(p.ids))),
);

/** What every indicator says of each lot of a project; empty for what is not bought, and while it was not compared yet. */
export function listProjectOutcomes(db: Db, project: string): LotOutcomes[] {
  const row = OF_PROJECT.first(db, { project });
  if (!row) return [];
  const notes = readNotes(
    db,
    row.processes.map(({ lot }) => lotSubject(project, lot)),
  );
  return row.processes.flatMap(({ lot, lotName }, index) => {
    const own = row.outcomes[index];
    if (!own) return [];
    const subject = lotSubject(project, lot);
    const outcomes = (Object.entries(own) as [FlagCode, NonNullable<(typeof own)[FlagCode]>][]).map(
      ([code, outcome]) => ({
        ...{ code, outcome, isChecked: notes.isChecked(code, subject) },
        replies: notes.replies(code, subject),
      }),
    );
    return [{ lot, lotName, outcomes }];
  });
}

interface OrganizationQuery {
  code?: FlagCode | undefined;
  organization?: string | undefined;
  state?: 'flagged' | 'clear';
  /** Those that group firms as well: for staff. */
  all?: boolean;
}

/** What indicators say of organizations. The public reads neither those about groups of firms nor what rests on fewer than five cases. */
export function listOrganizationFlags(
  db: Db,
  { code, organization, state, all }: OrganizationQuery,
): OrganizationFlagView[] {
  const o = organizationFlags;
  const conditions = [
    ...(code ? [sql`${o.code} = ${code}`] : []),
    ...(organization ? [sql`${o.organization} = ${organization}`] : []),
    ...(state ? [sql`${o.state} = ${state}`] : []),
    ...(all ? [] : [sql`${o.cases} >= ${LEAST_CASES} AND ${o.role} IN ('buyer', 'agency')`]),
  ];
  const fields = {
    code: o.code,
    role: o.role,
    organizations: o.organizations,
    state: o.state,
    cases: o.cases,
    numbers: o.numbers,
  };
  const rows = selectAll(
    db,
    fields,
    sql`FROM ${o} WHERE ${conditions.length > 0 ? sql.join(conditions, sql` AND `) : sql`1`} ORDER BY ${o.code}, ${o.cases} DESC, ${o.organizations} LIMIT 500`,
  ).filter((row) => all || flagDefinition(row.code).audience === 'public');
  const ids = rows.flatMap((row) => row.organizations.split(' '));
  const names = new Map(NAMES.all(db, { ids: JSON.stringify([...new Set(ids)]) }).map(({ id, name }) => [id, name]));
  const notes = readNotes(
    db,
    rows.map((row) => organizationSubject(row.role, row.organizations)),
  );
  return rows.map((row) => ({
    ...row,
    organizations: row.organizations.split(' ').map((id) => ({ id, name: names.get(id) ?? '名称不详' })),
    isChecked: notes.isChecked(row.code, organizationSubject(row.role, row.organizations)),
  }));
}

/** How many organizations, pairs or groups an indicator could be computed of, and points at. */
export function countOrganizationFlags(db: Db): Map<FlagCode, { flagged: number; all: number }> {
  const o = organizationFlags;
  const rows = selectAll(
    db,
    { code: o.code, flagged: sql<number>`sum(${o.state} = 'flagged')`, all: sql<number>`count(*)` },
    sql`FROM ${o} GROUP BY ${o.code}`,
  );
  return new Map(rows.map(({ code, flagged, all }) => [code, { flagged, all }]));
}
