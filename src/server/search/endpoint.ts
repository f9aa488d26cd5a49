import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { z } from 'zod';
import { Searcher } from './searcher.ts';

/** How the web role reaches the engine: a search-only key, scoped to the index. */
const endpointSchema = z.strictObject({ url: z.url(), searchKey: z.string() });

export type Endpoint = z.output<typeof endpointSchema>;

const endpointPath = (dataDir: string) => join(dataDir, 'meili', 'endpoint.json');

/** Tells other processes where the engine is. The file holds a key: only its owner may read it. */
export function saveEndpoint(dataDir: string, endpoint: Endpoint): void {
  const path = endpointPath(dataDir);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.next`, JSON.stringify(endpoint), { mode: 0o600 });
  renameSync(`${path}.next`, path);
}

/** The engine is gone on purpose: others need not try it. */
export function removeEndpoint(dataDir: string): void {
  rmSync(endpointPath(dataDir), { force: true });
}

/** Milliseconds a search may take before the built-in index answers. */
const SEARCH_TIMEOUT = 1200;

/**
 * A client. `accept-encoding: identity` because compressed answers arrive 40 ms late (small writes meet delayed
 * acknowledgements).
 */
export function createClient(host: string, apiKey: string, timeout: number): Meilisearch {
  return new Meilisearch({ host, apiKey, timeout, requestInit: { headers: { 'accept-encoding': 'identity' } } });
}

interface Known {
  path: string;
  stamp: number;
  client: Meilisearch | undefined;
  searcher: Searcher | undefined;
}

let known: Known | undefined;

/** What a worker on this data directory announced; read again only when the file has changed. */
function readKnown(dataDir: string): Known {
  const path = endpointPath(dataDir);
  const stamp = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (known?.path === path && known.stamp === stamp) return known;
  void known?.searcher?.close();
  const endpoint = stamp > 0 ? readEndpoint(path) : undefined;
  known = {
    path,
    stamp,
    client: endpoint && createClient(endpoint.url, endpoint.searchKey, SEARCH_TIMEOUT),
    searcher: endpoint && new Searcher(endpoint, SEARCH_TIMEOUT),
  };
  return known;
}

/** A client with a search-only key for the engine of a running worker; undefined when there is none. */
export function findSearchClient(dataDir: string): Meilisearch | undefined {
  return readKnown(dataDir).client;
}

/** What searches are asked through; undefined when no worker on this data directory has an engine. */
export function findSearcher(dataDir: string): Searcher | undefined {
  return readKnown(dataDir).searcher;
}

function readEndpoint(path: string): Endpoint | undefined {
  try {
    return endpointSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // removed or being replaced; the next search reads it again
  }
}
