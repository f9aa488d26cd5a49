import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

/** Somebody else holds a lock that is needed. */
export class LockedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LockedError';
  }
}

/** `shared`: any number at a time; `exclusive`: one, and nobody who shares. */
export type LockMode = 'shared' | 'exclusive';

/** Whoever shares a lock waits while somebody looks whether it is free. */
const PATIENCE_MS = 100;

/**
 * Holds a lock file, or returns undefined when somebody else does. The lock is SQLite's own lock of an empty database: the
 * kernel drops it when the process dies, however it dies, so there are no stale locks and no process ids to mistake. The
 * file stays: who removed it could let two hold "the" lock, each on a file of its own.
 * Returns the function that gives it back. @throws SqliteError when the file cannot be made
 */
export function holdLock(path: string, mode: LockMode): (() => void) | undefined {
  mkdirSync(dirname(path), { recursive: true });
  const client = new Database(path, { timeout: PATIENCE_MS });
  try {
    if (mode === 'exclusive') client.exec('BEGIN EXCLUSIVE');
    else client.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
    return () => client.close();
  } catch (error) {
    client.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');

/**
 * Takes the one lock of a folder that processes fill in turn. Returns the function that gives it back.
 * @throws LockedError naming the process that holds it
 */
export function takeLock(directory: string): () => void {
  const pidPath = join(directory, 'lock.pid');
  const release = holdLock(join(directory, 'lock'), 'exclusive');
  if (!release) throw new LockedError(`${directory} is in use (process ${readPid(pidPath)}).`);
  writeFileSync(pidPath, String(process.pid));
  return release;
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return 'unknown';
  }
}
