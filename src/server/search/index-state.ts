import type { Db } from '#db/client.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { type Follower, readPosition, waitingSince } from '#src/publish/changes/follow.ts';
import { getAsOf } from '../sources/as-of.ts';
import type { SearchEngineName } from './types.ts';

/** How far an index is. */
export interface IndexState {
  /** The last change of a notice that it has taken. */
  cursor: number;
  /** When the oldest change that it has not taken was made; null when it has taken all. */
  missingSince: Instant | null;
}

const FOLLOWERS: Record<SearchEngineName, Follower> = { fts5: 'builtInIndex', meilisearch: 'engineIndex' };

/** An index that lacks a change for longer than this is behind: new notices are to be found within two seconds. */
const BEHIND_MS = 3_000;

/** How far the index behind a name is. */
export function readIndexState(db: Db, name: SearchEngineName): IndexState {
  const follower = FOLLOWERS[name];
  return { cursor: readPosition(db, follower), missingSince: waitingSince(db, follower) };
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
