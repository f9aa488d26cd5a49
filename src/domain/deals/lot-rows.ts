import type { FactValue } from '../facts/facts.ts';
import { lotKey } from './lot-key.ts';
import { type LotResult, lotResultsOf, type ResultNotice } from './lot-results.ts';
import { lotNameOf, rowsOf } from './lots-of.ts';

/** One line of a notice about one of its lots: what it is, its limits, and who got it, stands for it or bid. */
export interface LotRow {
  /** As the notice names it; null where it names none. */
  lot: string | null;
  /** What is in it; null where the notice does not say. */
  name: string | null;
  budget: FactValue | null;
  /** 最高限价、招标控制价; 起始价 of what is sold. */
  ceiling: FactValue | null;
  /** Null where the notice tells nobody. */
  result: LotResult | null;
}

/** A line for each lot of a notice, and for each who was ranked or bid for it; one line for a notice that tells of no lot and nobody. */
export function listLotRows(notice: ResultNotice): LotRow[] {
  const rows = [...rowsOf(notice, 'lots'), ...rowsOf(notice, 'parcels')];
  const results = lotResultsOf(notice);
  const said = rows.map((row) => ({
    lot: lotNameOf(row) ?? null,
    name: row.lotName?.text ?? row.location?.text ?? null,
    budget: row.budget ?? null,
    ceiling: row.ceilingPrice ?? row.startPrice ?? null,
  }));
  const whole = {
    lot: notice.lotCode ?? notice.facts.parcelNo?.text ?? null,
    name: notice.facts.lotName?.text ?? null,
    budget: sureOf(notice.facts.budget),
    ceiling: sureOf(notice.facts.ceilingPrice ?? notice.facts.startPrice ?? notice.facts.listingPrice),
  };
  const limitsOf = ({ key, lot }: LotResult) => {
    const own = said.find((row) => row.lot !== null && lotKey(row.lot) === key);
    return own ?? (said.length > 0 ? { ...whole, lot, name: null, budget: null, ceiling: null } : { ...whole, lot });
  };
  const told = results.map((result): LotRow => ({ ...limitsOf(result), result }));
  const keys = new Set(results.map(({ key }) => key));
  const untold = said.filter(({ lot }) => !keys.has(lot === null ? '' : lotKey(lot)));
  if (told.length + untold.length === 0) return [{ ...whole, result: null }];
  return [...told, ...untold.map((row): LotRow => ({ ...row, result: null }))];
}

/** What a notice says as a whole is a lot's only where it is one sum. */
const sureOf = (fact: FactValue | undefined): FactValue | null => (fact && !fact.doubt ? fact : null);
