import { eq } from 'drizzle-orm';
import type { Db } from './client.ts';
import type { Params } from './compile.ts';
import { defineQuery } from './query.ts';
import { keyValues } from './schema/index.ts';
import { excluded } from './sql-pieces.ts';

const FIND = defineQuery((db, p: Params<{ key: string }>) =>
  db.select({ value: keyValues.value }).from(keyValues).where(eq(keyValues.key, p.key)),
);

const SAVE = defineQuery((db, p: Params<{ key: string; value: string; now: string }>) =>
  db
    .insert(keyValues)
    .values({ key: p.key, value: p.value, updatedAt: p.now })
    .onConflictDoUpdate({
      target: keyValues.key,
      set: { value: excluded(keyValues.value), updatedAt: excluded(keyValues.updatedAt) },
    }),
);

const DELETE = defineQuery((db, p: Params<{ key: string }>) => db.delete(keyValues).where(eq(keyValues.key, p.key)));

/** A small durable fact, or the fallback when it was never saved. */
export function readKeyValue(db: Db, key: string, fallback: string): string {
  return FIND.first(db, { key })?.value ?? fallback;
}

/** Saves a small durable fact; inside a caller's transaction it commits with it. */
export function saveKeyValue(db: Db, key: string, value: string): void {
  SAVE.run(db, { key, value, now: new Date().toISOString() });
}

/** Forgets a small durable fact. */
export function deleteKeyValue(db: Db, key: string): void {
  DELETE.run(db, { key });
}
