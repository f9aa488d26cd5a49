import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Somebody else runs on this data directory. */
export class LockedError extends Error {
  constructor(dataDirectory: string, holder: string) {
    super(`Tongming already runs on ${dataDirectory}${holder ? ` (process ${holder})` : ''}.`);
    this.name = 'LockedError';
  }
}

/**
 * Takes the one launcher lock of a data directory. The lock is SQLite's own file lock: the kernel drops it when the
 * process dies, however it dies, so there are no stale locks. Returns the function that gives it back.
 * @throws LockedError
 */
export function takeLock(dataDirectory: string): () => void {
  mkdirSync(dataDirectory, { recursive: true });
  const path = join(dataDirectory, 'launcher.lock');
  const pidPath = join(dataDirectory, 'launcher.pid');
  const client = new Database(path, { timeout: 0 });
  try {
    client.exec('BEGIN EXCLUSIVE');
  } catch {
    client.close();
    throw new LockedError(dataDirectory, readPid(pidPath));
  }
  writeFileSync(pidPath, String(process.pid));
  return () => {
    // Removed while still held, so that nobody can take a lock on a file that is about to vanish.
    rmSync(pidPath, { force: true });
    rmSync(path, { force: true });
    client.close();
  };
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
