import { getTableColumns, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect, selectAll } from '#db/query.ts';
import { deals, notices, statisticCells, statisticDirty, statisticObservations } from '#db/schema/index.ts';
import { MEASURE_IDS } from '#src/domain/statistics/registry.ts';
import { OWN_NOTICE, type OwnNotice } from '#src/publish/deals/derive.ts';
import { deriveObservations } from '#src/publish/statistics/observe.ts';
import { isObserved } from '#src/publish/statistics/rebuild.ts';
import { selectAllCells } from '#src/publish/statistics/rebuild-cells.ts';
import type { Check } from './check.ts';

const OBSERVATION = getTableColumns(statisticObservations);
const DEALS = defineSelect(() => ({
  fields: { projectId: deals.projectId, course: deals.course },
  rest: sql`FROM ${deals}`,
}));
const OF_PROJECT = (projectId: string) => sql`FROM ${notices} WHERE ${notices.projectId} = ${projectId}`;

const AGAIN = '须运行 npm run statistics';

/** What is observed of every project is what the present rules find in its notices. Until the worker has observed all once there is nothing to hold against them. */
function* findUnobserved(db: Db): Generator<string> {
  if (!isObserved(db)) return;
  for (const { projectId, course } of DEALS.iterate(db)) {
    const own: OwnNotice[] = selectAll(db, OWN_NOTICE, OF_PROJECT(projectId));
    const expected = deriveObservations(db, projectId, course, own).map((row) => textOf(OBSERVATION, row));
    const stored = selectAll(
      db,
      OBSERVATION,
      sql`FROM ${statisticObservations} WHERE ${statisticObservations.projectId} = ${projectId}`,
    ).map((row) => textOf(OBSERVATION, row));
    if (expected.sort().join('\n') !== stored.sort().join('\n')) yield `${projectId} 与其公告推算的不符，${AGAIN}`;
  }
}

const textOf = (columns: object, row: object): string =>
  JSON.stringify(Object.keys(columns).map((key) => row[key as keyof typeof row]));

/** Every figure is the sum of what is observed; what is dirty is left to the worker. */
function* findWrongCells(db: Db): Generator<string> {
  const dirty = new Set(
    selectAll(db, { measure: statisticDirty.measure }, sql`FROM ${statisticDirty}`).map(({ measure }) => measure),
  );
  for (const measure of MEASURE_IDS) {
    if (dirty.has(measure)) continue;
    const stored = sql`SELECT * FROM ${statisticCells} WHERE measure = ${measure}`;
    const made = sql`SELECT * FROM (${selectAllCells(measure)})`;
    const differing = selectAll(
      db,
      {
        period: sql<string>`period`,
        category: sql<string>`category`,
        county: sql<string>`county`,
        part: sql<string>`part`,
      },
      sql`FROM (SELECT * FROM (${stored}) EXCEPT ${made}) UNION SELECT period, category, county, part FROM (${made} EXCEPT ${stored})`,
    );
    for (const { period, category, county, part } of differing)
      yield `${measure} ${period} ${category || '全部'} ${county || '全部'} ${part || '全部'} 与明细之和不符，${AGAIN}`;
  }
}

export const STATISTIC_CHECKS: readonly Check[] = [
  { key: 'observations', title: '统计的明细由项目和标段推算，可重算出同样的行', find: findUnobserved },
  { key: 'statistics', title: '每个统计数字等于其明细之和', find: findWrongCells },
];
