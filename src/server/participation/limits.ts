import { createHmac, randomBytes } from 'node:crypto';

const HOUR_MS = 3600_000;
/** Work of the first forms of a network: half a second of a desk computer, a few seconds of a phone, while somebody types. */
const LEAST_BITS = 16;
const MOST_BITS = 22;
/** Forms of a network in an hour before its work grows: an office's people do not notice. */
const FREE_FORMS = 100;
/** Forms without the work, in an hour: of a network, and of all. */
const SLOW_OF_NETWORK = 60;
const SLOW_OF_ALL = 600;
/** Bytes of files that are taken in an hour: the disk is everybody's. */
const FILE_BYTES = 500_000_000;

interface Count {
  forms: number;
  slow: number;
}

/**
 * What was asked and taken in the last hour or so. It counts networks in memory alone, under keyed hashes whose key is thrown away every
 * hour: nothing of it can be put beside a submission.
 */
export class IntakeLimits {
  #from = Number.NEGATIVE_INFINITY;
  #key = randomBytes(32);
  #networks = new Map<string, Count>();
  #slow = 0;
  #bytes = 0;

  /** Zero bits to be asked of a network's next form: it grows with the forms it was given, and shuts nobody out. */
  bitsFor(network: string, now: number): number {
    const count = this.#of(network, now);
    count.forms++;
    const excess = Math.floor(Math.log2(Math.max(1, count.forms / FREE_FORMS)));
    return Math.min(LEAST_BITS + excess, MOST_BITS);
  }

  /** Takes a form without work off what is left for such; false when that is used up. */
  takeSlow(network: string, now: number): boolean {
    const count = this.#of(network, now);
    if (count.slow >= SLOW_OF_NETWORK || this.#slow >= SLOW_OF_ALL) return false;
    count.slow++;
    this.#slow++;
    return true;
  }

  /** Takes bytes of files off what is left; false when that is used up. */
  takeBytes(bytes: number, now: number): boolean {
    this.#renew(now);
    if (this.#bytes + bytes > FILE_BYTES) return false;
    this.#bytes += bytes;
    return true;
  }

  #of(network: string, now: number): Count {
    this.#renew(now);
    const name = createHmac('sha256', this.#key).update(network).digest('base64');
    const count = this.#networks.get(name) ?? { forms: 0, slow: 0 };
    this.#networks.set(name, count);
    return count;
  }

  #renew(now: number): void {
    if (now - this.#from < HOUR_MS) return;
    this.#from = now;
    this.#key = randomBytes(32);
    this.#networks = new Map();
    this.#slow = 0;
    this.#bytes = 0;
  }
}

const holder = globalThis as typeof globalThis & { tongmingIntakeLimits?: IntakeLimits };

/** The process's one. */
export function intakeLimits(): IntakeLimits {
  holder.tongmingIntakeLimits ??= new IntakeLimits();
  return holder.tongmingIntakeLimits;
}
