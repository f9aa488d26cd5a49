import { hash } from 'node:crypto';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { explainRefusal, findOrphans, MigrationRefusedError } from './refusal.ts';

/** Folder of the migrations. */
export const MIGRATIONS = join(import.meta.dirname, 'migrations');

/** As Drizzle's own migrator makes it, so that either finds what the other has done. */
const LOG =
  'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)';

/**
 * Brings a database to the newest version of the schema, all of it in one transaction: whatever fails, or a kill, leaves the version
 * before. Only one process migrates at a time. Foreign keys are judged once at the end, because a table that is made anew is away for
 * a moment.
 * @throws MigrationRefusedError when rows break a rule of the newer schema: it names them, and nothing was changed
 */
export function migrateDatabase(client: Database.Database, folder: string = MIGRATIONS): void {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  if (pending(client, migrations).length === 0) return;
  const foreignKeys = client.pragma('foreign_keys', { simple: true });
  client.pragma('foreign_keys = OFF');
  try {
    client.transaction(() => apply(client, migrations)).immediate();
  } finally {
    client.pragma(`foreign_keys = ${foreignKeys}`);
  }
}

/** What migrations compute that SQL has no words for: `sha256(text)` in hex. */
export function defineFunctions(client: Database.Database): void {
  client.function('sha256', { deterministic: true }, (text) => hash('sha256', String(text)));
}

function apply(client: Database.Database, migrations: readonly MigrationMeta[]): void {
  defineFunctions(client);
  client.exec(LOG);
  const log = client.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)');
  for (const { sql, hash: name, folderMillis } of pending(client, migrations)) {
    for (const statement of sql) execute(client, statement);
    log.run(name, folderMillis);
  }
  const orphans = findOrphans(client);
  if (orphans.length > 0) throw new MigrationRefusedError(orphans);
}

function execute(client: Database.Database, statement: string): void {
  try {
    client.exec(statement);
  } catch (error) {
    const rows = explainRefusal(client, statement, error);
    throw rows.length > 0 ? new MigrationRefusedError(rows, { cause: error }) : error;
  }
}

/** Migrations that a database has not had. */
function pending(client: Database.Database, migrations: readonly MigrationMeta[]): MigrationMeta[] {
  const table = client.prepare(`SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'`).get();
  if (!table) return [...migrations];
  const last = client.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get();
  return migrations.filter(({ folderMillis }) => folderMillis > Number(last ?? 0));
}
