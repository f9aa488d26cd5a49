import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Meilisearch } from 'meilisearch';
import { z } from 'zod';

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

let known: { path: string; stamp: number; client: Meilisearch | undefined } | undefined;

/** A search client for the engine that a worker on this data directory announced; undefined when there is none. */
export function findSearchClient(dataDir: string): Meilisearch | undefined {
  const path = endpointPath(dataDir);
  const stamp = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (known?.path === path && known.stamp === stamp) return known.client;
  known = { path, stamp, client: stamp > 0 ? readClient(path) : undefined };
  return known.client;
}

function readClient(path: string): Meilisearch | undefined {
  try {
    const { url, searchKey } = endpointSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return createClient(url, searchKey, SEARCH_TIMEOUT);
  } catch {
    return undefined; // removed or being replaced; the next search reads it again
  }
}
