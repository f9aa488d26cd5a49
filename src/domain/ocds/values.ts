import type { FactValue } from '../facts/facts.ts';
import type { Fen } from '../money/money.ts';
import { dayOf, type Moment } from '../time/moment.ts';
import { type Instant, toShanghaiIso } from '../time/time.ts';
import type { OcdsDate, Value } from './release.ts';

const FEN_PER_YUAN = 100;

/** An amount in yuan; nothing for an amount that is not known for certain. */
export function toValue(fen: Fen | null | undefined): Value | undefined {
  return fen === null || fen === undefined ? undefined : { amount: fen / FEN_PER_YUAN, currency: 'CNY' };
}

/** A time with its zone. */
export function toDate(instant: Instant | null | undefined): OcdsDate | undefined {
  return instant ? toShanghaiIso(instant) : undefined;
}

/** The end of a period with its zone. A day without a clock lasts until its last second, as OCDS advises for dates. */
export function toEndDate(moment: Moment | null): OcdsDate | undefined {
  if (!moment) return undefined;
  return moment.precision === 'day' ? `${dayOf(moment)}T23:59:59+08:00` : toShanghaiIso(moment.at);
}

/** The words of a fact that nothing makes doubtful. */
export function certainText(fact: FactValue | undefined): string | undefined {
  return fact && !fact.doubt ? fact.text : undefined;
}

/** A list for a field of its own: an empty one is left out. */
export function orAbsent<Item>(items: Item[]): Item[] | undefined {
  return items.length > 0 ? items : undefined;
}
