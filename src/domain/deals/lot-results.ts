import type { AmountKind } from '../facts/amount-kind.ts';
import type { FactEntry, FactValue } from '../facts/facts.ts';
import { formatYuan } from '../money/money.ts';
import type { NoticeSaying } from '../notices/notice-fields.ts';
import { type StagePhase, stageDefinition } from '../stages.ts';
import { lotKey } from './lot-key.ts';
import { lotNameOf, namesIn, rowsOf } from './lots-of.ts';
import { readRank } from './rank.ts';

/** What of a notice tells who got or may get its lots. */
export type ResultNotice = Pick<
  NoticeSaying,
  'stage' | 'lotCode' | 'suppliers' | 'tenderers' | 'amountFen' | 'amountKind' | 'facts'
>;

/** `award`: won; `candidate`: ranked, has won nothing yet; `tender`: bid. */
export type ResultKind = 'award' | 'candidate' | 'tender';

/** Who won, was ranked or bid for one lot. */
export interface LotResult {
  kind: ResultKind;
  /** `lotKey`; '' where the notice does not name a lot. */
  key: string;
  /** The lot as the notice names it; null where it does not. */
  lot: string | null;
  /** Several when they stand together: a consortium (联合体). */
  suppliers: string[];
  /** Place in the ranking, from 1; null where there is none. */
  rank: number | null;
  /** The price of this lot; null when the notice gives none. With a doubt or a form it is no sum. */
  price: FactValue | null;
  /** The row that says it, for what else it tells; null where the notice as a whole does. */
  row: FactEntry | null;
}

/** What a notice tells of a stage of a deal; null where it tells nobody. */
export function resultKind(stage: NoticeSaying['stage']): ResultKind | null {
  const { phase, effect } = stageDefinition(stage);
  const told = TOLD[phase];
  return told === 'award' && effect === 'proposes' ? 'candidate' : told;
}

const TOLD: Record<StagePhase, 'tender' | 'award' | null> = {
  planning: null,
  tender: null,
  opening: 'tender',
  award: 'award',
  contract: null,
  performance: null,
  ended: null,
  decision: null,
};

const ROWS = { award: ['lots', 'parcels'], candidate: ['candidates'], tender: ['bids'] } as const;

/**
 * Who won, was ranked or bid, lot by lot, in the notice's order. A price stands with the lot that it is the price of; where the
 * notice lists no lots, its own is that of the only one whom it names.
 */
export function lotResultsOf(notice: ResultNotice): LotResult[] {
  const kind = resultKind(notice.stage);
  if (!kind) return [];
  const rows = ROWS[kind].flatMap((list) => rowsOf(notice, list)).filter(({ supplier }) => supplier?.text);
  const listed = withoutContradictions(rows.map((row) => toResult(kind, row, notice.lotCode)));
  const told = new Set(listed.flatMap(({ suppliers }) => suppliers));
  const named = kind === 'award' ? notice.suppliers : notice.tenderers;
  const untold = named.filter((name) => !told.has(name));
  if (listed.length === 0) return untold.length > 0 ? [wholeOf(kind, named, notice)] : [];
  return [...listed, ...untold.map((name) => toUntold(kind, name))];
}

function toResult(kind: ResultKind, row: FactEntry, lotCode: string | null): LotResult {
  const lot = lotNameOf(row) ?? lotCode;
  return {
    kind,
    key: lot ? lotKey(lot) : '',
    lot,
    suppliers: namesIn(row),
    rank: readRank(row.rank?.text),
    price: row.awardAmount ?? row.dealPrice ?? null,
    row,
  };
}

/** Rows of one lot and one bidder with two prices are items of it or versions: none of them is certainly the price. */
function withoutContradictions(results: readonly LotResult[]): LotResult[] {
  const byParty = new Map<string, LotResult>();
  for (const result of results) {
    const id = JSON.stringify([result.key, result.suppliers]);
    const known = byParty.get(id);
    if (!known) byParty.set(id, result);
    else if (known.price?.fen !== result.price?.fen) byParty.set(id, { ...known, price: doubted(known.price) });
  }
  return [...byParty.values()];
}

function doubted(price: FactValue | null): FactValue | null {
  return price && { text: price.text, doubt: 'several' };
}

/** Amounts of a notice that are what the winner gets or pays, or the bidder asks. */
const IS_PRICE: Record<AmountKind, boolean> = {
  budget: false,
  ceiling: false,
  bid: true,
  award: true,
  contract: false,
  start: false,
  deal: true,
};

/** What a notice without a list says: one result for all whom it names. */
function wholeOf(kind: ResultKind, suppliers: string[], notice: ResultNotice): LotResult {
  const { lotCode, amountFen, amountKind, facts } = notice;
  const told = facts.awardAmount ?? facts.dealPrice ?? null;
  const isPrice = amountFen !== null && amountKind !== null && IS_PRICE[amountKind] && told?.fen !== amountFen;
  const price = isPrice ? { text: formatYuan(amountFen), fen: amountFen } : told;
  return { kind, key: lotCode ? lotKey(lotCode) : '', lot: lotCode, suppliers, rank: null, price, row: null };
}

/** Named as a winner without a lot of his own: how much of the sum is his, nothing tells. */
const toUntold = (kind: ResultKind, name: string): LotResult => ({
  kind,
  key: '',
  lot: null,
  suppliers: [name],
  rank: null,
  price: null,
  row: null,
});
