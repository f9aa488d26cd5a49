import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Paths below DATA_DIR/meili. Everything but the key can be deleted at any time. */
export function enginePaths(dataDir: string) {
  const root = join(dataDir, 'meili');
  return { root, data: join(root, 'data.ms'), key: join(root, 'key'), pid: join(root, 'pid') };
}

/** The master key of this data directory's engine; made on first use, readable by its owner only. */
export function readMasterKey(dataDir: string): string {
  const { root, key } = enginePaths(dataDir);
  mkdirSync(root, { recursive: true, mode: 0o700 });
  if (!existsSync(key)) writeFileSync(key, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(key, 'utf8').trim();
}

/**
 * Processes of the engines that run on a data directory, also of one that a worker started and was killed before it could
 * note it. They are told by their command line, which only Linux shows: elsewhere none is found.
 */
export function findEngines(dataDir: string): number[] {
  const { data } = enginePaths(dataDir);
  const pids = existsSync('/proc') ? readdirSync('/proc').map(Number) : [];
  return pids.filter((pid) => pid > 0 && readCommand(pid).includes(`--db-path\0${data}\0`));
}

function readCommand(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Sends a signal to a process that may be gone by now. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

const STOP_PATIENCE = 5000;

/** Ends the engines that a killed worker left behind on this data directory: two on one directory would corrupt it. */
export async function stopStaleEngines(dataDir: string): Promise<void> {
  for (const pid of findEngines(dataDir)) sendSignal(pid, 'SIGTERM');
  for (let waited = 0; waited < STOP_PATIENCE && findEngines(dataDir).length > 0; waited += 50) await sleep(50);
  for (const pid of findEngines(dataDir)) sendSignal(pid, 'SIGKILL');
  while (findEngines(dataDir).length > 0) await sleep(20);
  rmSync(enginePaths(dataDir).pid, { force: true });
}

/** The wanted port when it is free, else any free one. */
export async function findPort(wanted: number): Promise<number> {
  const listen = (port: number) =>
    new Promise<number | undefined>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
      });
    });
  const port = (await listen(wanted)) ?? (await listen(0));
  if (port === undefined) throw new Error('no free port for the search engine');
  return port;
}

/** Arguments as measured: one indexing thread and one GiB leave room for the portal on a small machine. */
function engineArguments(root: string, data: string, port: number): string[] {
  return [
    ...['--db-path', data, '--http-addr', `127.0.0.1:${port}`, '--env', 'production', '--no-analytics'],
    ...['--log-level', 'WARN', '--dump-dir', join(root, 'dumps'), '--snapshot-dir', join(root, 'snapshots')],
    ...['--max-indexing-memory', '1GiB', '--max-indexing-threads', '1', '--experimental-dumpless-upgrade'],
  ];
}

/** Starts the engine; it ends with `stopProcess`, or is found by `findEngines`. */
export function spawnEngine(binary: string, dataDir: string, port: number, key: string, log: Logger): ChildProcess {
  const { root, data, pid } = enginePaths(dataDir);
  const child = spawn(binary, engineArguments(root, data, port), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, MEILI_MASTER_KEY: key },
    cwd: root,
    // A group of its own: a terminal's Ctrl-C must reach the worker first, which then stops it in order.
    detached: true,
  });
  child.stdout?.resume(); // the banner
  child.stderr?.on('data', (chunk: Buffer) => log.debug({ engine: chunk.toString().trim() }, 'search engine says'));
  child.on('error', (error) => log.error({ err: error }, 'search engine cannot be started'));
  if (child.pid) writeFileSync(pid, String(child.pid));
  return child;
}

/** SIGTERM, then SIGKILL; resolves when the process is gone. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE);
  await gone;
  clearTimeout(timer);
}
