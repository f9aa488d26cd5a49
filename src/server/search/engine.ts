import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Meilisearch } from 'meilisearch';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { findEngineBinary } from './binary.ts';
import { createClient, removeEndpoint, saveEndpoint } from './endpoint.ts';
import { enginePaths, findPort, readMasterKey, spawnEngine, stopProcess, stopStaleEngine } from './process.ts';
import { INDEX_UID } from './settings.ts';

/** A Meilisearch server that this process may write to. */
export interface Engine {
  url: string;
  client: Meilisearch;
  /** Process id of a server of our own; undefined when it is somebody else's (MEILI_URL) or is being restarted. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Milliseconds for one administrative request; tasks are waited for by asking again. */
const ADMIN_TIMEOUT = 20_000;
/** How long a new server may take until it answers. */
const START_PATIENCE = 30_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Starts the search engine, or connects to the one of MEILI_URL. Null when there is none or it does not come up: the
 * built-in index answers then. A server of our own is restarted when it dies.
 */
export async function startEngine(config: Config, log: Logger): Promise<Engine | null> {
  if (config.SEARCH_ENGINE === 'off') return null;
  try {
    return config.MEILI_URL ? await connect(config.MEILI_URL, config) : await startOwn(config, log);
  } catch (error) {
    log.error({ err: error }, 'no search engine; the built-in index answers');
    removeEndpoint(config.DATA_DIR);
    return null;
  }
}

async function connect(url: string, config: Config): Promise<Engine> {
  const client = createClient(url, config.MEILI_KEY ?? '', ADMIN_TIMEOUT);
  await announce(config, url, client);
  return { url, client, pid: () => undefined, stop: async () => removeEndpoint(config.DATA_DIR) };
}

/** A search-only key for the index, made once and found again by its name. */
async function findSearchKey(client: Meilisearch): Promise<string> {
  const name = 'tongming-search';
  const { results } = await client.getKeys({ limit: 100 });
  const known = results.find((key) => key.name === name);
  if (known) return known.key;
  const created = await client.createKey({ name, actions: ['search'], indexes: [INDEX_UID], expiresAt: null });
  return created.key;
}

async function announce(config: Config, url: string, client: Meilisearch): Promise<void> {
  const protectedServer = Boolean(config.MEILI_KEY) || !config.MEILI_URL;
  saveEndpoint(config.DATA_DIR, { url, searchKey: protectedServer ? await findSearchKey(client) : '' });
}

async function startOwn(config: Config, log: Logger): Promise<Engine | null> {
  const binary = findEngineBinary(config);
  if (!binary) {
    log.info('no Meilisearch on this machine; the built-in index answers');
    return null;
  }
  await stopStaleEngine(config.DATA_DIR);
  const key = readMasterKey(config.DATA_DIR);
  const port = await findPort(config.MEILI_PORT);
  const url = `http://127.0.0.1:${port}`;
  const client = createClient(url, key, ADMIN_TIMEOUT);
  const spawnIt = () => spawnEngine(binary, config.DATA_DIR, port, key, log);
  const child = await startHealthy(spawnIt, client, config, log);
  await announce(config, url, client);
  log.info({ url, pid: child.pid }, 'search engine started');
  return keepAlive(child, spawnIt, { url, client }, config, log);
}

/** Waits until a new server answers. Data of another version is wiped: the index is made again from the database. */
async function startHealthy(
  spawnIt: () => ChildProcess,
  client: Meilisearch,
  config: Config,
  log: Logger,
): Promise<ChildProcess> {
  const child = spawnIt();
  if (await isUp(child, client)) return child;
  await stopProcess(child);
  log.warn('the search engine does not start on its data; starting it on an empty index');
  rmSync(enginePaths(config.DATA_DIR).data, { recursive: true, force: true });
  const second = spawnIt();
  if (await isUp(second, client)) return second;
  await stopProcess(second);
  throw new Error('the search engine does not start');
}

/** True once the server answers with our key; false when it ends or takes too long. */
async function isUp(child: ChildProcess, client: Meilisearch): Promise<boolean> {
  const until = Date.now() + START_PATIENCE;
  while (Date.now() < until && child.exitCode === null && child.signalCode === null && child.pid) {
    const answered = await client.getVersion().then(
      () => true,
      () => false,
    );
    if (answered) return true;
    await sleep(50);
  }
  return false;
}

/** Restarts the server whenever it ends by itself, with growing pauses while it keeps ending. */
function keepAlive(
  first: ChildProcess,
  spawnIt: () => ChildProcess,
  { url, client }: Pick<Engine, 'url' | 'client'>,
  config: Config,
  log: Logger,
): Engine {
  let child = first;
  let pause = FIRST_PAUSE;
  const stopping = new AbortController();
  const watch = () =>
    child.once('exit', async (code, signal) => {
      if (stopping.signal.aborted) return;
      log.error({ code, signal, pause }, 'search engine ended; restarting it');
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      child = spawnIt();
      watch();
      pause = (await isUp(child, client)) ? FIRST_PAUSE : Math.min(pause * 2, LONGEST_PAUSE);
    });
  watch();
  return {
    url,
    client,
    pid: () => child.pid,
    async stop() {
      stopping.abort();
      removeEndpoint(config.DATA_DIR);
      await stopProcess(child);
      rmSync(enginePaths(config.DATA_DIR).pid, { force: true });
    },
  };
}
