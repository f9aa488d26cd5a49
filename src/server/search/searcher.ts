import { MeilisearchError, type MultiSearchQuery } from 'meilisearch';
import { Pool } from 'undici';
import type { Endpoint } from './endpoint.ts';

/** What a query to the engine gives: the hits that were asked for, and counts where they were. */
export interface EngineResult {
  hits: { id: string }[];
  /** Exact; only where pages were asked for. */
  totalHits?: number;
  facetDistribution?: { tallyKey?: Record<string, number> };
}

/** Whoever takes queries to the engine: the client library, or the lean `Searcher`. */
export interface MultiSearcher {
  multiSearch(request: { queries: MultiSearchQuery[] }): Promise<{ results: unknown[] }>;
}

/**
 * Asks the engine over connections that stay open. The client library takes fetch, whose requests, responses and streams
 * cost more of our one thread than everything else a search does.
 */
export class Searcher implements MultiSearcher {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;
  readonly #timeout: number;

  /** `timeout`: milliseconds until a query is given up. */
  constructor({ url, searchKey }: Endpoint, timeout: number) {
    this.#pool = new Pool(url);
    this.#headers = {
      'content-type': 'application/json',
      // Compressed answers arrive 40 ms late: small writes meet delayed acknowledgements.
      'accept-encoding': 'identity',
      ...(searchKey ? { authorization: `Bearer ${searchKey}` } : {}),
    };
    this.#timeout = timeout;
  }

  /** Several queries in one request. @throws MeilisearchError when the engine refuses, is not there or takes too long. */
  async multiSearch(request: { queries: MultiSearchQuery[] }): Promise<{ results: unknown[] }> {
    const { statusCode, text } = await this.#post('/multi-search', JSON.stringify(request));
    if (statusCode !== 200) throw new MeilisearchError(`the engine answers ${statusCode}: ${text.slice(0, 200)}`);
    return JSON.parse(text) as { results: unknown[] };
  }

  async #post(path: string, body: string): Promise<{ statusCode: number; text: string }> {
    const overdue = new AbortController();
    const timer = setTimeout(() => overdue.abort(), this.#timeout);
    try {
      const options = { path, method: 'POST', headers: this.#headers, body, signal: overdue.signal } as const;
      const answer = await this.#pool.request(options);
      return { statusCode: answer.statusCode, text: await answer.body.text() };
    } catch (error) {
      throw new MeilisearchError('the engine does not answer', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets queries under way finish, then closes the connections. */
  close(): Promise<void> {
    return this.#pool.close();
  }
}
