import type { Db } from '#db/client.ts';
import { formatDate } from '#src/domain/time/time.ts';
import { findRoute } from '../routes/match.ts';
import { addVisits, type VisitCount } from './figures.ts';

/** How often what was counted goes into the database. A crash loses as much. */
const FLUSH_MS = 60_000;
const OK = new Set([200, 304]);

/** A request that was answered, as the HTTP server tells of it. */
interface Answered {
  method: string;
  path: string;
  status: number;
}

/**
 * Counts how often pages are asked for, by day and kind of page, in memory. It is told neither who asks nor what is searched for, and
 * keeps no more than sums.
 */
export class VisitCounter {
  readonly #counts = new Map<string, VisitCount>();
  readonly #write: (write: (db: Db) => void) => Promise<void>;
  readonly #onFailure: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;

  constructor(write: (write: (db: Db) => void) => Promise<void>, onFailure: (error: unknown) => void) {
    this.#write = write;
    this.#onFailure = onFailure;
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS);
    this.#timer.unref();
  }

  /** Counts what people read; data, files, errors and what staff do are no visits. */
  count({ method, path, status }: Answered, day: string = formatDate(new Date().toISOString())): void {
    if (method !== 'GET' || !OK.has(status)) return;
    const [address = ''] = path.split('?');
    const route = findRoute(address);
    if (route?.audience !== 'people' || route.role !== 'public' || !isPage(route)) return;
    const key = `${day} ${route.path}`;
    const counted = this.#counts.get(key) ?? { day, page: route.path, count: 0 };
    counted.count++;
    this.#counts.set(key, counted);
  }

  /** Adds what was counted to the sums in the database; what cannot be written is counted on. */
  async flush(): Promise<void> {
    const counted = [...this.#counts.values()];
    if (counted.length === 0) return;
    this.#counts.clear();
    try {
      await this.#write((db) => addVisits(db, counted));
    } catch (error) {
      this.#onFailure(error);
      for (const { day, page, count } of counted) {
        const key = `${day} ${page}`;
        this.#counts.set(key, { day, page, count: count + (this.#counts.get(key)?.count ?? 0) });
      }
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}

const isPage = (route: object): boolean => 'page' in route && String(route.page).endsWith('.astro');
