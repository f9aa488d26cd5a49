import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watched } from './watch.ts';

/** What a process must be started with so that its main thread is watched; what is seen goes to the file. */
export function watchingEnvironment(file: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=${new URL('./watch.ts', import.meta.url).href}`, WATCH_FILE: file };
}

/** What the main thread of a watched process has done since the last time. */
export async function readWatched(pid: number, file: string): Promise<Watched> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await sleep(20);
  return JSON.parse(readFileSync(file, 'utf8')) as Watched;
}
