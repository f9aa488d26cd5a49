import type { JudgedItem, WholeItem } from './judge.ts';
import { ItemPool, type PoolOptions } from './pool.ts';

const ENTRY = new URL('./judging-thread.ts', import.meta.url);

/** Threads that judge whole drafts, see `judgeItem`. */
export class JudgingPool extends ItemPool<WholeItem, JudgedItem> {
  constructor(options: Partial<PoolOptions> = {}) {
    super({ entry: ENTRY, ...options });
  }
}
