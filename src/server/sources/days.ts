import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import type { BoardDay } from '#src/domain/site/site-views.ts';
import { addDays, formatDate, type Instant, startOfDay } from '#src/domain/time/time.ts';

/** Length of the strip on the sync board. */
export const BOARD_DAYS = 30;

interface DayRow extends Omit<BoardDay, 'state'> {
  succeeded: number;
  failed: number;
  held: number;
}

/** The last thirty Shanghai days of a source, oldest first; days without a run are there too. */
export function listBoardDays(db: Db, sourceKey: string, now: Instant): BoardDay[] {
  const first = addDays(startOfDay(formatDate(now)), 1 - BOARD_DAYS);
  const rows = listRows<DayRow>(
    db,
    `SELECT date(started_at, '+8 hours') AS date, count(*) AS runs, sum(fetched) AS fetched, sum(created) AS created,
       sum(changed) AS changed, sum(unchanged) AS unchanged, sum(rejected) AS rejected,
       sum(state = 'succeeded') AS succeeded, sum(state IN ('failed', 'interrupted')) AS failed, sum(state = 'held') AS held
     FROM ingest_runs WHERE source_key = ? AND started_at >= ? GROUP BY 1`,
    [sourceKey, first],
  );
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
