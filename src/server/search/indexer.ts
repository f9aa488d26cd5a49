import type { Db } from '#db/client.ts';
import { follow } from '#src/publish/changes/follow.ts';
import type { Engine } from './engine.ts';
import { rebuildFts, refreshFts } from './fts-index.ts';
import { pushNotices } from './push.ts';
import { hasSettings, type Progress, rebuildEngineIndex } from './rebuild.ts';
import { INDEX_UID } from './settings.ts';

const BATCH = 500;

/** Takes the next changes of notices into the built-in index. Returns their number (0: up to date). */
export function drainFts(db: Db): number {
  const batch = follow(db, 'builtInIndex', BATCH);
  if (batch) refreshFts(db, batch.ids, batch.keep);
  return batch?.changes.length ?? 0;
}

/** Engines whose index was seen with our settings; forgotten when a write fails. */
const ready = new WeakSet<Engine>();

/**
 * Takes the next changes of notices into the engine's index, which is made first where it is missing. Returns their
 * number (0: up to date). @throws Error when the engine fails; what it missed is taken again by the next call.
 */
export async function drainEngine(db: Db, engine: Engine): Promise<number> {
  if (!ready.has(engine)) {
    if (!(await hasSettings(engine.client, INDEX_UID))) await rebuildEngineIndex(db, engine);
    ready.add(engine);
  }
  const batch = follow(db, 'engineIndex', BATCH);
  if (!batch) return 0;
  try {
    const index = engine.client.index(INDEX_UID);
    await index.getRawInfo(); // adding to an index that is gone would make one without settings
    await pushNotices(db, index, batch.ids);
  } catch (error) {
    ready.delete(engine);
    throw error;
  }
  batch.keep();
  return batch.changes.length;
}

/**
 * The next changes into the built-in index and, where there is one, the engine, one after the other: for commands and
 * tests, which wait for both. Returns the larger number of changes taken. @throws Error when the engine fails
 */
export async function drainChanges(db: Db, engine: Engine | null): Promise<number> {
  const builtIn = drainFts(db);
  const external = engine ? await drainEngine(db, engine) : 0;
  return Math.max(builtIn, external);
}

/** Makes both indexes again from the database. */
export async function rebuildIndex(db: Db, engine: Engine | null, onProgress: Progress = () => {}): Promise<void> {
  rebuildFts(db, onProgress);
  if (engine) await rebuildEngineIndex(db, engine, onProgress);
}
