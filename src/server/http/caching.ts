/** How long an answer may be kept and by whom. */
export interface Caching {
  /** How long the HTTP server may answer from memory while the data does not change. 0: never. */
  ttlMs: number;
  cacheControl: string;
}

/** Browsers ask again each time and mostly get a 304; a shared cache (nginx, a CDN) may answer them for so many seconds. */
const shared = (seconds: number, more = '') => `public, max-age=0, s-maxage=${seconds}${more}`;
const PAGE = shared(2, ', stale-if-error=600');

/** The ways of keeping an answer, by name. What is new is to be seen within 5 s, by everyone. */
export const CACHING = {
  /** For one reader, or for nobody else. */
  never: { ttlMs: 0, cacheControl: 'no-store' },
  /** Says for which instant it holds, or waits: always asked for anew. */
  asked: { ttlMs: 0, cacheControl: 'public, max-age=0, must-revalidate' },
  /** Countdowns of deadlines limit the time in our own memory. */
  page: { ttlMs: 60_000, cacheControl: PAGE },
  /** Depends on the search engine's state too, which the database does not tell. */
  search: { ttlMs: 2_000, cacheControl: PAGE },
  /** Says how long ago things were. */
  board: { ttlMs: 10_000, cacheControl: PAGE },
  /** Must stop at the end of a day: kept only briefly by anyone, never shown because we cannot be reached. */
  dated: { ttlMs: 10_000, cacheControl: shared(10, ', must-revalidate') },
  /** Is the same for ever: tiles of the publication log, whose hashes have to arrive as they are. */
  immutable: { ttlMs: 0, cacheControl: 'public, max-age=31536000, immutable, no-transform' },
  steady: { ttlMs: 300_000, cacheControl: 'public, max-age=300' },
} as const satisfies Record<string, Caching>;

export type CacheName = keyof typeof CACHING;
