import type { FactEntry, FactKey, FactValue } from '../facts/facts.ts';
import type { DealLot, DealNotice } from './deal.ts';
import { EFFECTS } from './effects.ts';
import { lotKey } from './lot-key.ts';
import { lotResultsOf, type ResultNotice } from './lot-results.ts';
import { lotNameOf, lotsOf, rowsOf } from './lots-of.ts';

/** What of a notice tells of money. */
type MoneyNotice = DealNotice & ResultNotice;

/** What a notice says of a lot's money. */
export interface MoneyCell {
  noticeId: string;
  /** Null where the notice names somebody and no price. */
  price: FactValue | null;
  /** Who asks or gets it; none for limits. */
  suppliers: string[];
  /** Place in the ranking of candidates. */
  rank: number | null;
}

/** The money of a lot, step by step; the last word of each counts, of candidates all of the last ranking. */
export interface LotMoney {
  /** `lotKey`; '' for what is said of the deal as a whole. */
  key: string;
  budget: MoneyCell | null;
  /** 最高限价、招标控制价; 起始价 of what is sold. */
  ceiling: MoneyCell | null;
  candidates: MoneyCell[];
  awards: MoneyCell[];
  contract: MoneyCell | null;
  /** Contracts after the first, and what reports of performance say of the sum. */
  changes: MoneyCell[];
}

const LIMITS = {
  budget: ['budget'],
  ceiling: ['ceilingPrice', 'startPrice', 'listingPrice'],
} as const satisfies Record<string, readonly FactKey[]>;

/**
 * Budget, ceiling, candidates, award, contract and changes of each lot, from its notices in their course: those of the last round
 * replace those before. The last entry, key '', holds what is said of a divided deal as a whole; it is left out where nothing is.
 */
export function listMoney(lots: readonly DealLot[], notices: readonly MoneyNotice[]): LotMoney[] {
  const byId = new Map(notices.map((notice) => [notice.id, notice]));
  const isDivided = lots.length > 1;
  const rows = lots.map(({ key, rounds }) => {
    const early = notices.filter(({ stage }) => EFFECTS[stage] === 'plan');
    const own = rounds.flatMap(({ noticeIds }) => noticeIds.flatMap((id) => byId.get(id) ?? []));
    const last = rounds.at(-1)?.noticeIds ?? [];
    return replay(key, [...early, ...own], new Set(last), isDivided);
  });
  if (!isDivided) return rows;
  const contracts = placeContracts(rows, notices);
  const whole = replay('', notices, new Set(notices.map(({ id }) => id)), true);
  const placed = rows.map((row) => ({ ...row, ...contracts.get(row.key) }));
  const all = { ...whole, ...contracts.get('') };
  return isEmpty(all) ? placed : [...placed, all];
}

const emptyMoney = (key: string): LotMoney => ({
  key,
  budget: null,
  ceiling: null,
  candidates: [],
  awards: [],
  contract: null,
  changes: [],
});

const isEmpty = ({ budget, ceiling, candidates, awards, contract, changes }: LotMoney): boolean =>
  !budget && !ceiling && !contract && candidates.length + awards.length + changes.length === 0;

/** The money of one lot; results of rounds before the last are over. */
function replay(key: string, notices: readonly MoneyNotice[], last: ReadonlySet<string>, isDivided: boolean): LotMoney {
  const money = emptyMoney(key);
  for (const notice of notices) {
    money.budget = limitOf(notice, key, 'budget', isDivided) ?? money.budget;
    money.ceiling = limitOf(notice, key, 'ceiling', isDivided) ?? money.ceiling;
    if (!last.has(notice.id)) continue;
    const results = resultCells(notice, key, isDivided);
    if (EFFECTS[notice.stage] === 'rank' && results.length > 0) money.candidates = results;
    if (EFFECTS[notice.stage] === 'award' && results.length > 0) money.awards = results;
    if (!isDivided) addContract(money, notice);
  }
  return money;
}

/** A limit that a notice sets: for the lot in its row, for an undivided deal as a whole. */
function limitOf(notice: MoneyNotice, key: string, limit: keyof typeof LIMITS, isDivided: boolean): MoneyCell | null {
  const rows = [...rowsOf(notice, 'lots'), ...rowsOf(notice, 'parcels')];
  const row = key === '' ? undefined : rows.find((each) => lotKey(lotNameOf(each) ?? '') === key);
  const isWhole = key === '' || !isDivided || isOnly(notice, key);
  const price = priceIn(row, limit) ?? (isWhole ? priceIn(notice.facts, limit) : undefined);
  // Several sums of one notice are those of its lots.
  if (!price || (isDivided && price.doubt === 'several')) return null;
  return { noticeId: notice.id, price, suppliers: [], rank: null };
}

/** Is a notice about one lot alone? What it says as a whole is then said of that lot. */
function isOnly(notice: MoneyNotice, key: string): boolean {
  const [lot, ...others] = lotsOf(notice);
  return others.length === 0 && lot?.key === key;
}

function priceIn(said: FactEntry | DealNotice['facts'] | undefined, limit: keyof typeof LIMITS): FactValue | undefined {
  return LIMITS[limit].map((key) => said?.[key as keyof typeof said] as FactValue | undefined).find(Boolean);
}

/** The results of a lot; those that name none are a divided deal's as a whole. */
function resultCells(notice: MoneyNotice, key: string, isDivided: boolean): MoneyCell[] {
  const isOwn = !isDivided || isOnly(notice, key);
  return lotResultsOf(notice)
    .filter((result) => isOwn || result.key === key)
    .map(({ price, suppliers, rank }) => ({ noticeId: notice.id, price, suppliers, rank }));
}

/** The first contract is the contract, later sums are changes of it. */
function addContract(money: Pick<LotMoney, 'contract' | 'changes'>, notice: MoneyNotice): void {
  const effect = EFFECTS[notice.stage];
  const price = notice.facts.contractAmount;
  if ((effect !== 'contract' && effect !== 'perform') || !price) return;
  const cell: MoneyCell = { noticeId: notice.id, price, suppliers: notice.suppliers, rank: null };
  if (!money.contract && effect === 'contract') money.contract = cell;
  else if (price.fen === undefined || price.fen !== money.contract?.price?.fen) money.changes.push(cell);
}

/** Contracts of a divided deal under the lot that they name, else the only one that went to whom they name; else under all. */
function placeContracts(
  rows: readonly LotMoney[],
  notices: readonly MoneyNotice[],
): Map<string, Pick<LotMoney, 'contract' | 'changes'>> {
  const placed = new Map<string, Pick<LotMoney, 'contract' | 'changes'>>();
  for (const notice of notices) {
    const [named, ...others] = lotsOf(notice);
    const won = rows.filter(({ awards }) =>
      awards.some(({ suppliers }) => suppliers.join() === notice.suppliers.join() && suppliers.length > 0),
    );
    const only = won.length === 1 ? won[0]?.key : undefined;
    const key = (named && others.length === 0 ? named.key : only) ?? '';
    const money = placed.get(key) ?? { contract: null, changes: [] };
    addContract(money, notice);
    placed.set(key, money);
  }
  return placed;
}
