import { rmSync } from 'node:fs';

/** Removes a folder, also while a process that was just ended still takes its last file out of it. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
