import { type Meilisearch, MeilisearchError } from 'meilisearch';

/** How long a failing engine is left alone before one search tries it again. */
const REST = 3000;

const restUntil = new WeakMap<Meilisearch, number>();

/** True while the engine failed a moment ago: the built-in index answers without asking it. */
export function isResting(client: Meilisearch): boolean {
  return (restUntil.get(client) ?? 0) > Date.now();
}

/**
 * Runs a search on the engine; undefined when the engine is down, hangs or has no such index. Then it rests. Errors that
 * are not the engine's are thrown.
 */
export async function guarded<Answer>(client: Meilisearch, search: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await search();
  } catch (error) {
    if (!(error instanceof MeilisearchError)) throw error;
    restUntil.set(client, Date.now() + REST);
    return undefined;
  }
}
