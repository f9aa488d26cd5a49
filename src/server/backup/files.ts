import { rmSync } from 'node:fs';

/** What SQLite keeps beside a database while it is open. */
export const COMPANIONS = ['-wal', '-shm'] as const;

/** Removes what reading a copy, which nobody writes, has left beside it. */
export function removeCompanions(path: string): void {
  for (const suffix of COMPANIONS) rmSync(path + suffix, { force: true });
}

/** Removes a database and what stands beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', ...COMPANIONS]) rmSync(path + suffix, { force: true });
}
