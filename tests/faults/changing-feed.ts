import type { Random } from '#scripts/demo/generate/random.ts';
import { type FeedItem, makeItem } from '#tests/support/test-site.ts';

/** All items lie on one day, so that every incremental run reads all of them. */
const DATE = '2026-06-20';
const CORRECTION = /<p>预算金额更正为.*$/;

/** The items of a test feed as its site changes them: new ones, corrections, withdrawals. The random numbers decide which. */
export class ChangingFeed {
  /** Newest first. */
  items: FeedItem[] = [];
  readonly #random: Random;
  #made: number;

  /** @param first Number of the first item. */
  constructor(random: Random, first = 0) {
    this.#random = random;
    this.#made = first;
  }

  add(count: number): void {
    const added = Array.from({ length: count }, () => makeItem(this.#made++, { date: DATE }));
    this.items = [...added.reverse(), ...this.items];
  }

  /** Changes the amount in the body of some items. */
  correct(count: number): void {
    const chosen = new Set(this.#random.sample(this.#standing(), count));
    const budget = this.#random.integer(1_000, 900_000);
    this.items = this.items.map((item) =>
      chosen.has(item)
        ? { ...item, body: `${item.body?.replace(CORRECTION, '')}<p>预算金额更正为：${budget} 元</p>` }
        : item,
    );
  }

  withdraw(count: number): void {
    const chosen = new Set(this.#random.sample(this.#standing(), count));
    this.items = this.items.map((item) =>
      chosen.has(item) ? { id: item.id, title: item.title, date: item.date, withdrawn: true } : item,
    );
  }

  #standing(): FeedItem[] {
    return this.items.filter(({ withdrawn }) => !withdrawn);
  }
}
