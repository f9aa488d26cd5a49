import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params, RowOf } from '#db/compile.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { notices, noticeTexts, projects, statisticDirty, statisticObservations } from '#db/schema/index.ts';
import { bare, paramsOf } from '#db/sql-pieces.ts';
import type { Deal } from '#src/domain/deals/deal.ts';
import { buildingType } from '#src/domain/statistics/floor-area.ts';
import type { StatisticNotice } from '#src/domain/statistics/lot-outcome.ts';
import { observeProject } from '#src/domain/statistics/observe.ts';

const OBSERVATION = getTableColumns(statisticObservations);
type Observed = RowOf<typeof OBSERVATION>;

const o = statisticObservations;
const PROJECT = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ category: projects.category, county: projects.county, title: projects.title })
    .from(projects)
    .where(eq(projects.id, p.id)),
);
const BODIES = defineSelect((p: Params<{ id: string }>) => ({
  fields: { id: noticeTexts.noticeId, body: noticeTexts.body },
  rest: sql`FROM ${notices} JOIN ${noticeTexts} ON ${noticeTexts.noticeId} = ${notices.id}
    WHERE ${notices.projectId} = ${p.id} AND ${notices.stage} = 'tenderNotice'`,
}));
const STORED = defineSelect((p: Params<{ id: string }>) => ({
  fields: OBSERVATION,
  rest: sql`FROM ${o} WHERE ${o.projectId} = ${p.id}`,
}));
const INSERT = defineQuery((db, p: Params<Observed>) => db.insert(o).values(paramsOf(OBSERVATION, p)));
const DELETE = defineStatement(
  (
    p: Params<Observed>,
  ) => sql`DELETE FROM ${o} WHERE ${bare(o.measure)} = ${p.measure} AND ${bare(o.month)} = ${p.month}
    AND ${bare(o.category)} = ${p.category} AND ${bare(o.county)} = ${p.county} AND ${bare(o.part)} = ${p.part}
    AND ${bare(o.projectId)} = ${p.projectId} AND ${bare(o.lot)} = ${p.lot}`,
);
const MARK = defineQuery((db, p: Params<RowOf<typeof DIRTY>>) =>
  db.insert(statisticDirty).values(paramsOf(DIRTY, p)).onConflictDoNothing(),
);
const DIRTY = getTableColumns(statisticDirty);

/** A public notice of a project, as its row has it. */
export type ObservedNotice = Omit<StatisticNotice, 'body'> & { isPublic: number };

/** What all measures find in a project, by its deal as JSON and its notices, in the form of the table. */
export function deriveObservations(
  db: Db,
  projectId: string,
  course: string,
  own: readonly ObservedNotice[],
): Observed[] {
  const project = PROJECT.first(db, { id: projectId });
  if (!project) return [];
  const { category, county, title } = project;
  const isBuilding = category === 'construction' && buildingType(title) !== null;
  const bodies = new Map(isBuilding ? BODIES.all(db, { id: projectId }).map(({ id, body }) => [id, body]) : []);
  const told = own
    .filter(({ isPublic }) => isPublic === 1)
    .map((notice): StatisticNotice => ({ ...notice, body: bodies.get(notice.id) ?? null }));
  const deal = JSON.parse(course) as Deal;
  return observeProject({ category, title, deal, notices: told }).map((row) => ({
    ...row,
    category,
    county,
    projectId,
  }));
}

/**
 * Observes a project anew, by its deal as JSON and all its notices, and stores what is different, together with the keys of the cells
 * that are no longer right. The caller holds the transaction of the change that made it necessary.
 */
export function refreshObservations(db: Db, projectId: string, course: string, own: readonly ObservedNotice[]): void {
  replace(db, projectId, deriveObservations(db, projectId, course, own));
}

/** Forgets what a project that is gone told. The caller holds the transaction. */
export function dropObservations(db: Db, projectId: string): void {
  replace(db, projectId, []);
}

function replace(db: Db, projectId: string, rows: readonly Observed[]): void {
  const before = new Map(STORED.all(db, { id: projectId }).map((row) => [contentOf(row), row]));
  const after = new Map(rows.map((row) => [contentOf(row), row]));
  for (const [content, row] of before) {
    if (after.has(content)) continue;
    DELETE.run(db, row);
    MARK.run(db, row);
  }
  for (const [content, row] of after) {
    if (before.has(content)) continue;
    INSERT.run(db, row);
    MARK.run(db, row);
  }
}

const contentOf = (row: Observed): string =>
  Object.keys(OBSERVATION)
    .map((key) => row[key as keyof Observed])
    .join('\u0000');
