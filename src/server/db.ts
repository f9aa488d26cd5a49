import { join } from 'node:path';
import { type Db, openReadOnly } from '#db/client.ts';
import { getConfig } from './config.ts';

/** Path of the database file below DATA_DIR. */
export function databasePath(): string {
  return join(getConfig().DATA_DIR, 'tongming.db');
}

// On globalThis, so that hot reload in development does not open a second handle.
const holder = globalThis as typeof globalThis & { tongmingWebDb?: Db };

/** The web role's one handle: read-only. The database must have been migrated before (the launcher does it). */
export function webDb(): Db {
  holder.tongmingWebDb ??= openReadOnly(databasePath());
  return holder.tongmingWebDb;
}
