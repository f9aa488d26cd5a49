import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { type Db, openDatabase, openReadOnly } from '#db/client.ts';
import { renewEpoch } from '#db/epoch.ts';
import { isOurs } from '#db/identity.ts';
import { MIGRATIONS } from '#db/migrate.ts';
import { leases } from '#db/schema/index.ts';
import { savePosition } from '#src/publish/changes/follow.ts';
import { DATABASE_NAME } from '../db.ts';
import { type ListedRemoval, mergeLists, readRemovalList, removalListPath } from '../removal/list.ts';
import { purgeDatabase } from '../removal/purge.ts';
import { applyRemoval, listRemovals } from '../removal/remove.ts';
import { stopStaleEngines } from '../search/process.ts';
import { DATABASE_CHECKS, verifyInvariants } from '../verify/verify.ts';
import { COMPANIONS, removeDatabase } from './files.ts';
import { type BackupManifest, findMissing, hashFile, listMigrations, readManifest, takeInventory } from './manifest.ts';
import { decideRestore, finishRestore, RESTORED_NAME } from './move.ts';

/** The file is no backup that may be restored: nothing was changed. The message says why, in Chinese. */
export class UnfitBackupError extends Error {}

export interface RestoreOptions {
  dataDirectory: string;
  /** The backup; its manifest stands beside it. */
  from: string;
  /** Take a copy that has no manifest, as other programs make it. */
  withoutManifest?: boolean;
}

/**
 * Puts a backup in the place of the database. It is copied first, everything is checked on the copy, and what was removed by law since
 * is removed from it; the database of before
 * stays beside it. Cut off at any moment, either nothing has happened or the next command completes it. The caller must be
 * alone on the directory. Returns the name of the kept database. @throws UnfitBackupError
 */
export async function restoreBackup({ dataDirectory, from, withoutManifest }: RestoreOptions): Promise<string> {
  const copy = join(dataDirectory, RESTORED_NAME);
  if ([copy, join(dataDirectory, DATABASE_NAME)].includes(resolve(from)))
    throw new UnfitBackupError('这是正在使用的数据库，不是备份');
  if (!existsSync(from)) throw new UnfitBackupError(`没有这个文件：${from}`);
  const manifest = findManifest(from);
  if (!manifest && !withoutManifest)
    throw new UnfitBackupError('备份旁边没有清单（.manifest.json），可能没有写完；确认无误可加 --without-manifest');
  try {
    removeDatabase(copy);
    copyFileSync(from, copy);
    await assertFit(copy, manifest);
    await prepare(copy, listToRemove(dataDirectory, from));
  } catch (error) {
    removeDatabase(copy);
    throw error;
  }
  await stopStaleEngines(dataDirectory);
  // To the millisecond: two restores must not keep theirs under one name.
  const previous = `${DATABASE_NAME}.before-${new Date().toISOString().replace(/[-:.]/g, '')}`;
  decideRestore(dataDirectory, previous);
  finishRestore(dataDirectory);
  return previous;
}

function findManifest(from: string): BackupManifest | undefined {
  try {
    return readManifest(from);
  } catch {
    throw new UnfitBackupError('备份的清单已损坏');
  }
}

/** @throws UnfitBackupError when the copy is not ours, not whole, or less than its manifest says */
async function assertFit(copy: string, manifest: BackupManifest | undefined): Promise<void> {
  if (manifest && (await hashFile(copy)) !== manifest.sha256)
    throw new UnfitBackupError('备份文件已损坏：与清单中的摘要不符');
  if (manifest && manifest.broken.length > 0)
    throw new UnfitBackupError(`备份时已不满足：${manifest.broken.join('；')}`);
  const db = openCopy(copy);
  try {
    if (!isOurs(db.$client)) throw new UnfitBackupError('这不是通明的数据库，没有恢复');
    const damage = String(db.$client.pragma('integrity_check(1)', { simple: true }));
    if (damage !== 'ok') throw new UnfitBackupError(`备份文件已损坏：${damage}`);
    assertKnownSchema(db);
    const missing = manifest ? findMissing(manifest, takeInventory(db)) : [];
    if (missing.length > 0) throw new UnfitBackupError(`备份不完整：${missing.join('；')}`);
  } catch (error) {
    throw toUnfit(error);
  } finally {
    db.$client.close();
    for (const suffix of COMPANIONS) rmSync(copy + suffix, { force: true });
  }
}

function openCopy(copy: string): Db {
  try {
    return openReadOnly(copy);
  } catch (error) {
    throw toUnfit(error);
  }
}

/** What SQLite says of a file that is no database, or of a damaged one. */
function toUnfit(error: unknown): unknown {
  const isSqlite = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_');
  return isSqlite ? new UnfitBackupError(`备份文件已损坏：${error.message}`) : error;
}

/** @throws UnfitBackupError when the backup was made by a newer version */
function assertKnownSchema(db: Db): void {
  const known = new Set(readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash));
  const applied = listMigrations(db);
  if (applied.length === 0) throw new UnfitBackupError('这不是通明的数据库，没有恢复');
  if (applied.some((hash) => !known.has(hash))) throw new UnfitBackupError('备份来自更新的版本，请先升级本站');
}

/** Brings the copy up to the present schema, checks its invariants, and makes it a database of its own. */
async function prepare(copy: string, removals: readonly ListedRemoval[]): Promise<void> {
  const db = openDatabase(copy);
  try {
    const broken = (await verifyInvariants(db, DATABASE_CHECKS)).filter(({ breaches }) => breaches > 0);
    if (broken.length > 0) throw new UnfitBackupError(`备份不满足：${broken.map(({ title }) => title).join('；')}`);
    db.$client.transaction(() => beginAnew(db)).immediate();
    for (const removal of removals) applyRemoval(db, removal);
    // What was removed since the backup must not be read out of the file either.
    if (removals.length > 0) purgeDatabase(db);
    db.$client.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.$client.close();
  }
}

/** What was removed by law, by the lists in the data directory and beside the backup, and by the database that is to be replaced. */
function listToRemove(dataDirectory: string, from: string): ListedRemoval[] {
  const [own, beside] = [dataDirectory, dirname(resolve(from))].map((folder) =>
    readRemovalList(removalListPath(folder)),
  );
  return mergeLists(readPresent(join(dataDirectory, DATABASE_NAME)), beside ?? [], own ?? []);
}

/** A database that cannot be read is what a restore may be for: then the lists alone tell. */
function readPresent(path: string): ListedRemoval[] {
  try {
    const db = openReadOnly(path);
    try {
      return listRemovals(db);
    } finally {
      db.$client.close();
    }
  } catch {
    return [];
  }
}

/** What is true of a restored database and was not of the backup. */
function beginAnew(db: Db): void {
  renewEpoch(db);
  // An engine elsewhere still holds what came after the backup, under numbers that will mean something else.
  savePosition(db, 'engineIndex', 0);
  db.delete(leases).run();
}
