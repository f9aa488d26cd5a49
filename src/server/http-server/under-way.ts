import type { ServerResponse } from 'node:http';

/**
 * How many requests of each client are being answered. Behind a proxy the connections of all clients are the proxy's: one that
 * sends or reads slowly through it must not use them up.
 */
export class UnderWay {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a request until its answer has gone out or its client has left. Returns false when the client has too many. */
  begin(client: string, response: ServerResponse): boolean {
    const count = this.#counts.get(client) ?? 0;
    if (count >= this.#most) return false;
    this.#counts.set(client, count + 1);
    response.on('close', () => this.#end(client));
    return true;
  }

  #end(client: string): void {
    const left = (this.#counts.get(client) ?? 1) - 1;
    if (left > 0) this.#counts.set(client, left);
    else this.#counts.delete(client);
  }
}
