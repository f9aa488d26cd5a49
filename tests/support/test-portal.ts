import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Db } from '#db/client.ts';
import { buildSite } from '#scripts/launch/build.ts';
import { LockedError, takeLock } from '#scripts/launch/lock.ts';
import { ROOT } from '#scripts/launch/root.ts';
import { startScript, stopChild } from '#scripts/launch/supervise.ts';
import { openTestDatabase } from './seed-notices.ts';

/** The address that a test portal believes to have; it is reached at 127.0.0.1. */
export const PORTAL_SITE = 'http://portal.example';

/** The address that a test's console believes to have; it is reached at 127.0.0.1 too. */
export const CONSOLE_SITE = 'http://staff.example';

/** The built site, served by a web role of its own. */
export interface Portal {
  /** Where it listens, without closing slash. */
  url: string;
  /** Process id of the web role. */
  pid: number;
  /** A writing handle on its database. */
  db: Db;
  /** All that its process has printed so far. */
  printed(): string;
  stop(): Promise<void>;
  /** Ends it as a crash would: a shared database stays. */
  kill(): void;
}

/**
 * Builds the site when needed and serves it on a free port, as a process of its own on a database of its own.
 * `seed` fills the database first; `shared` is one that the caller has opened and closes; `role` is `staff` for the console. The
 * built-in index answers searches.
 */
export async function startPortal(
  seed: (db: Db) => void,
  environment: NodeJS.ProcessEnv = {},
  shared?: { db: Db; path: string },
  role: 'web' | 'staff' = 'web',
): Promise<Portal> {
  await buildOnce();
  const { db, path, close } = shared ? { ...shared, close: () => undefined } : openTestDatabase();
  seed(db);
  const own = {
    DATA_DIR: dirname(path),
    HOST: '127.0.0.1',
    PORT: '0',
    SITE_URL: PORTAL_SITE,
    STAFF_PORT: '0',
    STAFF_URL: CONSOLE_SITE,
    ALLOWED_HOSTS: '127.0.0.1',
    SEARCH_ENGINE: 'off',
  };
  const child = startScript(`scripts/${role}.ts`, [], { ...process.env, ...own, ...environment }, 'pipe');
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(String(chunk)));
  const printed = () => chunks.join('');
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the ${role} role ended with ${code} before it served: ${printed()}`);
  });
  const [port] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  const stop = async () => {
    await stopChild(child);
    close();
  };
  const kill = () => void child.kill('SIGKILL');
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, db, printed, stop, kill };
}

/** One build at a time: test files run side by side. */
async function buildOnce(): Promise<void> {
  for (;;) {
    try {
      const release = takeLock(join(ROOT, 'node_modules/.cache/test-build'));
      await buildSite().finally(release);
      return;
    } catch (error) {
      if (!(error instanceof LockedError)) throw error;
      await delay(200);
    }
  }
}
