import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach } from 'vitest';
import type { Db } from '#db/client.ts';
import { createFetcher } from '#src/ingest/fetch.ts';
import { runSource } from '#src/ingest/pipeline.ts';
import { seedSources } from '#src/ingest/sources.ts';
import { startFeedServer } from './feed-server.ts';
import { openTestDatabase } from './seed-notices.ts';
import { type Portal, startPortal } from './test-portal.ts';

const CHILD = join(import.meta.dirname, 'mirror-child.ts');
/** How long a mirror that runs by itself is waited for. */
export const PATIENCE = { timeout: 60_000, interval: 100 };
/** A database that several processes open. */
export type Shared = ReturnType<typeof openTestDatabase>;

/** What the test has opened; closed after it, the last first. */
export const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

/** A database of the test's own. */
export function openShared(): Shared {
  const shared = openTestDatabase();
  cleanups.push(() => shared.close());
  return shared;
}

/** A portal on a database of the test's, on the port it had before when it is started again. */
export async function serve(shared: Shared, port = '0', environment: NodeJS.ProcessEnv = {}): Promise<Portal> {
  const portal = await startPortal(() => undefined, { PORT: port, ...environment }, shared);
  cleanups.push(() => portal.stop());
  return portal;
}

/** Makes a database the mirror of a portal. Returns the source's key. */
export function follow(
  { db }: Pick<Shared, 'db'>,
  { url }: Pick<Portal, 'url'>,
  key = 'mirror-upstream',
  more: Record<string, unknown> = {},
): string {
  const kind = { county: 'jining', adapter: 'tongming', schedule: '* * * * *', minimumItems: 0 } as const;
  seedSources(db, [{ key, name: '上游平台', settings: { url, ...more }, ...kind }]);
  return key;
}

/** One run of the mirror, in this process. */
export async function readOnce(db: Db, key: string, portal: Pick<Portal, 'url'>, full = false) {
  const fetcher = createFetcher({ allowPrivate: [new URL(portal.url).host], backoffMs: 1 });
  const summary = await runSource(db, key, { fetcher, full });
  await fetcher.close();
  return summary;
}

/** A process that runs the mirror again and again. */
export function startReader(shared: Shared, key: string, portal: Portal): ChildProcess {
  const parameters = [CHILD, shared.path, key, new URL(portal.url).host];
  const child = spawn(process.execPath, parameters, { stdio: ['ignore', 'ignore', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  return child;
}

interface Pair {
  upstream: Shared;
  mirror: Shared;
  portal: Portal;
  source: string;
}

/**
 * Edits the upstream in rounds while a process mirrors it, and kills both on the way. Returns the last portal; the mirror
 * reads on until `stop`.
 */
export async function editAndKill(
  { upstream, mirror, portal: first, source }: Pair,
  rounds: number,
  edit: (portal: Portal, round: number) => unknown,
): Promise<{ portal: Portal; stop: () => void }> {
  let portal = first;
  const { port } = new URL(portal.url);
  let reader = startReader(mirror, source, portal);
  for (let round = 0; round < rounds; round++) {
    await edit(portal, round);
    await sleep((round * 67) % 250);
    if (round % 3 === 1) {
      reader.kill('SIGKILL');
      reader = startReader(mirror, source, portal);
    }
    if (round % 5 === 2) {
      portal.kill();
      await sleep(300);
      portal = await serve(upstream, port);
    }
  }
  return { portal, stop: () => reader.kill('SIGKILL') };
}

/** Serves changes as a hostile or broken portal does: notices, or what it is given by subject. */
export async function serveChanges(items: object[] | Record<string, object[]>) {
  const server = await startFeedServer(({ url }) => {
    const of = url.searchParams.get('of') ?? 'notices';
    const told = Array.isArray(items) ? (of === 'notices' ? items : []) : (items[of] ?? []);
    const unread = told.slice(Number(url.searchParams.get('since')));
    const page = { items: unread, next: String(told.length), newest: String(told.length), upToDate: true };
    const body = url.pathname.endsWith('/sources') ? { items: [] } : page;
    return { type: 'application/json', body: JSON.stringify(body) };
  });
  cleanups.push(() => server.close());
  return server;
}
