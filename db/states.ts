import { eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import { defineQuery, excluded, type Params } from './query.ts';
import { states } from './schema/index.ts';

const FIND = defineQuery((db, p: Params<{ key: string }>) =>
  db.select({ value: states.value }).from(states).where(eq(states.key, p.key)),
);

const SAVE = defineQuery((db, p: Params<{ key: string; value: string; now: string }>) =>
  db
    .insert(states)
    .values({ key: p.key, value: p.value, updatedAt: p.now })
    .onConflictDoUpdate({
      target: states.key,
      set: { value: excluded(states.value), updatedAt: excluded(states.updatedAt) },
    }),
);

const DELETE = defineQuery((db, p: Params<{ key: string }>) => db.delete(states).where(eq(states.key, p.key)));

/** A small durable fact, or the fallback when it was never saved. */
export function readState(db: Db, key: string, fallback: string): string {
  return FIND.first(db, { key })?.value ?? fallback;
}

/** Saves a small durable fact; inside a caller's transaction it commits with it. */
export function saveState(db: Db, key: string, value: string): void {
  SAVE.run(db, { key, value, now: new Date().toISOString() });
}

/** Forgets a small durable fact. */
export function deleteState(db: Db, key: string): void {
  DELETE.run(db, { key });
}

/** Where the built-in index stands in the outbox. */
export const FTS_CURSOR = 'fts.cursor';
/** Where the engine's index stands in the outbox. */
export const INDEX_CURSOR = 'index.cursor';
