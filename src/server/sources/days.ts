import { sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { defineSelect, type Params } from '#db/query.ts';
import { ingestRuns } from '#db/schema/index.ts';
import type { BoardDay } from '#src/domain/site/site-views.ts';
import { addDays, formatDate, type Instant, startOfDay } from '#src/domain/time/time.ts';

/** Length of the strip on the sync board. */
export const BOARD_DAYS = 30;

const { startedAt, state, fetched, created, changed, unchanged, rejected } = ingestRuns;
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
export function listBoardDays(db: Db, sourceKey: string, now: Instant): BoardDay[] {
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
