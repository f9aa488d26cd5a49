import type { FactEntry, FactKey } from '../facts/facts.ts';
import type { DealNotice } from './deal.ts';
import { lotKey } from './lot-key.ts';

/** Lists whose rows are about lots, or parcels, of their own. */
const LISTS = ['lots', 'candidates', 'bids', 'parcels'] as const satisfies readonly FactKey[];

/** A lot that a notice names, as it names it. */
export interface NamedLot {
  key: string;
  name: string;
}

/** How a row of a list names its lot; undefined when it names none. */
export function lotNameOf(row: FactEntry): string | undefined {
  return (row.lotCode ?? row.lot ?? row.parcelNo ?? row.lotName)?.text;
}

/** Whom a row names; several stand together, as a consortium does. */
export const namesIn = ({ supplier }: FactEntry): string[] => (supplier?.text ?? '').split('、').filter(Boolean);

/** The rows of a list that can be relied on. */
export function rowsOf({ facts }: Pick<DealNotice, 'facts'>, list: (typeof LISTS)[number]): FactEntry[] {
  const fact = facts[list];
  return fact && !fact.doubt ? (fact.entries ?? []) : [];
}

/** The lots that a notice is about, each once; none for a notice about the whole deal. */
export function lotsOf(notice: Pick<DealNotice, 'lotCode' | 'facts'>): NamedLot[] {
  const listed = LISTS.flatMap((list) => rowsOf(notice, list)).map(lotNameOf);
  const own = listed.length > 0 ? [] : [notice.lotCode ?? notice.facts.parcelNo?.text];
  const lots = new Map<string, string>();
  for (const name of [...listed, ...own]) {
    const key = name && lotKey(name);
    if (key && !lots.has(key)) lots.set(key, name);
  }
  return [...lots].map(([key, name]) => ({ key, name }));
}
