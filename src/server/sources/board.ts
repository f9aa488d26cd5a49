import type { Db } from '#db/client.ts';
import { findRow, listRows } from '#db/statements.ts';
import type { BoardSource, SourceState, SyncBoard, UnknownCode } from '#src/domain/site/site-views.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getAsOf } from './as-of.ts';
import { listBoardDays } from './days.ts';
import { listSourceRows, toSourceHealth } from './health.ts';
import { countRejected } from './rejected.ts';

const UNKNOWN_SHOWN = 100;

/** The public sync board 数据同步: every source's health, last run, thirty days and refusals; codes nobody mapped. */
export function getSyncBoard(db: Db, now: Instant = new Date().toISOString()): SyncBoard {
  const sources = listSourceRows(db).map(
    (row): BoardSource => ({
      ...toSourceHealth(row, now),
      schedule: row.schedule,
      lastRun: findLastRun(db, row.key),
      days: listBoardDays(db, row.key, now),
      rejected: countRejected(db, row.key),
    }),
  );
  const states: Partial<Record<SourceState, number>> = {};
  for (const { state } of sources) states[state] = (states[state] ?? 0) + 1;
  return { sources, states, unknown: listUnknownCodes(db), asOf: getAsOf(db) };
}

function findLastRun(db: Db, sourceKey: string): BoardSource['lastRun'] {
  const run = findRow<NonNullable<BoardSource['lastRun']>>(
    db,
    `SELECT started_at AS startedAt, finished_at AS finishedAt, state, fetched, created, changed, unchanged, rejected
     FROM ingest_runs WHERE source_key = ? ORDER BY started_at DESC LIMIT 1`,
    [sourceKey],
  );
  return run ?? null;
}

/** Values that no mapping knows, most recently seen first. */
function listUnknownCodes(db: Db): UnknownCode[] {
  return listRows<UnknownCode>(
    db,
    `SELECT u.source_key AS sourceKey, s.name AS sourceName, u.kind, u.value, u.example, u.count,
       u.first_seen_at AS firstSeenAt, u.last_seen_at AS lastSeenAt
     FROM unknown_codes u JOIN sources s ON s.key = u.source_key ORDER BY u.last_seen_at DESC, u.value LIMIT ?`,
    [UNKNOWN_SHOWN],
  );
}
