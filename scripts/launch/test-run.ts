import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './root.ts';

/** Environment variable with the folder of the run that a process belongs to: children pass it on to theirs. */
export const RUN_VARIABLE = 'TONGMING_TEST_RUN';

const MEMORY = '/dev/shm';
const GB = 1024 ** 3;
/** A run keeps at most about a third of it at a time. */
const ROOM = 6 * GB;
const STOP_PATIENCE_MS = 5_000;

/** A run of tests: whatever it starts ends with it, however it ends, and its files go. */
export interface TestRun {
  /** Where its files are. */
  folder: string;
  /** What its processes must be started with, so that they are found and put their files into the folder. */
  environment: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

/**
 * Begins a run of tests: makes its folder and starts its guard, a process of its own session that ends all that the run has
 * started once this process is gone, even if it was killed.
 */
export async function beginTestRun(): Promise<TestRun> {
  const folder = mkdtempSync(join(chooseParent(), 'tongming-tests-'));
  const guard = spawn(process.execPath, [join(ROOT, 'scripts/launch/test-guard.ts'), folder], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(guard, 'message');
  const gone = once(guard, 'exit');
  return {
    folder,
    environment: { [RUN_VARIABLE]: folder, TMPDIR: folder },
    async end() {
      if (guard.connected) guard.disconnect();
      await gone;
    },
  };
}

/** Tests write thousands of small files: in memory nobody waits for a disk. Where it has too little room, on the disk as usual. */
function chooseParent(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ROOM && freemem() > ROOM ? MEMORY : tmpdir();
}

/** Ends all processes of a run, those that do not stop by force, and removes its files. */
export async function endTestRun(folder: string): Promise<void> {
  signalAll(folder, 'SIGTERM');
  for (let waited = 0; waited < STOP_PATIENCE_MS && listProcesses(folder).length > 0; waited += 50) await sleep(50);
  while (listProcesses(folder).length > 0) {
    signalAll(folder, 'SIGKILL');
    await sleep(50);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/**
 * Processes of a run, told by their environment, which only Linux shows: elsewhere none is found. Process groups and parents do
 * not tell: browsers and servers have groups of their own, and whose parent was killed has another.
 */
export function listProcesses(folder: string): number[] {
  const pids = existsSync('/proc') ? readdirSync('/proc').map(Number) : [];
  return pids.filter((pid) => pid > 0 && readEnvironment(pid).includes(`${RUN_VARIABLE}=${folder}`));
}

/** Empty for a process that has ended, or that is somebody else's. */
function readEnvironment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function signalAll(folder: string, signal: NodeJS.Signals): void {
  for (const pid of listProcesses(folder)) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended meanwhile.
    }
  }
}
