import type { Db } from '#db/client.ts';
import { findRow } from '#db/statements.ts';
import { FTS_CURSOR, INDEX_CURSOR, readState } from '#db/states.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { getAsOf } from '../sources/as-of.ts';
import type { SearchEngineName } from './types.ts';

/** How far an index is. */
export interface IndexState {
  /** The last change in the outbox that it has taken. */
  cursor: number;
  /** When the oldest change that it has not taken was made; null when it has taken all. */
  missingSince: Instant | null;
}

/** An index that lacks a change for longer than this is behind: new notices are to be found within two seconds. */
const BEHIND_MS = 3_000;

/** How far the index behind a name is. */
export function readIndexState(db: Db, name: SearchEngineName): IndexState {
  const cursor = Number(readState(db, name === 'fts5' ? FTS_CURSOR : INDEX_CURSOR, '0'));
  const oldest = findRow<{ at: Instant }>(
    db,
    'SELECT created_at AS at FROM outbox WHERE seq > ? ORDER BY seq LIMIT 1',
    [cursor],
  );
  return { cursor, missingSince: oldest?.at ?? null };
}

/** True when the index lacks what has been there for seconds. A time that lies ahead tells of a clock that jumped. */
export function isBehind({ missingSince }: IndexState, now = Date.now()): boolean {
  return missingSince !== null && !(Math.abs(now - Date.parse(missingSince)) <= BEHIND_MS);
}

/** When the data that the index answers from was last confirmed, or since when it lacks changes, whichever is earlier. */
export function asOfIndex(db: Db, { missingSince }: IndexState): Instant {
  const asOf = getAsOf(db);
  return missingSince !== null && missingSince < asOf ? missingSince : asOf;
}

/** True when the engine's index is behind and the built-in one has taken more. */
export function isEngineOutrun(db: Db): boolean {
  const engine = readIndexState(db, 'meilisearch');
  return isBehind(engine) && readIndexState(db, 'fts5').cursor > engine.cursor;
}
