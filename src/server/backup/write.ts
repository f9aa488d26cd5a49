import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { openReadOnly } from '#db/client.ts';
import { flush, moveDurably, writeDurably } from '../durable-files.ts';
import type { CheckResult } from '../verify/check.ts';
import { DATABASE_CHECKS, verifyInvariants } from '../verify/verify.ts';
import { removeCompanions, removeDatabase } from './files.ts';
import { type BackupManifest, hashFile, manifestPath, takeInventory } from './manifest.ts';

/**
 * Writes a consistent copy of a database that is in use, and its manifest, which comes last. SQLite's own backup: a copy of the
 * file would miss what stands in the write-ahead log. Returns the invariants that do not hold in it.
 */
export async function writeBackup(database: string, target: string): Promise<CheckResult[]> {
  const part = `${target}.part`;
  mkdirSync(dirname(target), { recursive: true });
  removeDatabase(part);
  try {
    const db = openReadOnly(database);
    await db.$client.backup(part).finally(() => db.$client.close());
    const { broken, ...inventory } = await inspect(part);
    const manifest: BackupManifest = {
      form: 1,
      madeAt: new Date().toISOString(),
      bytes: statSync(part).size,
      sha256: await hashFile(part),
      ...inventory,
      broken: broken.map(({ key }) => key),
    };
    flush(part);
    rmSync(manifestPath(target), { force: true });
    moveDurably(part, target);
    writeDurably(manifestPath(target), `${JSON.stringify(manifest, null, 2)}\n`);
    return broken;
  } finally {
    removeDatabase(part);
  }
}

async function inspect(path: string) {
  const db = openReadOnly(path);
  try {
    const results = await verifyInvariants(db, DATABASE_CHECKS);
    return { broken: results.filter(({ breaches }) => breaches > 0), ...takeInventory(db) };
  } finally {
    db.$client.close();
    removeCompanions(path);
  }
}
