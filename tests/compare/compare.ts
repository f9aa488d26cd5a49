import { type Answer, type Ask, ask, askKey } from './ask.ts';
import { type Difference, findDifference, type Given } from './difference.ts';
import { type Found, Frontier, type Limits, shapeOf } from './frontier.ts';
import { listLinks } from './links.ts';
import { type NormalisationName, toPlainAsset } from './normalise.ts';
import type { Portal } from './portal.ts';

/** A difference that was to be expected: addresses that it concerns, and why. */
export interface Expectation {
  address: RegExp;
  /** Of which reasons; absent: any. */
  of?: RegExp | undefined;
  why: string;
}

export interface Finding extends Difference {
  ask: string;
  /** The kind of address. */
  shape: string;
  /** Why it was to be expected; absent: nobody knows. */
  expected?: string | undefined;
}

export interface Comparison {
  asked: number;
  /** Addresses that were found and left out, for there were enough of their shape. */
  skipped: number;
  findings: Finding[];
  /** Answers in which each rule made something equal. */
  normalised: Map<NormalisationName, number>;
  /** Answers by status. */
  statuses: Map<number, number>;
}

export interface CompareOptions {
  asks: Iterable<Ask>;
  limits: Limits;
  expected?: readonly Expectation[];
  /** Changes what the second portal answers, to see whether it is noticed. */
  meddle?(ask: Ask, answer: Answer): Answer;
  onProgress?(asked: number, waiting: number): void;
}

const CLIENTS = 4;
/** How often an address is asked again before a difference is believed. */
const REPEATS = 2;
const ASSET = /\/_astro\/[\w.-]+\.(?:css|js)|(?<=["'`])\.\/[\w.-]+\.js/g;

/** Asks two portals the same, follows what the first one's answers lead to, and lists in what their answers differ. */
export async function comparePortals(before: Portal, after: Portal, options: CompareOptions): Promise<Comparison> {
  const comparer = new Comparer(before, after, options);
  await comparer.run();
  await comparer.compareAssets();
  return comparer.result();
}

class Comparer {
  readonly #portals: readonly [Portal, Portal];
  readonly #options: CompareOptions;
  readonly #frontier: Frontier;
  readonly #findings: Finding[] = [];
  readonly #normalised = new Map<NormalisationName, number>();
  readonly #statuses = new Map<number, number>();
  /** Addresses of style sheets and scripts by their plain names, of each portal. */
  readonly #assets = [new Map<string, string>(), new Map<string, string>()] as const;
  #asked = 0;

  constructor(before: Portal, after: Portal, options: CompareOptions) {
    this.#portals = [before, after];
    this.#options = options;
    this.#frontier = new Frontier(options.limits);
    for (const each of options.asks) this.#frontier.add(each);
  }

  async run(): Promise<void> {
    let underWay = 0;
    const work = async () => {
      for (;;) {
        const next = this.#frontier.next();
        if (next) {
          underWay++;
          await this.#compare(next.ask, [next.ask, next.ask], next).finally(() => underWay--);
        } else if (underWay === 0) return;
        else await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, work));
  }

  /** Style sheets and scripts, whose names change with their bytes: each portal is asked under its own. */
  async compareAssets(): Promise<void> {
    const [left, right] = this.#assets;
    for (const done = new Set<string>(); ; ) {
      const name = [...left.keys(), ...right.keys()].find((each) => !done.has(each));
      if (name === undefined) return;
      done.add(name);
      const [a, b] = [left.get(name), right.get(name)];
      if (a === undefined || b === undefined) {
        const there = (address: string | undefined) => address ?? 'absent';
        this.#note({ address: name }, { reason: 'asset', before: there(a), after: there(b) });
      } else await this.#compare({ address: name }, [{ address: a }, { address: b }]);
    }
  }

  result(): Comparison {
    return {
      asked: this.#asked,
      skipped: this.#frontier.skipped,
      findings: this.#findings,
      normalised: this.#normalised,
      statuses: this.#statuses,
    };
  }

  /** Asks both, again while they differ, for what has changed between two moments is no difference. */
  async #compare(subject: Ask, asks: readonly [Ask, Ask], found?: Found): Promise<void> {
    let difference: Difference | undefined;
    let used = new Set<NormalisationName>();
    for (let attempt = 0; attempt <= REPEATS; attempt++) {
      used = new Set();
      const [before, after] = await this.#askBoth(asks);
      difference = findDifference(before, after, (name) => used.add(name));
      if (attempt === 0) this.#learn(before, after, found);
      if (!difference) break;
    }
    for (const name of used) this.#normalised.set(name, (this.#normalised.get(name) ?? 0) + 1);
    if (difference) this.#note(subject, difference);
    this.#asked++;
    this.#options.onProgress?.(this.#asked, this.#frontier.waiting);
  }

  async #askBoth([one, other]: readonly [Ask, Ask]): Promise<[Given, Given]> {
    const [before, after] = this.#portals;
    const [a, b] = await Promise.all([ask(before, one), ask(after, other)]);
    const meddled = this.#options.meddle?.(other, b) ?? b;
    return [
      { answer: a, site: before.site },
      { answer: meddled, site: after.site },
    ];
  }

  #learn(before: Given, after: Given, found: Found | undefined): void {
    const { status } = before.answer;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    for (const address of found ? listLinks(found.ask, before.answer, before.site) : [])
      this.#frontier.find(address, found as Found);
    for (const [index, { answer }] of [before, after].entries()) {
      if (!/^text\/(?:html|javascript)/.test(answer.headers['content-type'] ?? '')) continue;
      for (const [name] of answer.body.toString('utf8').matchAll(ASSET)) {
        const address = name.replace(/^\.\//, '/_astro/');
        this.#assets[index as 0 | 1].set(toPlainAsset(address), address);
      }
    }
  }

  #note(subject: Ask, difference: Difference): void {
    const key = askKey(subject);
    const expected = this.#options.expected?.find(
      ({ address, of }) => address.test(key) && (of?.test(difference.reason) ?? true),
    )?.why;
    this.#findings.push({ ...difference, ask: key, shape: shapeOf(subject.address), expected });
  }
}
