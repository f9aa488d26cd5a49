import type { Db } from '#db/client.ts';
import { listRows } from '#db/statements.ts';
import { FTS_CURSOR, INDEX_CURSOR, readState, saveState } from '#db/states.ts';
import type { Engine } from './engine.ts';
import { rebuildFts, refreshFts } from './fts-index.ts';
import { pushNotices } from './push.ts';
import { hasSettings, type Progress, rebuildEngineIndex } from './rebuild.ts';
import { INDEX_UID } from './settings.ts';

const BATCH = 500;

interface Batch {
  /** Each changed notice once, whatever the number of its changes. */
  ids: string[];
  size: number;
  last: number;
}

function readOutbox(db: Db, after: number): Batch {
  const rows = listRows<{ seq: number; id: string }>(
    db,
    'SELECT seq, notice_id AS id FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?',
    [after, BATCH],
  );
  return { ids: [...new Set(rows.map(({ id }) => id))], size: rows.length, last: rows.at(-1)?.seq ?? after };
}

/** Takes the next changes from the outbox into the built-in index. Returns their number (0: up to date). */
export function drainFts(db: Db): number {
  const batch = readOutbox(db, Number(readState(db, FTS_CURSOR, '0')));
  if (batch.size > 0) refreshFts(db, batch.ids, () => saveState(db, FTS_CURSOR, String(batch.last)));
  return batch.size;
}

/** Engines whose index was seen with our settings; forgotten when a write fails. */
const ready = new WeakSet<Engine>();

/**
 * Takes the next changes from the outbox into the engine's index, which is made first where it is missing. Returns their
 * number (0: up to date). @throws Error when the engine fails; what it missed is taken again by the next call.
 */
export async function drainEngine(db: Db, engine: Engine): Promise<number> {
  if (!ready.has(engine)) {
    if (!(await hasSettings(engine.client, INDEX_UID))) await rebuildEngineIndex(db, engine);
    ready.add(engine);
  }
  const batch = readOutbox(db, Number(readState(db, INDEX_CURSOR, '0')));
  if (batch.size === 0) return 0;
  try {
    const index = engine.client.index(INDEX_UID);
    await index.getRawInfo(); // adding to an index that is gone would make one without settings
    await pushNotices(db, index, batch.ids);
  } catch (error) {
    ready.delete(engine);
    throw error;
  }
  saveState(db, INDEX_CURSOR, String(batch.last));
  return batch.size;
}

/**
 * The next changes into the built-in index and, where there is one, the engine, one after the other: for commands and
 * tests, which wait for both. Returns the larger number of changes taken. @throws Error when the engine fails
 */
export async function drainOutbox(db: Db, engine: Engine | null): Promise<number> {
  const builtIn = drainFts(db);
  const external = engine ? await drainEngine(db, engine) : 0;
  return Math.max(builtIn, external);
}

/** Makes both indexes again from the database. */
export async function rebuildIndex(db: Db, engine: Engine | null, onProgress: Progress = () => {}): Promise<void> {
  rebuildFts(db, onProgress);
  if (engine) await rebuildEngineIndex(db, engine, onProgress);
}
