import { type Ask, askKey } from './ask.ts';

/** How many addresses of one shape are asked at most. */
export interface Limits {
  /** Of those without a query, e.g. pages of notices. */
  plain: number;
  /** Of those that differ in the values of the same parameters. */
  queried: number;
}

export interface Found {
  ask: Ask;
  /** Answers between it and what was known from the beginning. */
  depth: number;
}

/** Links of links of what was known are not followed: filters combine without end. */
const DEEPEST = 1;

/** What is still to be asked, each once; of shapes that have many addresses, as many as the limits allow. */
export class Frontier {
  readonly #limits: Limits;
  readonly #waiting: Found[] = [];
  readonly #seen = new Set<string>();
  readonly #byShape = new Map<string, number>();
  #skipped = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get skipped(): number {
    return this.#skipped;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Adds what the caller wants asked in any case. */
  add(ask: Ask, depth = 0): void {
    const key = askKey(ask);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#waiting.push({ ask, depth });
  }

  /** Adds an address that an answer leads to, unless enough of its shape were. */
  find(address: string, from: Found): void {
    if (from.depth >= DEEPEST || this.#seen.has(askKey({ address }))) return;
    const shape = shapeOf(address);
    const count = this.#byShape.get(shape) ?? 0;
    if (count >= (address.includes('?') ? this.#limits.queried : this.#limits.plain)) this.#skipped++;
    else {
      this.#byShape.set(shape, count + 1);
      this.add({ address }, from.depth + 1);
    }
  }

  next(): Found | undefined {
    return this.#waiting.shift();
  }
}

/** The kind of an address: where it leads, and which parameters it gives. */
export function shapeOf(address: string): string {
  const { pathname, searchParams } = new URL(address, 'http://portal.example');
  const segments = pathname.split('/').slice(1);
  const fixed = segments[0] === 'api' ? 3 : 1;
  const shape = segments.map((segment, at) => (at < fixed || segment === 'versions' ? segment : '*')).join('/');
  const names = [...new Set(searchParams.keys())].sort();
  return `/${shape}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
