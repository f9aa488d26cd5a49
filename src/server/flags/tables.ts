import { and, asc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import {
  disclosureCounts,
  disclosureDuties,
  flagCounts,
  flags,
  organizationFlags,
  staleProjects,
  supervisedProjects,
} from '#db/schema/index.ts';
import { bare, excludedOf, paramsOf } from '#db/sql-pieces.ts';

const SUPERVISED = getTableColumns(supervisedProjects);
export type SupervisedRow = RowOf<typeof SUPERVISED>;
const { project: _key, ...DERIVED } = SUPERVISED;
const FLAG = getTableColumns(flags);
export type FlagRow = RowOf<typeof FLAG>;
const COUNT = getTableColumns(flagCounts);
export type FlagCountRow = RowOf<typeof COUNT>;
const OF_ORGANIZATION = getTableColumns(organizationFlags);
export type OrganizationFlagRow = RowOf<typeof OF_ORGANIZATION>;
const DUTY = getTableColumns(disclosureDuties);
export type DutyRow = RowOf<typeof DUTY>;

type OfProject = Params<{ project: string }>;

/** How the derived tables are written, and read back by whoever derives. */
export const STALE = defineQuery((db, p: Params<{ limit: number }>) =>
  db.select().from(staleProjects).orderBy(asc(staleProjects.project)).limit(p.limit),
);
export const SAVE_SUPERVISED = defineQuery((db, p: Params<SupervisedRow>) =>
  db
    .insert(supervisedProjects)
    .values(paramsOf(SUPERVISED, p))
    .onConflictDoUpdate({ target: supervisedProjects.project, set: excludedOf(DERIVED) }),
);
export const DROP_SUPERVISED = defineQuery((db, p: OfProject) =>
  db.delete(supervisedProjects).where(eq(supervisedProjects.project, p.project)),
);
export const ONE_SUPERVISED = defineQuery((db, p: OfProject) =>
  db.select().from(supervisedProjects).where(eq(supervisedProjects.project, p.project)),
);
export const NEXT_SUPERVISED = defineQuery((db, p: Params<{ after: string; limit: number }>) =>
  db
    .select()
    .from(supervisedProjects)
    .where(gt(supervisedProjects.project, p.after))
    .orderBy(asc(supervisedProjects.project))
    .limit(p.limit),
);
export const ALL_SUPERVISED = defineSelect(() => ({ fields: SUPERVISED, rest: sql`FROM ${supervisedProjects}` }));
export const SAVE_OUTCOMES = defineQuery((db, p: Params<Pick<SupervisedRow, 'project' | 'outcomes'>>) =>
  db.update(supervisedProjects).set({ outcomes: p.outcomes }).where(eq(supervisedProjects.project, p.project)),
);
export const DROP_FLAGS = defineQuery((db, p: OfProject) => db.delete(flags).where(eq(flags.project, p.project)));
export const ADD_FLAG = defineQuery((db, p: Params<FlagRow>) => db.insert(flags).values(paramsOf(FLAG, p)));
export const DROP_COUNTS = defineQuery((db) => db.delete(flagCounts));
export const ADD_COUNT = defineQuery((db, p: Params<FlagCountRow>) => db.insert(flagCounts).values(paramsOf(COUNT, p)));
export const DROP_ORGANIZATION_FLAGS = defineQuery((db) => db.delete(organizationFlags));
export const ADD_ORGANIZATION_FLAG = defineQuery((db, p: Params<OrganizationFlagRow>) =>
  db.insert(organizationFlags).values(paramsOf(OF_ORGANIZATION, p)),
);
export const DROP_DUTIES = defineQuery((db, p: OfProject) =>
  db.delete(disclosureDuties).where(eq(disclosureDuties.project, p.project)),
);
export const ADD_DUTY = defineQuery((db, p: Params<DutyRow>) => db.insert(disclosureDuties).values(paramsOf(DUTY, p)));
export const DROP_DUTY_COUNTS = defineQuery((db) => db.delete(disclosureCounts));
const c = disclosureCounts;
const d = disclosureDuties;
export const COUNT_DUTIES = defineStatement(
  () => sql`INSERT INTO ${c} (${bare(c.month)}, ${bare(c.county)}, ${bare(c.category)}, ${bare(c.item)}, ${bare(c.state)}, ${bare(c.total)})
    SELECT ${d.month}, ${d.county}, ${d.category}, ${d.item}, ${d.state}, count(*) FROM ${d} GROUP BY 1, 2, 3, 4, 5`,
);
/** Has what has fallen due before a day derived anew. */
export const MARK_DUE = defineStatement(
  (p: Params<{ today: string }>) => sql`INSERT OR IGNORE INTO ${staleProjects} (${bare(staleProjects.project)})
    SELECT ${d.project} FROM ${d} WHERE ${d.state} = 'due' AND ${d.dueOn} < ${p.today}`,
);
export const DUTIES_OF = defineQuery((db, p: OfProject) =>
  db
    .select()
    .from(disclosureDuties)
    .where(and(eq(disclosureDuties.project, p.project)))
    .orderBy(asc(disclosureDuties.round), asc(disclosureDuties.part), asc(disclosureDuties.item)),
);
