import type { Db } from '#db/client.ts';
import { follow } from '#src/publish/changes/follow.ts';
import type { Engine } from './engine.ts';
import { beginFormat, rebuildFts, refreshFts } from './fts-index.ts';
import { pushNotices } from './push.ts';
import { hasSettings, type Progress, rebuildEngineIndex } from './rebuild.ts';
import { INDEX_UID } from './settings.ts';

/** What one batch may take: new notices are to be found within two seconds here, within ten in the engine. */
const BUILT_IN_MS = 500;
const ENGINE_MS = 3_000;
const SMALLEST_BATCH = 20;
const LARGEST_BATCH = 1_000;

/** A size of batches that takes about so long: half as many after a slow one, more after a quick full one. */
class BatchSize {
  readonly #aim: number;
  limit = 200;

  constructor(aim: number) {
    this.#aim = aim;
  }

  /** Says how long a batch of so many took. */
  took(count: number, ms: number): void {
    if (ms > this.#aim) this.limit = Math.max(SMALLEST_BATCH, Math.floor(this.limit / 2));
    else if (count >= this.limit && ms < this.#aim / 3) this.limit = Math.min(LARGEST_BATCH, this.limit * 2);
  }
}

const builtInSize = new BatchSize(BUILT_IN_MS);
const engineSize = new BatchSize(ENGINE_MS);

/** Takes the next changes of notices into the built-in index. Returns their number (0: up to date). */
export function drainFts(db: Db): number {
  const batch = follow(db, 'builtInIndex', builtInSize.limit);
  if (!batch) return 0;
  const begun = performance.now();
  beginFormat(db);
  refreshFts(db, batch.ids, batch.keep);
  builtInSize.took(batch.changes.length, performance.now() - begun);
  return batch.changes.length;
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
  const batch = follow(db, 'engineIndex', engineSize.limit);
  if (!batch) return 0;
  const begun = performance.now();
  try {
    const index = engine.client.index(INDEX_UID);
    await index.getRawInfo(); // adding to an index that is gone would make one without settings
    await pushNotices(db, index, batch.ids);
  } catch (error) {
    ready.delete(engine);
    throw error;
  }
  batch.keep();
  engineSize.took(batch.changes.length, performance.now() - begun);
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
