import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 60;

export interface RateLimitOptions {
  /** Name of the limit in the headers. */
  name?: string;
  windowSeconds?: number;
}

/** What a client may still ask for. */
export interface Allowance {
  isOver: boolean;
  /** Whole seconds until its share is full again. */
  seconds: number;
  /** Headers that say so (draft-ietf-httpapi-ratelimit-headers-10). */
  headers: Record<string, string>;
}

/**
 * How many answers each client may have made in a window, a minute unless it is said. Kept answers and files cost nothing, so that many readers
 * behind one address who ask for the same pages and feeds do not use up each other's share.
 */
export class RateLimit {
  readonly #limiter: RateLimiterMemory;
  readonly #most: number;
  readonly #policy: string;

  constructor(most: number, { name = 'answers', windowSeconds = WINDOW_SECONDS }: RateLimitOptions = {}) {
    this.#most = most;
    this.#policy = `"${name}";q=${most};w=${windowSeconds}`;
    this.#limiter = new RateLimiterMemory({ points: most, duration: windowSeconds });
  }

  /** Takes `cost` answers off the client's share. */
  async take(client: string, cost: number): Promise<Allowance> {
    const { consumedPoints, remainingPoints, msBeforeNext } = await this.#limiter
      .consume(client, cost)
      .catch((refused: unknown) => {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return refused;
      });
    const seconds = Math.ceil(msBeforeNext / 1_000);
    const isOver = consumedPoints > this.#most;
    const headers = {
      'ratelimit-policy': this.#policy,
      ratelimit: `${this.#policy.slice(0, this.#policy.indexOf(';'))};r=${remainingPoints};t=${seconds}`,
      ...(isOver ? { 'retry-after': String(seconds) } : {}),
    };
    return { isOver, seconds, headers };
  }
}
