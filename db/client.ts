import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { ForeignDatabaseError, isBlank, isOurs } from './identity.ts';
import { migrateDatabase } from './migrate.ts';
import * as schema from './schema/index.ts';

export type Db = BetterSQLite3Database<typeof schema> & { $client: Database.Database };

/**
 * Pragmas of every connection. `synchronous=FULL` must be set by hand: better-sqlite3 is compiled to fall back to
 * NORMAL in WAL mode, which loses acknowledged items in a power cut.
 */
function configure(client: Database.Database): void {
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  client.pragma('recursive_triggers = ON');
  client.pragma('busy_timeout = 5000');
  client.pragma('cell_size_check = ON');
  client.pragma('trusted_schema = OFF');
  client.pragma('journal_size_limit = 67108864');
  client.pragma('cache_size = -65536');
  client.pragma('mmap_size = 268435456');
  assertDurable(client);
}

/**
 * @throws Error when the connection would not survive a power cut, ignores foreign keys, or lets INSERT OR REPLACE past the triggers
 * that keep tables append-only
 */
export function assertDurable(client: Database.Database): void {
  const synchronous = client.pragma('synchronous', { simple: true });
  const foreignKeys = client.pragma('foreign_keys', { simple: true });
  const recursive = client.pragma('recursive_triggers', { simple: true });
  if (synchronous !== 2 || foreignKeys !== 1 || recursive !== 1) {
    throw new Error(
      `unsafe SQLite connection: synchronous=${synchronous} foreign_keys=${foreignKeys} recursive_triggers=${recursive}`,
    );
  }
}

/**
 * Opens the database for writing, creating and migrating it when needed. Only one process migrates at a time.
 * @throws ForeignDatabaseError when the file is another program's; it stays as it is
 * @throws MigrationRefusedError when rows break a rule of a newer schema; nothing was changed
 */
export function openDatabase(path: string): Db {
  mkdirSync(dirname(path), { recursive: true });
  const client = new Database(path);
  try {
    if (!isOurs(client) && !isBlank(client)) throw new ForeignDatabaseError(path);
    configure(client);
    const db = drizzle(client, { schema, casing: 'snake_case' });
    migrateDatabase(client);
    return db;
  } catch (error) {
    client.close();
    throw error;
  }
}

/** How a reading handle gets at the file. */
export interface Reach {
  /** Bytes of the file that may be mapped into memory; the rest is copied page by page. */
  mapped: number;
  /** KiB of copied pages that are kept. */
  cache: number;
}

/** For pages, which read anywhere: all that SQLite maps. Of a file beyond it, deep pages of lists cost a fifth more. */
const ANYWHERE: Reach = { mapped: 2_147_418_112, cache: 65_536 };
/** For reading through a whole list once: memory does not grow with the database. */
export const ONCE_THROUGH: Reach = { mapped: 0, cache: 8_192 };

/** Loads the driver's native module, which otherwise comes with the first database: a thread that is ended meanwhile takes its process with it. */
export function loadDriver(): void {
  new Database(':memory:').close();
}

/** Opens an existing, migrated database for reading. @throws SqliteError when the file does not exist. */
export function openReadOnly(path: string, { mapped, cache }: Reach = ANYWHERE): Db {
  const client = new Database(path, { readonly: true, fileMustExist: true });
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  client.pragma('recursive_triggers = ON');
  client.pragma('busy_timeout = 5000');
  client.pragma('query_only = ON');
  client.pragma(`cache_size = -${cache}`);
  client.pragma(`mmap_size = ${mapped}`);
  assertDurable(client);
  return drizzle(client, { schema, casing: 'snake_case' });
}

/**
 * Opens an existing, migrated database for short writes beside a busy writer: a write that would have to wait fails at once with
 * SQLITE_BUSY, and its caller tries again without holding the thread. @throws SqliteError when the file does not exist.
 */
export function openInbox(path: string): Db {
  const client = new Database(path, { fileMustExist: true });
  configure(client);
  client.pragma('busy_timeout = 0');
  return drizzle(client, { schema, casing: 'snake_case' });
}

/** What may be done to tables through a handle; whatever is not named is refused. */
export type Grants = Readonly<Record<string, readonly ('INSERT' | 'UPDATE' | 'DELETE')[]>>;

/**
 * Opens an existing, migrated database as `openInbox` does, for writing what is granted and nothing else: triggers of this connection
 * alone refuse every other change of a table. @throws SqliteError when the file does not exist, or a granted table
 */
export function openGranted(path: string, grants: Grants): Db {
  const db = openInbox(path);
  const tables = db.$client.prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'");
  for (const { name } of tables.all() as { name: string }[]) {
    if (name.startsWith('sqlite_')) continue;
    for (const event of ['INSERT', 'UPDATE', 'DELETE'] as const) {
      if (grants[name]?.includes(event)) continue;
      db.$client.exec(`CREATE TEMP TRIGGER "no_${event}_${name}" BEFORE ${event} ON main."${name}"
        BEGIN SELECT RAISE(ABORT, '${event} of ${name} is not granted'); END`);
    }
  }
  return db;
}
