import { availableParallelism } from 'node:os';
import { MeilisearchError } from 'meilisearch';
import pLimit from 'p-limit';
import type { MultiSearcher } from './searcher.ts';

/** How long a failing engine is left alone before one search tries it again. */
const REST = 3000;

const restUntil = new WeakMap<MultiSearcher, number>();

/** True while the engine failed a moment ago: the built-in index answers without asking it. */
export function isCircuitOpen(engine: MultiSearcher): boolean {
  return (restUntil.get(engine) ?? 0) > performance.now();
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
    restUntil.set(engine, performance.now() + REST);
    return undefined;
  }
}

/** Searches under way at once: as many as keep engine and processors busy. */
const turns = pLimit(2 * availableParallelism());

/**
 * Runs a search when its turn comes. The engine is no faster when more wait in it, and a search that asks it several
 * times would wait each time; here it waits once. @throws MeilisearchError when the engine has failed in the meantime.
 */
export function withSlot<Answer>(engine: MultiSearcher, search: () => Promise<Answer>): Promise<Answer> {
  return turns(() => {
    if (isCircuitOpen(engine)) throw new MeilisearchError('the engine rests');
    return search();
  });
}
