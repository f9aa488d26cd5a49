import { setImmediate } from 'node:timers/promises';
import { asc, gt, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { readKeyValue, saveKeyValue } from '#db/key-values.ts';
import { defineQuery, defineSelect, defineStatement } from '#db/query.ts';
import { deals, statisticCells, statisticObservations } from '#db/schema/index.ts';
import { MEASURE_IDS, STATISTIC_RULES } from '#src/domain/statistics/registry.ts';
import { observeStored } from '../deals/derive.ts';
import { rebuildCells } from './rebuild-cells.ts';

/** Projects in one transaction: other writers wait for it. */
const BATCH = 20;
/** Which rules have observed every project, and how far present ones have come. */
const RULES_KEY = 'statistics.rules';
const CURSOR_KEY = 'statistics.cursor';

const DEALS = defineQuery((db, p: Params<{ after: string }>) =>
  db
    .select({ projectId: deals.projectId, course: deals.course })
    .from(deals)
    .where(gt(deals.projectId, p.after))
    .orderBy(asc(deals.projectId))
    .limit(BATCH),
);
const TOTAL = defineSelect(() => ({ fields: { total: sql<number>`count(*)` }, rest: sql`FROM ${deals}` }));
const KNOWN = sql.raw(MEASURE_IDS.map((id) => `'${id}'`).join(', '));
const FORGET_CELLS = defineStatement(() => sql`DELETE FROM ${statisticCells} WHERE measure NOT IN (${KNOWN})`);
const FORGET_OBSERVATIONS = defineStatement(
  () => sql`DELETE FROM ${statisticObservations} WHERE measure NOT IN (${KNOWN})`,
);

interface RebuildOptions {
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
}

/** Were all projects observed by the rules that there are? */
export const isObserved = (db: Db): boolean => readKeyValue(db, RULES_KEY, '0') === String(STATISTIC_RULES);

/** Has every project observed anew by the next run. */
export function markUnobserved(db: Db): void {
  db.$client
    .transaction(() => {
      saveKeyValue(db, RULES_KEY, '0');
      saveKeyValue(db, CURSOR_KEY, '');
    })
    .immediate();
}

/**
 * Observes every project anew, in batches of one transaction each with how far it has come, and then makes all cells anew, measure by
 * measure. An interrupted run goes on where it stopped. Returns the number of projects; 0 where the present rules have seen all.
 */
export async function rebuildStatistics(
  db: Db,
  { signal, onProgress = () => {} }: RebuildOptions = {},
): Promise<number> {
  if (isObserved(db)) return 0;
  const total = TOTAL.first(db)?.total ?? 0;
  let done = 0;
  for (;;) {
    if (signal?.aborted) return done;
    const batch = observeBatch(db);
    if (batch === 0) break;
    done += batch;
    onProgress(Math.min(done, total), total);
    await setImmediate();
  }
  FORGET_OBSERVATIONS.run(db);
  FORGET_CELLS.run(db);
  for (const measure of MEASURE_IDS) {
    if (signal?.aborted) return done;
    rebuildCells(db, measure);
    await setImmediate();
  }
  saveKeyValue(db, CURSOR_KEY, '');
  saveKeyValue(db, RULES_KEY, String(STATISTIC_RULES));
  return done;
}

function observeBatch(db: Db): number {
  return db.$client
    .transaction(() => {
      const batch = DEALS.all(db, { after: readKeyValue(db, CURSOR_KEY, '') });
      for (const { projectId, course } of batch) observeStored(db, projectId, course);
      const end = batch.at(-1);
      if (end) saveKeyValue(db, CURSOR_KEY, end.projectId);
      return batch.length;
    })
    .immediate();
}
