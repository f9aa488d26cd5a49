import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import { defineSelect, selectFirst } from '#db/query.ts';

const counts = z.record(z.string(), z.int());
const manifestSchema = z.object({
  form: z.literal(1),
  madeAt: z.iso.datetime(),
  bytes: z.int(),
  /** Of the whole file, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Hashes of the migrations that it has, in order: its schema version. */
  migrations: z.array(z.string()),
  /** Last number of every sequence. */
  sequences: counts,
  /** Rows of every table. */
  rows: counts,
  /** Keys of the invariants that did not hold when it was made. */
  broken: z.array(z.string()),
});
/** What a backup says of itself, in a file beside it that is written last: without it, the backup is not whole. */
export type BackupManifest = z.output<typeof manifestSchema>;

/** What a database holds, in numbers. */
export type Inventory = Pick<BackupManifest, 'migrations' | 'sequences' | 'rows'>;

export const manifestPath = (backup: string): string => `${backup}.manifest.json`;

/** The manifest of a backup; undefined when there is none. @throws Error when it cannot be read */
export function readManifest(backup: string): BackupManifest | undefined {
  const path = manifestPath(backup);
  if (!existsSync(path)) return undefined;
  return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

const name = sql<string>`name`;

/** Tables of SQLite and of the migrator are asked by name: they are none of ours. */
const TABLES = defineSelect(() => ({
  fields: { name },
  rest: sql`FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
}));
const SEQUENCES = defineSelect(() => ({ fields: { name, seq: sql<number>`seq` }, rest: sql`FROM sqlite_sequence` }));
const MIGRATIONS = defineSelect(() => ({
  fields: { hash: sql<string>`hash` },
  rest: sql`FROM __drizzle_migrations ORDER BY created_at`,
}));

/** Hashes of the migrations that a database has, in order. */
export const listMigrations = (db: Db): string[] => MIGRATIONS.all(db).map(({ hash }) => hash);

/** Counts everything that a database holds; derived full-text tables are left out. */
export function takeInventory(db: Db): Inventory {
  const count = (table: string) =>
    selectFirst(db, { total: sql<number>`count(*)` }, sql`FROM ${sql.identifier(table)}`)?.total ?? 0;
  return {
    migrations: listMigrations(db),
    sequences: Object.fromEntries(SEQUENCES.all(db).map((sequence) => [sequence.name, sequence.seq])),
    rows: Object.fromEntries(TABLES.all(db).map((table) => [table.name, count(table.name)])),
  };
}

/** What a database holds less of than it should, in words; none when it is as complete as the manifest says. */
export function findMissing(wanted: Inventory, found: Inventory): string[] {
  const less = (kind: string, one: Record<string, number>, other: Record<string, number>) =>
    Object.entries(one).flatMap(([name, number]) => {
      const here = other[name] ?? 0;
      return here < number ? [`${name} 应有${kind} ${number}，只有 ${here}`] : [];
    });
  return [...less('行数', wanted.rows, found.rows), ...less('序号', wanted.sequences, found.sequences)];
}

/** SHA-256 of a file, hex. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
