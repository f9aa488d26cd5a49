import type { Db } from './client.ts';
import { findRow } from './statements.ts';

/** A small durable fact of the index, or the fallback when it was never saved. */
export function readState(db: Db, key: string, fallback: string): string {
  return findRow<{ value: string }>(db, 'SELECT value FROM states WHERE key = ?', [key])?.value ?? fallback;
}

/** Saves a small durable fact; inside a caller's transaction it commits with it. */
export function saveState(db: Db, key: string, value: string): void {
  db.$client
    .prepare(
      `INSERT INTO states (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    )
    .run(key, value, new Date().toISOString());
}

/** Where the built-in index stands in the outbox. */
export const FTS_CURSOR = 'fts.cursor';
/** Where the engine's index stands in the outbox. */
export const INDEX_CURSOR = 'index.cursor';
