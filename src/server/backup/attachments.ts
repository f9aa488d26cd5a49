import { dirname } from 'node:path';
import { openReadOnly } from '#db/client.ts';
import { files } from '#db/schema/index.ts';
import { FileStore } from '#src/attachments/store.ts';

/**
 * Copies the files that a database names from one folder to another, those that are not there yet: all backups in a folder share their
 * files. Returns the hashes of those that could not be copied.
 */
export async function copyNamedFiles(database: string, from: string, to: string): Promise<string[]> {
  const db = openReadOnly(database);
  const [source, target] = [new FileStore(from), new FileStore(to)];
  const missing: string[] = [];
  try {
    for (const { sha256 } of db.select({ sha256: files.sha256 }).from(files).all())
      await target.copyFrom(source, sha256).catch(() => missing.push(sha256));
  } finally {
    db.$client.close();
  }
  return missing;
}

/** Where the files of a backup lie: beside it. */
export const filesBeside = (backup: string): string => dirname(backup);
