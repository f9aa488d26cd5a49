import { desc, eq } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineQuery, type Params } from '#db/query.ts';
import { ingestRuns, sources, unknownCodes } from '#db/schema/index.ts';
import type { BoardSource, SourceState, SyncBoard } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getAsOf } from './as-of.ts';
import { listBoardDays } from './days.ts';
import { listSourceRows, toSourceHealth } from './health.ts';
import { countRejected } from './rejected.ts';

const UNKNOWN_SHOWN = 100;

const { startedAt, finishedAt, state, fetched, created, changed, unchanged, rejected } = ingestRuns;
const LAST_RUN = defineQuery((db, p: Params<{ sourceKey: string }>) =>
  db
    .select({ startedAt, finishedAt, state, fetched, created, changed, unchanged, rejected })
    .from(ingestRuns)
    .where(eq(ingestRuns.sourceKey, p.sourceKey))
    .orderBy(desc(startedAt))
    .limit(1),
);

/** Values that no mapping knows, most recently seen first. */
const UNKNOWN = defineQuery((db) =>
  db
    .select({
      sourceKey: unknownCodes.sourceKey,
      sourceName: sources.name,
      kind: unknownCodes.kind,
      value: unknownCodes.value,
      example: unknownCodes.example,
      count: unknownCodes.count,
      firstSeenAt: unknownCodes.firstSeenAt,
      lastSeenAt: unknownCodes.lastSeenAt,
    })
    .from(unknownCodes)
    .innerJoin(sources, eq(sources.key, unknownCodes.sourceKey))
    .orderBy(desc(unknownCodes.lastSeenAt), unknownCodes.value)
    .limit(UNKNOWN_SHOWN),
);

/** The public sync board 数据同步: every source's health, last run, thirty days and refusals; codes nobody mapped. */
export function getSyncBoard(db: Db, now: Instant = new Date().toISOString()): SyncBoard {
  const shown = listSourceRows(db).map(
    (row): BoardSource => ({
      ...toSourceHealth(row, now),
      schedule: row.schedule,
      lastRun: LAST_RUN.first(db, { sourceKey: row.key }) ?? null,
      days: listBoardDays(db, row.key, now),
      rejected: countRejected(db, row.key),
    }),
  );
  const counts: Partial<Record<SourceState, number>> = {};
  for (const source of shown) counts[source.state] = (counts[source.state] ?? 0) + 1;
  return { sources: shown, states: counts, unknown: UNKNOWN.all(db), asOf: getAsOf(db) };
}
