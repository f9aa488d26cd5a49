import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Db, type Grants, ONCE_THROUGH, openGranted, openInbox, openReadOnly } from '#db/client.ts';
import { isBusy } from '#db/storage-errors.ts';
import { UnavailableError } from '#src/domain/errors.ts';
import { getConfig } from './config.ts';

/** Name of the database file below DATA_DIR. */
export const DATABASE_NAME = 'tongming.db';

/** Path of the database file. */
export function databasePath(): string {
  return join(getConfig().DATA_DIR, DATABASE_NAME);
}

// On globalThis, so that hot reload in development does not open a second handle.
const holder = globalThis as typeof globalThis & {
  tongmingWebDb?: Db;
  tongmingFileDb?: Db;
  tongmingInbox?: Db;
  tongmingIntake?: Db;
};

/** The web role's handle for pages: read-only. The database must have been migrated before (the launcher does it). */
export function webDb(): Db {
  holder.tongmingWebDb ??= openReadOnly(databasePath());
  return holder.tongmingWebDb;
}

/** The web role's handle for lists that are sent whole as files. */
export function fileDb(): Db {
  holder.tongmingFileDb ??= openReadOnly(databasePath(), ONCE_THROUGH);
  return holder.tongmingFileDb;
}

const WRITE_LIMIT_MS = 8_000;
const WRITE_PAUSE_MS = 40;

/**
 * Runs a short write of the web role in one IMMEDIATE transaction. While the worker is writing it waits its turn without holding up
 * the pages. @throws UnavailableError when no turn comes in time.
 */
export function writeInbox<Value>(write: (db: Db) => Value): Promise<Value> {
  holder.tongmingInbox ??= openInbox(databasePath());
  return writeInTurn(holder.tongmingInbox, write);
}

/** The same, for what the public sends in: through a handle that refuses every change that is not granted. */
export function writeIntake<Value>(grants: Grants, write: (db: Db) => Value): Promise<Value> {
  holder.tongmingIntake ??= openGranted(databasePath(), grants);
  return writeInTurn(holder.tongmingIntake, write);
}

async function writeInTurn<Value>(db: Db, write: (db: Db) => Value): Promise<Value> {
  for (const end = performance.now() + WRITE_LIMIT_MS; ; ) {
    try {
      return db.$client.transaction(() => write(db)).immediate();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (performance.now() > end) throw new UnavailableError('系统繁忙，请稍后再试', { cause: error });
      await delay(WRITE_PAUSE_MS);
    }
  }
}
