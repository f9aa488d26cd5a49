import { TooManyRequestsError, UnavailableError } from '#src/domain/errors.ts';

/** Seconds after which somebody who is refused may ask again. */
const RETRY_SECONDS = 10;

/**
 * Requests under way at once, of all clients and of each: what takes long is refused beyond that instead of being kept waiting,
 * and one client leaves room for others.
 */
export class Turns {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #taken = new Map<string | undefined, number>();
  #total = 0;

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /**
   * Does `work` as one of the client's turns; an undefined client may be many.
   * @throws TooManyRequestsError, UnavailableError when there is no turn left
   */
  async take<Result>(client: string | undefined, work: () => Promise<Result>): Promise<Result> {
    const own = this.#taken.get(client) ?? 0;
    if (client !== undefined && own >= this.#mostOfOne) throw new TooManyRequestsError(RETRY_SECONDS);
    if (this.#total >= this.#most)
      throw new UnavailableError(`现在试验的人太多，请在 ${RETRY_SECONDS} 秒后再试`, { retryAfter: RETRY_SECONDS });
    this.#taken.set(client, own + 1);
    this.#total++;
    try {
      return await work();
    } finally {
      this.#total--;
      const left = (this.#taken.get(client) ?? 1) - 1;
      if (left > 0) this.#taken.set(client, left);
      else this.#taken.delete(client);
    }
  }
}
