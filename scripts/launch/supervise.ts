import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { FATAL_EXIT } from './child.ts';
import { ROOT } from './root.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A child that lived this long was well: its next crash starts with the first pause again. */
const WELL_AFTER_MS = 60_000;
const STOP_LIMIT_MS = 10_000;

export interface Supervised {
  /** The first report of the child (`reportReady`). @throws Error when it ends for good before. */
  ready: Promise<string>;
  stop(): Promise<void>;
}

/**
 * Runs a script as a child process and starts it again, with growing pauses, whenever it crashes. A child that exits
 * with `FATAL_EXIT` has said why and is not started again: `onFatal` is called instead.
 */
export function supervise(script: string, environment: NodeJS.ProcessEnv, onFatal: () => void): Supervised {
  let stopping = false;
  let child: ChildProcess | undefined;
  const stopped = new AbortController();
  const ready = Promise.withResolvers<string>();

  const run = async () => {
    let pause = FIRST_PAUSE_MS;
    while (!stopping) {
      const startedAt = Date.now();
      child = startScript(script, [], environment);
      child.on('message', (message) => ready.resolve(String(message)));
      const [code] = (await once(child, 'exit')) as [number | null];
      if (stopping || code === FATAL_EXIT) break;
      if (Date.now() - startedAt > WELL_AFTER_MS) pause = FIRST_PAUSE_MS;
      console.error(`${script} ended (${code ?? 'killed'}); starting it again in ${pause / 1000} s.`);
      await delay(pause, undefined, { signal: stopped.signal }).catch(() => undefined);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    ready.reject(new Error(`${script} has ended.`));
    if (!stopping) onFatal();
  };

  ready.promise.catch(() => undefined);
  const finished = run();
  return {
    ready: ready.promise,
    async stop() {
      stopping = true;
      stopped.abort();
      if (child) await stopChild(child);
      await finished;
    },
  };
}

/**
 * Starts a script with an IPC channel: when we die, however we die, the child sees it close. What it prints goes where
 * ours goes, or into `stdout` and `stderr` of the child.
 */
export function startScript(
  script: string,
  parameters: string[],
  environment: NodeJS.ProcessEnv,
  output: 'inherit' | 'pipe' = 'inherit',
): ChildProcess {
  return spawn(process.execPath, [join(ROOT, script), ...parameters], {
    cwd: ROOT,
    env: environment,
    stdio: ['ignore', output, output, 'ipc'],
  });
}

/** Asks a child to stop, and kills it when it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(killer);
}
