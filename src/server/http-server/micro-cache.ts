import { type HttpResponse, sizeOf } from './answer.ts';

interface Kept {
  answer: HttpResponse;
  generation: number;
  until: number;
}

export interface CacheLimits {
  entries: number;
  bytes: number;
}

/**
 * Answers by key, for as long as the data they were made from stands: whoever changes the data raises the generation.
 * Requests for the same key at the same time share one rendering. The least recently used entries make room.
 */
export class MicroCache {
  readonly #kept = new Map<string, Kept>();
  readonly #underWay = new Map<string, Promise<HttpResponse>>();
  readonly #limits: CacheLimits;
  #generation = 0;
  #bytes = 0;

  constructor(limits: CacheLimits) {
    this.#limits = limits;
  }

  /** From here on, everything kept is out of date. */
  raiseGeneration(): void {
    this.#generation++;
  }

  /** The kept answer, when it is still good at `time` (ms). */
  find(key: string, time: number): HttpResponse | undefined {
    const entry = this.#kept.get(key);
    if (!entry) return undefined;
    if (entry.generation !== this.#generation || entry.until <= time) {
      this.#drop(key, entry);
      return undefined;
    }
    // Moved to the end: the front of the map is what was used longest ago.
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    return entry.answer;
  }

  /** The answer that is being made for the key, or a new one; it is kept for `ttlMs` when `isKeepable` says so. */
  make(key: string, ttlMs: number, render: () => Promise<HttpResponse>, isKeepable: (answer: HttpResponse) => boolean) {
    const generation = this.#generation;
    const place = `${generation} ${key}`;
    const found = this.#underWay.get(place);
    if (found) return found;
    const made = render()
      .then((answer) => {
        if (isKeepable(answer)) this.#keep(key, { answer, generation, until: performance.now() + ttlMs });
        return answer;
      })
      .finally(() => this.#underWay.delete(place));
    this.#underWay.set(place, made);
    return made;
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.#kept.size, bytes: this.#bytes };
  }

  #keep(key: string, entry: Kept): void {
    const size = sizeOf(entry.answer);
    if (entry.generation !== this.#generation || size > this.#limits.bytes / 8) return;
    const before = this.#kept.get(key);
    if (before) this.#drop(key, before);
    this.#kept.set(key, entry);
    this.#bytes += size;
    for (const [oldest, victim] of this.#kept) {
      if (this.#kept.size <= this.#limits.entries && this.#bytes <= this.#limits.bytes) break;
      this.#drop(oldest, victim);
    }
  }

  #drop(key: string, entry: Kept): void {
    if (this.#kept.delete(key)) this.#bytes -= sizeOf(entry.answer);
  }
}
