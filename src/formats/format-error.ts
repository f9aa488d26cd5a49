import { showDamage } from './damage.ts';

/** The answer is not the feed it should be. `message` is Chinese, for the sync board; `excerpt` shows the first 200 characters. */
export class FeedFormatError extends Error {
  readonly excerpt: string;

  constructor(message: string, excerpt = '') {
    super(message);
    this.name = 'FeedFormatError';
    this.excerpt = showDamage(excerpt.slice(0, 200));
  }
}
