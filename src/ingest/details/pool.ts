import { ItemPool, type PoolOptions } from '#src/publish/items/pool.ts';
import type { Completion, LoadedFeed, OpenItem } from './complete.ts';
import type { Task } from './thread.ts';

const ENTRY = new URL('./thread.ts', import.meta.url);

/** Threads that complete items of feeds. */
export class DetailPool extends ItemPool<Task, Completion> {
  constructor(options: Partial<PoolOptions> = {}) {
    super({ entry: ENTRY, ...options });
  }

  /**
   * Completes an item, see `completeItem`.
   * @throws FeedFormatError when a detail page is not what it should be, and what `ItemPool.run` throws.
   */
  complete({ adapter, settings }: LoadedFeed, item: OpenItem): Promise<Completion> {
    return this.run({ adapter: adapter.key, settings, item });
  }
}
