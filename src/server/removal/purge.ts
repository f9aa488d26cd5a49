import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Meilisearch } from 'meilisearch';
import type { Db } from '#db/client.ts';
import { organizationSearch, searchIndex } from '#db/fts.ts';
import { defineStatement } from '#db/query.ts';
import { bulkDirectory } from '../bulk/manifest.ts';
import { DATABASE_NAME } from '../db.ts';
import { INDEX_UID } from '../search/settings.ts';

const OPTIMIZE = [searchIndex, organizationSearch].map((table) =>
  defineStatement(() => sql`INSERT INTO ${table} (${table}) VALUES ('optimize')`),
);

/**
 * Leaves no byte of what was deleted in the file: SQLite keeps deleted rows in free pages and in its log, full-text tables until their
 * parts are joined. Writers wait meanwhile, readers do not. @throws SqliteError when another process holds the database too long
 */
export function purgeDatabase(db: Db): void {
  for (const statement of OPTIMIZE) statement.run(db);
  db.$client.exec('VACUUM');
  db.$client.pragma('wal_checkpoint(TRUNCATE)');
}

/** Deletes all bulk files: each may hold what was removed, in any of its versions. The worker makes them again. */
export function purgeBulk(dataDirectory: string): void {
  rmSync(bulkDirectory(dataDirectory), { recursive: true, force: true });
}

/** Deletes the documents of notices from an engine and waits until it is done. @throws Error when the engine does not do it */
export async function removeFromEngine(client: Meilisearch, ids: readonly string[]): Promise<void> {
  const { status, error } = await client
    .index(INDEX_UID)
    .deleteDocuments([...ids])
    .waitTask({ timeout: 60_000 });
  if (status !== 'succeeded' && error?.code !== 'index_not_found') throw new Error(error?.message ?? status);
}

/** Databases of before in a data directory: backups, and those that a restore has put aside. They still hold what is removed. */
export function listOldDatabases(dataDirectory: string): string[] {
  const backups = join(dataDirectory, 'backups');
  const list = (directory: string) => (existsSync(directory) ? readdirSync(directory) : []);
  return [
    ...list(backups)
      .filter((name) => name.endsWith('.db'))
      .map((name) => join(backups, name)),
    ...list(dataDirectory)
      .filter((name) => name.startsWith(`${DATABASE_NAME}.before-`) && !/-(?:wal|shm)$/.test(name))
      .map((name) => join(dataDirectory, name)),
  ];
}
