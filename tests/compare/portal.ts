import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stopChild } from '#scripts/launch/supervise.ts';

/** The address that both portals believe to have; each is reached at a port of its own. */
export const SITE = 'http://portal.example';

/** A portal that answers: one of a checkout that was started here, or one that runs elsewhere. */
export interface Portal {
  name: string;
  /** Where it listens, without closing slash. */
  url: string;
  /** The address that stands in its answers. */
  site: string;
  stop(): Promise<void>;
}

const QUIET = { HOST: '127.0.0.1', PORT: '0', SEARCH_ENGINE: 'off', LOG_LEVEL: 'warn', NODE_ENV: 'production' };
const INSTANT_FILE = 'instant';

/** A script of a checkout, at the instant `now` if one is given; what goes wrong is printed by the script itself. */
function startIn(checkout: string, parameters: readonly string[], environment: NodeJS.ProcessEnv, now?: string) {
  const clock = now ? ['--import', pathToFileURL(join(import.meta.dirname, 'still-clock.ts')).href] : [];
  return spawn(process.execPath, [...clock, ...parameters], {
    cwd: checkout,
    env: { ...process.env, ...QUIET, ...environment, ...(now ? { COMPARE_NOW: now } : {}) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

/** @throws Error when the script fails */
async function runIn(checkout: string, parameters: readonly string[], environment: NodeJS.ProcessEnv, now?: string) {
  const child = startIn(checkout, parameters, environment, now);
  child.stdout?.resume();
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${parameters.join(' ')} ended with ${code} in ${checkout}`);
}

/** Waits for a line of output. @throws Error when the process ends before it */
async function waitFor(child: ChildProcess, text: string): Promise<void> {
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    if (said.includes(text)) return;
  }
  throw new Error(`ended before it said "${text}":\n${said.slice(-2_000)}`);
}

/**
 * Loads the demonstration into a folder with a checkout's own `npm start`, unless it is there. Returns the instant, a minute after
 * the load, at which copies of it are to be looked at.
 */
export async function loadDemonstration(checkout: string, folder: string): Promise<string> {
  const note = join(folder, INSTANT_FILE);
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  const child = startIn(checkout, ['scripts/main.ts'], {
    DATA_DIR: folder,
    DEMO_PORT: '0',
    STAFF_PORT: '0',
    SITE_URL: SITE,
  });
  try {
    await waitFor(child, 'is ready');
  } finally {
    child.stdout?.resume();
    await stopChild(child);
  }
  const instant = new Date(Date.now() + 60_000).toISOString();
  writeFileSync(note, `${instant}\n`);
  return instant;
}

/** A portal of a checkout on a copy of a data folder, brought up to its migrations, with bulk files that it made itself. */
export async function startPortal(name: string, checkout: string, seed: string, folder: string, now: string) {
  rmSync(folder, { recursive: true, force: true });
  cpSync(seed, folder, { recursive: true, filter: (path) => !path.startsWith(join(seed, 'locks')) });
  rmSync(join(folder, 'bulk'), { recursive: true, force: true });
  const environment = {
    DATA_DIR: folder,
    SITE_URL: SITE,
    ALLOWED_HOSTS: '127.0.0.1',
    RATE_LIMIT: '1000000000',
    MIRRORS: 'neighbour=邻市',
  };
  await runIn(checkout, [join(import.meta.dirname, 'prepare.ts'), checkout, join(folder, 'tongming.db')], environment);
  await runIn(checkout, ['scripts/bulk.ts'], environment, now);
  const child = startIn(checkout, ['scripts/web.ts'], environment, now);
  child.stdout?.pipe(process.stderr);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the web role of ${checkout} ended with ${code}`);
  });
  ended.catch(() => undefined);
  const [port] = await Promise.race([once(child, 'message'), ended]);
  return { name, url: `http://127.0.0.1:${port}`, site: SITE, stop: () => stopChild(child) } satisfies Portal;
}

/** A portal that somebody else has started at an address. */
export function reachPortal(name: string, address: string): Portal {
  const { origin } = new URL(address);
  return { name, url: origin, site: origin, stop: async () => undefined };
}
