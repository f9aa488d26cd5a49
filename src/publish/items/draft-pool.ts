import type { CompletedDraft, WholeDraft } from './complete-draft.ts';
import { ItemPool, type PoolOptions } from './pool.ts';

const ENTRY = new URL('./draft-thread.ts', import.meta.url);

/** Threads that judge whole drafts, see `completeDraft`. */
export class DraftPool extends ItemPool<WholeDraft, CompletedDraft> {
  constructor(options: Partial<PoolOptions> = {}) {
    super({ entry: ENTRY, ...options });
  }
}
