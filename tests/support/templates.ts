import { copyFileSync, mkdtempSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { removeFolder } from './remove-folder.ts';

/** Environment variables: a migrated, empty database; where the demonstration is put once it is loaded. */
const MIGRATED = 'TEST_MIGRATED';
const DEMONSTRATION = 'TEST_DEMONSTRATION';

/** vitest's global set-up: makes the database that others begin as. Returns what takes it away. */
export default function makeTemplates(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'tongming-templates-'));
  const path = join(folder, 'migrated.db');
  openDatabase(path).$client.close();
  process.env[MIGRATED] = path;
  return () => removeFolder(folder);
}

/** Puts a migrated, empty database in place. Outside vitest there is none: whoever opens the path makes it. */
export function copyMigrated(path: string): void {
  const template = process.env[MIGRATED];
  if (template) copyFileSync(template, path);
}

/** Keeps a database, which nobody writes to, as the demonstration for the tests that follow in the same run. */
export function keepDemonstration(path: string): void {
  const kept = process.env[DEMONSTRATION];
  if (!kept) return;
  copyFileSync(path, `${kept}.part`);
  renameSync(`${kept}.part`, kept);
}
