import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 60;
const POLICY = 'answers';

/** What a client may still ask for. */
export interface Allowance {
  isOver: boolean;
  /** Whole seconds until its share is full again. */
  seconds: number;
  /** Headers that say so (draft-ietf-httpapi-ratelimit-headers-10). */
  headers: Record<string, string>;
}

/**
 * How many new answers each client may have made in a minute. Kept answers and files cost nothing, so that many readers
 * behind one address who ask for the same pages and feeds do not use up each other's share.
 */
export class RateLimit {
  readonly #limiter: RateLimiterMemory;
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
    this.#limiter = new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
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
    const isOver = consumedPoints > this.#perMinute;
    const headers = {
      'ratelimit-policy': `"${POLICY}";q=${this.#perMinute};w=${WINDOW_SECONDS}`,
      ratelimit: `"${POLICY}";r=${remainingPoints};t=${seconds}`,
      ...(isOver ? { 'retry-after': String(seconds) } : {}),
    };
    return { isOver, seconds, headers };
  }
}
