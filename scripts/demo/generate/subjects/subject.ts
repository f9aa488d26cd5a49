import type { BuyerKind } from '../names.ts';

/** Something that is bought or sold again and again. */
export interface Subject {
  /** Goes into the title; `{年}` becomes the year. */
  name: string;
  buyer: BuyerKind;
  /** Range of the budget in 万元. */
  low: number;
  high: number;
  /** Word in the names of firms that bid. */
  trade: string;
  items: readonly string[];
}

/** A subject; `items` are separated by blanks. */
export function subject(
  name: string,
  buyer: BuyerKind,
  low: number,
  high: number,
  trade: string,
  items: string,
): Subject {
  return { name, buyer, low, high, trade, items: items.split(' ') };
}
