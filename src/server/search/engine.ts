import { rmSync } from 'node:fs';
import type { Meilisearch } from 'meilisearch';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { findEngineBinary } from './binary.ts';
import { createClient, removeEndpoint, saveEndpoint } from './endpoint.ts';
import { enginePaths, findPort, readMasterKey, spawnEngine, stopStaleEngines } from './process.ts';
import { INDEX_UID } from './settings.ts';
import { EngineSupervisor, type OwnServer } from './supervisor.ts';

/** A Meilisearch server that this process may write to. */
export interface Engine {
  url: string;
  client: Meilisearch;
  /** Process id of a server of our own; undefined when it is somebody else's (MEILI_URL) or is being restarted. */
  pid(): number | undefined;
  /** Replaces the process of a server of our own, on the same data or on none; absent for somebody else's. */
  renew?(emptied: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds for one administrative request; tasks are waited for by asking again. */
const ADMIN_TIMEOUT = 20_000;

/**
 * Starts the search engine, or connects to the one of MEILI_URL. Null when there is none or it does not come up: the
 * built-in index answers then. A server of our own is restarted when it dies. The signal ends waiting for one that does
 * not come up.
 */
export async function startEngine(config: Config, log: Logger, signal?: AbortSignal): Promise<Engine | null> {
  if (config.SEARCH_ENGINE === 'off') return null;
  try {
    return config.MEILI_URL ? await connect(config.MEILI_URL, config) : await startOwn(config, log, signal);
  } catch (error) {
    if (!signal?.aborted) log.error({ err: error }, 'no search engine; the built-in index answers');
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

async function startOwn(config: Config, log: Logger, signal: AbortSignal | undefined): Promise<Engine | null> {
  const binary = findEngineBinary(config);
  if (!binary) {
    log.info('no Meilisearch on this machine; the built-in index answers');
    return null;
  }
  await stopStaleEngines(config.DATA_DIR);
  const key = readMasterKey(config.DATA_DIR);
  const port = await findPort(config.MEILI_PORT);
  // An abort until here has told nobody.
  signal?.throwIfAborted();
  const url = `http://127.0.0.1:${port}`;
  const client = createClient(url, key, ADMIN_TIMEOUT);
  const { data, pid } = enginePaths(config.DATA_DIR);
  const server: OwnServer = {
    spawn: () => spawnEngine(binary, config.DATA_DIR, port, key, log),
    client,
    data,
    announce: () => announce(config, url, client),
  };
  const keeper = new EngineSupervisor(server, log);
  const giveUp = () => void keeper.stop();
  signal?.addEventListener('abort', giveUp);
  await keeper.start().finally(() => signal?.removeEventListener('abort', giveUp));
  log.info({ url, pid: keeper.pid() }, 'search engine started');
  return {
    url,
    client,
    pid: () => keeper.pid(),
    renew: (emptied) => keeper.renew(emptied),
    async stop() {
      await keeper.stop();
      removeEndpoint(config.DATA_DIR);
      rmSync(pid, { force: true });
    },
  };
}
