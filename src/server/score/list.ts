import { asc, eq, max, type SQL, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readKeyValue } from '#db/key-values.ts';
import { defineQuery, selectAll } from '#db/query.ts';
import { disclosureCounts, disclosureDuties, organizations, projects } from '#db/schema/index.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import type { DutyState, DutyTotals } from '#src/domain/disclosure-score/states.ts';
import { FLAG_PAGE, type ScoreFilter } from '#src/domain/flags/filter.ts';

const c = disclosureCounts;
const d = disclosureDuties;
const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`1` : sql.join([...conditions], sql` AND `);

function narrow(table: typeof c | typeof d, { month, year, county, category }: ScoreFilter): SQL[] {
  return [
    ...(month ? [sql`${table.month} = ${month}`] : []),
    ...(year ? [sql`${table.month} >= ${year} AND ${table.month} < ${`${year}~`}`] : []),
    ...(county ? [sql`${table.county} = ${county}`] : []),
    ...(category ? [sql`${table.category} = ${category}`] : []),
  ];
}

const NEWEST = defineQuery((db) => db.select({ month: max(c.month) }).from(c));
/** As of which day duties are told (`YYYY-MM-DD`); null before any was derived. */
export const scoreDay = (db: Db): string | null => readKeyValue(db, 'supervision.day', '') || null;

/** The year that is looked at unless another is asked for: that of the day as of which duties are told. */
export const scoreYear = (db: Db): string | null =>
  scoreDay(db)?.slice(0, 4) ?? NEWEST.first(db)?.month?.slice(0, 4) ?? null;

/** By what totals are told apart. */
export type ScoreGroup = 'county' | 'month' | 'item' | 'category';

/** Totals of duties under a filter, by one thing, in its order. */
export function totalsBy(db: Db, group: ScoreGroup, filter: ScoreFilter): Map<string, DutyTotals> {
  const key = sql<string>`${c[group]}`;
  const rows = selectAll(
    db,
    { key, state: c.state, total: sql<number>`sum(${c.total})` },
    sql`FROM ${c} WHERE ${all(narrow(c, filter))} GROUP BY 1, 2 ORDER BY 1`,
  );
  const totals = new Map<string, DutyTotals>();
  for (const { key: of, state, total } of rows) totals.set(String(of), { ...totals.get(String(of)), [state]: total });
  return totals;
}

/** Totals of the duties in whose projects an organization is the buyer or the agency. */
export function totalsOf(db: Db, role: 'buyer' | 'agency', organization: string): DutyTotals {
  const rows = selectAll(
    db,
    { state: d.state, total: sql<number>`count(*)` },
    sql`FROM ${d} WHERE ${d[role]} = ${organization} GROUP BY ${d.state}`,
  );
  return Object.fromEntries(rows.map(({ state, total }) => [state, total]));
}

/** Totals of all buyers or agencies under a filter: those with most that is missing or late first. */
export function totalsByParty(
  db: Db,
  role: 'buyer' | 'agency',
  filter: ScoreFilter,
  most: number,
): { id: string; name: string; totals: DutyTotals }[] {
  const of = (state: DutyState) => sql<number>`sum(${d.state} = ${state})`;
  const rows = selectAll(
    db,
    { id: organizations.id, name: organizations.name, onTime: of('onTime'), late: of('late'), missing: of('missing') },
    sql`FROM ${d} JOIN ${organizations} ON ${organizations.id} = ${d[role]} WHERE ${all(narrow(d, filter))}
      GROUP BY ${organizations.id} HAVING sum(${d.state} IN ('onTime', 'late', 'missing')) >= 5
      ORDER BY sum(${d.state} IN ('late', 'missing')) DESC, ${organizations.id} LIMIT ${most}`,
  );
  return rows.map(({ id, name, ...totals }) => ({ id, name, totals }));
}

/** A duty as the public reads it. */
export interface DutyView {
  projectId: string;
  title: string;
  county: County;
  category: Category;
  buyer: string | null;
  round: number;
  lots: string[];
  item: number;
  state: DutyState;
  rule: string;
  dueOn: string | null;
  doneOn: string | null;
  reason: string;
}

const FIELDS = {
  projectId: d.project,
  title: projects.title,
  county: d.county,
  category: d.category,
  buyer: projects.buyer,
  round: d.round,
  lots: d.lots,
  item: d.item,
  state: d.state,
  rule: d.rule,
  dueOn: d.dueOn,
  doneOn: d.doneOn,
  reason: d.reason,
  part: d.part,
  month: d.month,
};

/** A page of duties in a state: what fell due last comes first; and the cursor of the next. */
export function listDutiesIn(
  db: Db,
  filter: ScoreFilter & { state: DutyState },
): { items: DutyView[]; next: string | null } {
  const limit = filter.limit ?? FLAG_PAGE;
  const skip = Number(filter.after ?? 0);
  const where = all([sql`${d.state} = ${filter.state}`, ...narrow(d, filter)]);
  const rows = selectAll(
    db,
    FIELDS,
    sql`FROM ${d} JOIN ${projects} ON ${projects.id} = ${d.project} WHERE ${where}
      ORDER BY coalesce(${d.dueOn}, ${d.month}) DESC, ${d.project}, ${d.round}, ${d.part}, ${d.item} LIMIT ${limit + 1} OFFSET ${skip}`,
  );
  const items = rows.slice(0, limit).map(({ part: _part, month: _month, ...view }) => view);
  return { items, next: rows.length > limit ? String(skip + limit) : null };
}

/** All duties under a filter, in batches. */
export async function* walkDuties(db: Db, filter: ScoreFilter & { state: DutyState }): AsyncGenerator<DutyView[]> {
  let after: string | undefined;
  do {
    const page = listDutiesIn(db, { ...filter, limit: 200, after });
    if (page.items.length > 0) yield page.items;
    after = page.next ?? undefined;
  } while (after);
}

const OF_PROJECT = defineQuery((db, p: Params<{ project: string }>) =>
  db.select().from(d).where(eq(d.project, p.project)).orderBy(asc(d.round), asc(d.part), asc(d.item)),
);

/** The duties of a project, round by round. */
export const listProjectDuties = (db: Db, project: string) => OF_PROJECT.all(db, { project });
