import { desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { ingestRuns, sources, unknownCodes } from '#db/schema/index.ts';
import type { BoardDay, BoardSource, SourceState, SyncBoard } from '#src/domain/site/site-views.ts';
import { addDays, formatDate, type Instant, startOfDay } from '#src/domain/time/time.ts';
import { getAsOf } from './as-of.ts';
import { listSourceRows, toSourceHealth } from './health.ts';
import { countRejected } from './rejected.ts';

/** Length of the strip on the sync board. */
const BOARD_DAYS = 30;
const UNKNOWN_SHOWN = 100;

const { startedAt, finishedAt, state, fetched, created, changed, unchanged, rejected } = ingestRuns;
const BY_DAY = defineSelect((p: Params<{ sourceKey: string; first: Instant }>) => ({
  fields: {
    date: sql<string>`date(${startedAt}, '+8 hours')`,
    runs: sql<number>`count(*)`,
    fetched: sql<number>`sum(${fetched})`,
    created: sql<number>`sum(${created})`,
    changed: sql<number>`sum(${changed})`,
    unchanged: sql<number>`sum(${unchanged})`,
    rejected: sql<number>`sum(${rejected})`,
    succeeded: sql<number>`sum(${state} = 'succeeded')`,
    failed: sql<number>`sum(${state} IN ('failed', 'interrupted'))`,
    held: sql<number>`sum(${state} = 'held')`,
  },
  rest: sql`FROM ${ingestRuns} WHERE ${ingestRuns.sourceKey} = ${p.sourceKey} AND ${startedAt} >= ${p.first} GROUP BY 1`,
}));

/** The last thirty Shanghai days of a source, oldest first; days without a run are there too. */
function listBoardDays(db: Db, sourceKey: string, now: Instant): BoardDay[] {
  const first = addDays(startOfDay(formatDate(now)), 1 - BOARD_DAYS);
  const rows = BY_DAY.all(db, { sourceKey, first });
  const byDate = new Map(rows.map((row) => [row.date, row]));
  return Array.from({ length: BOARD_DAYS }, (_, index) => {
    const date = formatDate(addDays(first, index));
    const row = byDate.get(date);
    if (!row) return { date, state: 'none', runs: 0, fetched: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 };
    const { succeeded, failed, held, ...numbers } = row;
    return { ...numbers, state: judgeDay(succeeded, failed, held) };
  });
}

function judgeDay(succeeded: number, failed: number, held: number): BoardDay['state'] {
  if (held > 0) return 'held';
  if (failed > 0) return succeeded > 0 ? 'partial' : 'failed';
  return succeeded > 0 ? 'ok' : 'none';
}

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
