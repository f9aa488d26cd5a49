import { MeilisearchError } from 'meilisearch';
import type { MultiSearcher } from './searcher.ts';

/** How long a failing engine is left alone before one search tries it again. */
const REST = 3000;

const restUntil = new WeakMap<MultiSearcher, number>();

/** True while the engine failed a moment ago: the built-in index answers without asking it. */
export function isResting(engine: MultiSearcher): boolean {
  return (restUntil.get(engine) ?? 0) > Date.now();
}

/**
 * Runs a search on the engine; undefined when the engine is down, hangs or has no such index. Then it rests. Errors that
 * are not the engine's are thrown.
 */
export async function guarded<Answer>(
  engine: MultiSearcher,
  search: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await search();
  } catch (error) {
    if (!(error instanceof MeilisearchError)) throw error;
    restUntil.set(engine, Date.now() + REST);
    return undefined;
  }
}
